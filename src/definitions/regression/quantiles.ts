/**
 * The least of sorted numbers that a share of them does not exceed: of the middle two the lower. Source:
 * Hyndman and Fan (1996), definition 1.
 * @example steppedQuantile(Float64Array.of(1, 2, 3, 4), 0.5) // 2
 */
export function steppedQuantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)]!;
}

/**
 * The value below which a share of sorted numbers lies, where that share of their count is no whole number;
 * else the mean of the two values that it lies between. Source: Hyndman and Fan (1996), definition 2.
 * @example averagedQuantile(Float64Array.of(1, 2, 3, 4), 0.5) // 2.5
 */
export function averagedQuantile(sorted: Float64Array, share: number): number {
  const rank = share * sorted.length;
  const at = Math.min(Math.max(Math.ceil(rank), 1), sorted.length);
  if (at - rank > Number.EPSILON) return sorted[at - 1]!;
  return (sorted[at - 1]! + sorted[Math.min(at, sorted.length - 1)]!) / 2;
}

/**
 * The value at a share of the way from the first to the last of sorted numbers, on the line between its
 * neighbours. Source: Hyndman and Fan (1996), definition 7.
 * @example linearQuantile(Float64Array.of(1, 2, 3, 4), 0.25) // 1.75
 */
export function linearQuantile(sorted: Float64Array, share: number): number {
  return between(sorted, (sorted.length - 1) * share);
}

/** The value at a place from 0, on the line between the two nearest. */
function between(sorted: Float64Array, place: number): number {
  const below = Math.floor(place);
  const low = sorted[below]!;
  return place === below ? low : low + (sorted[below + 1]! - low) * (place - below);
}

/**
 * R's `quantile(x, share, type)` for the types that lie on a line, 4 to 9, by the two numbers that tell them
 * apart. Source: Hyndman and Fan (1996).
 * @example lineQuantile(0, 0)(Float64Array.of(1, 2, 3, 4), 0.25) // 1.25
 */
export function lineQuantile(a: number, b: number): (sorted: Float64Array, share: number) => number {
  return (sorted, share) => {
    const place = a + share * (sorted.length + 1 - a - b) - 1;
    return between(sorted, Math.min(Math.max(place, 0), sorted.length - 1));
  };
}
