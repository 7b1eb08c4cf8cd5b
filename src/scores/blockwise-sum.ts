const blockLength = 512;

/**
 * Sum of `length` terms. `sumBlock(from, to)` adds up the terms from..to-1 in a plain loop; the blocks' sums
 * are added up with compensation (Neumaier), so that the rounding error stays near that of a single block
 * however many terms there are.
 * @example blockwiseSum(1_000_000, (from, to) => (to - from) * 0.1) // 100000
 */
export function blockwiseSum(length: number, sumBlock: (from: number, to: number) => number): number {
  let sum = 0;
  let lost = 0;
  for (let from = 0; from < length; from += blockLength) {
    const block = sumBlock(from, Math.min(from + blockLength, length));
    const next = sum + block;
    lost += Math.abs(sum) >= Math.abs(block) ? sum - next + block : block - next + sum;
    sum = next;
  }
  return sum + lost;
}
