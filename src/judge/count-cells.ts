/** How often each combination of codes occurs; only those that do. */
export interface Cells {
  counts: Float64Array;
  /** Of each column, the code in each cell. */
  codes: Int32Array[];
}

/** So many possible combinations are counted in an array, which is faster than a map. */
const mostInArray = 1 << 22;

/**
 * Counts the combinations of some columns of codes below `labels`, in the order of the codes; undefined where
 * there are more than `most` of them.
 */
export function countCells(
  columns: readonly [Int32Array, Int32Array] | readonly [Int32Array, Int32Array, Int32Array],
  labels: number,
  most: number,
): Cells | undefined {
  const possible = labels ** columns.length;
  if (possible > Number.MAX_SAFE_INTEGER) return undefined;
  const found = possible <= mostInArray ? inArray(columns, labels) : inMap(columns, labels, most);
  if (!found || found.size > most) return undefined;
  const cells = [...found.keys()].sort((a, b) => a - b);
  return {
    counts: Float64Array.from(cells, (cell) => found.get(cell)!),
    codes: columns.map((_, i) =>
      Int32Array.from(cells, (cell) => Math.floor(cell / labels ** (columns.length - 1 - i)) % labels),
    ),
  };
}

function inArray([first, second, third]: readonly Int32Array[], labels: number): Map<number, number> {
  const counts = new Uint32Array(labels ** (third ? 3 : 2));
  for (let i = 0; i < first!.length; i++) {
    const pair = first![i]! * labels + second![i]!;
    counts[third ? pair * labels + third[i]! : pair]! += 1;
  }
  const found = new Map<number, number>();
  for (let cell = 0; cell < counts.length; cell++) if (counts[cell]! > 0) found.set(cell, counts[cell]!);
  return found;
}

function inMap(
  [first, second, third]: readonly Int32Array[],
  labels: number,
  most: number,
): Map<number, number> | undefined {
  const found = new Map<number, number>();
  for (let i = 0; i < first!.length; i++) {
    const pair = first![i]! * labels + second![i]!;
    const cell = third ? pair * labels + third[i]! : pair;
    found.set(cell, (found.get(cell) ?? 0) + 1);
    if (found.size > most) return undefined;
  }
  return found;
}
