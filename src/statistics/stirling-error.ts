/**
 * How much ln Γ(z) is above Stirling's (z - 1/2) ln z - z + ln(2π)/2, for z > 0. What is computed from it,
 * not from ln Γ itself, keeps its digits for large numbers, where ln Γ has none behind the point. Source: C.
 * Loader (2000), Fast and Accurate Computation of Binomial Probabilities.
 * @example stirlingError(1) // 0.08106146679532726
 */
export function stirlingError(z: number): number {
  let sum = 0;
  let at = z;
  for (; at < 16; at++) sum += (at + 0.5) * Math.log1p(1 / at) - 1;
  const square = at * at;
  return (
    sum + (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / at
  );
}
