/**
 * Sum of numbers as NumPy adds them up, to the last bit: halves, down to 128 numbers, then eight sums side by
 * side. It decides whether the mean of equal numbers is that number, and with it whether a variance is 0.
 * @example numpySum(Float64Array.of(1, 2, 3)) // 6
 */
export function numpySum(values: Float64Array, from = 0, to = values.length): number {
  const length = to - from;
  if (length > 128) {
    const half = (length >> 1) - ((length >> 1) % 8);
    return numpySum(values, from, from + half) + numpySum(values, from + half, to);
  }
  if (length < 8) return plainSum(values, from, to, 0);
  const whole = from + length - (length % 8);
  const sums = values.slice(from, from + 8);
  for (let i = from + 8; i < whole; i += 8) for (let j = 0; j < 8; j++) sums[j]! += values[i + j]!;
  const [a, b, c, d, e, f, g, h] = sums as unknown as Eight;
  return plainSum(values, whole, to, a + b + (c + d) + (e + f + (g + h)));
}

type Eight = readonly [number, number, number, number, number, number, number, number];

function plainSum(values: Float64Array, from: number, to: number, start: number): number {
  let sum = start;
  for (let i = from; i < to; i++) sum += values[i]!;
  return sum;
}

/** `numpy.mean`. */
export function numpyMean(values: Float64Array): number {
  return numpySum(values) / values.length;
}

/**
 * Sum of the squared deviations from `numpy.mean`: hardly ever exactly 0 for many equal numbers with digits.
 * @example numpyVariation(Float64Array.of(1, 2, 3)) // 2
 */
export function numpyVariation(values: Float64Array): number {
  const mean = numpyMean(values);
  return numpySum(values.map((value) => (value - mean) ** 2));
}
