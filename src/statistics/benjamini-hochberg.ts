/**
 * Benjamini and Hochberg's correction of the p-values of several tests, for exploring: of those at most alpha
 * a share of alpha is wrong, on average. In the order given, each at least as large as it was and at most
 * what Holm's makes of it. Source: Y. Benjamini and Y. Hochberg (1995), Controlling the False Discovery Rate;
 * statsmodels, `multipletests(method="fdr_bh")`.
 * @example benjaminiHochberg([0.01, 0.04, 0.03]) // [0.03, 0.04, 0.04]
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const corrected = [...pValues];
  const tests = pValues.length;
  let least = 1;
  const descending = [...pValues.keys()].sort((a, b) => pValues[b]! - pValues[a]!);
  for (const [below, at] of descending.entries()) {
    least = Math.min(least, (pValues[at]! * tests) / (tests - below));
    corrected[at] = least;
  }
  return corrected;
}
