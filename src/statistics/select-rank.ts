/**
 * Moves the value of a rank to its place among the sorted, smaller ones before it, larger ones behind, and
 * returns it: in a time that grows with the number of values, not with that of sorting them. The values are
 * finite and change places. Source: R. W. Floyd and R. L. Rivest (1975), Algorithm 489: SELECT.
 * @param rank from 0
 * @param from the first of the values that may have this rank, as an earlier call left them
 * @example selectRank(Float64Array.of(5, 1, 4, 2, 3), 1) // 2
 */
export function selectRank(values: Float64Array, rank: number, from = 0, to = values.length - 1): number {
  let left = from;
  let right = to;
  while (right > left) {
    if (right - left > 600) {
      // Of a sample of the range the two values that most likely enclose the one wanted are brought to its
      // ends.
      const n = right - left + 1;
      const i = rank - left + 1;
      const z = Math.log(n);
      const s = 0.5 * Math.exp((2 * z) / 3);
      const deviation = 0.5 * Math.sqrt((z * s * (n - s)) / n) * Math.sign(i - n / 2);
      selectRank(
        values,
        rank,
        Math.max(left, Math.floor(rank - (i * s) / n + deviation)),
        Math.min(right, Math.floor(rank + ((n - i) * s) / n + deviation)),
      );
    }
    const pivot = values[rank]!;
    let i = left;
    let j = right;
    swap(values, left, rank);
    if (values[right]! > pivot) swap(values, left, right);
    while (i < j) {
      swap(values, i, j);
      i += 1;
      j -= 1;
      while (values[i]! < pivot) i += 1;
      while (values[j]! > pivot) j -= 1;
    }
    if (values[left] === pivot) swap(values, left, j);
    else {
      j += 1;
      swap(values, j, right);
    }
    if (j <= rank) left = j + 1;
    if (rank <= j) right = j - 1;
  }
  return values[rank]!;
}

function swap(values: Float64Array, i: number, j: number): void {
  const value = values[i]!;
  values[i] = values[j]!;
  values[j] = value;
}
