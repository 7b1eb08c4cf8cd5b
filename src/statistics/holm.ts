/**
 * Holm's correction of the p-values of several tests: those at most alpha are shown, together, with a chance
 * of at most alpha that any of them is wrong. In the order given, each at least as large as it was, at most
 * 1. Source: S. Holm (1979), A Simple Sequentially Rejective Multiple Test Procedure; statsmodels,
 * `multipletests(method="holm")`.
 * @param tests how many tests these are of, where others were made or could have been; their p-values count
 * as larger
 * @example holm([0.01, 0.04, 0.03]) // [0.03, 0.06, 0.06]
 * @example holm([0.01, 0.5], 10) // [0.1, 1]
 */
export function holm(pValues: readonly number[], tests = pValues.length): number[] {
  const corrected = [...pValues];
  let most = 0;
  const ascending = [...pValues.keys()].sort((a, b) => pValues[a]! - pValues[b]!);
  for (const [rank, at] of ascending.entries()) {
    most = Math.max(most, Math.min(1, pValues[at]! * (tests - rank)));
    corrected[at] = most;
  }
  return corrected;
}
