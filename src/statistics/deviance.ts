/**
 * x ln(x / m) + m - x, by a series where x is near m and the two parts cancel out. Source: C. Loader (2000),
 * Fast and Accurate Computation of Binomial Probabilities.
 * @example deviance(0, 2) // 2
 */
export function deviance(x: number, m: number): number {
  if (x === 0) return m;
  if (Math.abs(x - m) > 0.1 * (x + m)) return x * Math.log(x / m) + m - x;
  const v = (x - m) / (x + m);
  let sum = (x - m) * v;
  let power = 2 * x * v;
  for (let j = 1; j < 1000; j++) {
    power *= v * v;
    const next = sum + power / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}
