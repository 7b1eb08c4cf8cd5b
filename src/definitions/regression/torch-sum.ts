/**
 * Sum of float64 numbers as PyTorch adds them up on a CPU with AVX2, to the last bit: sixteen sums side by
 * side. It decides how many digits are left where torchmetrics subtracts two large sums.
 * @example torchSum(Float64Array.of(1, 2, 3)) // 6
 */
export function torchSum(values: Float64Array): number {
  const lanes = sumsOfColumns(values);
  const vectors = values.length >> 2;
  for (let at = 16 * (vectors >> 2); at < 4 * vectors; at++) lanes[at % 4]! += values[at]!;
  for (let i = 4; i < 16; i++) lanes[i % 4]! += lanes[i]!;
  let sum = 0;
  for (let at = 4 * vectors; at < values.length; at++) sum += values[at]!;
  for (let i = 0; i < 4; i++) sum += lanes[i]!;
  return sum;
}

/** `torch.mean`. */
export function torchMean(values: Float64Array): number {
  return torchSum(values) / values.length;
}

/**
 * Sums of the sixteen columns of as many whole rows as there are. Each is kept on four levels: a sum of
 * `step` rows moves up to the next, so that small numbers are added to small sums.
 */
function sumsOfColumns(values: Float64Array): Float64Array {
  const rows = values.length >> 4;
  const power = Math.max(4, rows > 0 ? Math.ceil(Math.log2(rows)) >> 2 : 0);
  const levels = Array.from({ length: 4 }, () => new Float64Array(16));
  const [sums] = levels as [Float64Array];
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < 16; i++) sums[i]! += values[16 * row + i]!;
    const done = row + 1;
    for (let level = 1; level < 4 && done % 2 ** (level * power) === 0; level++) {
      moveInto(levels[level]!, levels[level - 1]!);
    }
  }
  for (let level = 1; level < 4; level++) moveInto(sums, levels[level]!);
  return sums;
}

function moveInto(sums: Float64Array, more: Float64Array): void {
  for (let i = 0; i < sums.length; i++) sums[i]! += more[i]!;
  more.fill(0);
}
