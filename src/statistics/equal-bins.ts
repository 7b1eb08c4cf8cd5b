/**
 * `bins` + 1 edges from first to last, with the very rounding of numpy's `linspace`, so that a value next to
 * an edge falls on the same side.
 */
export function equalEdges(first: number, last: number, bins: number): Float64Array {
  const step = (last - first) / bins;
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => i * step + first);
  edges[bins] = last;
  return edges;
}

/**
 * The edges for values from least to greatest: half a unit on either side where these are equal, as in numpy;
 * fewer bins where there are not that many doubles between them.
 */
export function edgesOfRange(least: number, greatest: number, bins: number): Float64Array {
  const first = least === greatest ? least - 0.5 : least;
  const last = least === greatest ? greatest + 0.5 : greatest;
  for (let count = bins; count > 1; count = Math.ceil(count / 2)) {
    const edges = equalEdges(first, last, count);
    if (edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > edges[i - 1]!))) return edges;
  }
  return Float64Array.of(first, last);
}

/**
 * The bin of a value within the edges: the one whose lower edge it reaches; the last includes its upper edge.
 * Source: numpy 2.4, `histogram` of equal bins.
 */
export function binOf(value: number, edges: Float64Array): number {
  const bins = edges.length - 1;
  const first = edges[0]!;
  let bin = Math.floor(((value - first) / (edges[bins]! - first)) * bins);
  if (!(bin < bins)) bin = bins - 1;
  // The division may be one rounding off.
  if (value < edges[bin]!) bin -= 1;
  else if (bin < bins - 1 && value >= edges[bin + 1]!) bin += 1;
  return bin;
}
