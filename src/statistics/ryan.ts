/**
 * Ryan's correction of the p-values of the best of some models against the others, where the best is known
 * only after all were looked at: those at most alpha are shown to be worse, together, with a chance of at
 * most alpha that any of them is as good as the best or better. The p-value of the model that is r-th from
 * the best, the best being first, counts `models` (r - 1) / 2 times, and no less than those of models further
 * from it. In the order given, each at least as large as it was, at most 1. Where p-values hold each by
 * itself this holds, however they go together. Source: T. A. Ryan (1960), Significance Tests for Multiple
 * Comparison of Proportions, Variances, and Other Statistics.
 * @param pValues two-sided, at most models - 1: those that are missing count as nearest to the best
 * @example ryan([0.01, 0.04, 0.03], 4) // [0.06, 0.12, 0.12]
 * @example ryan([0.01], 3) // [0.03]
 */
export function ryan(pValues: readonly number[], models: number): number[] {
  const corrected = [...pValues];
  let most = 0;
  const ascending = [...pValues.keys()].sort((a, b) => pValues[a]! - pValues[b]!);
  for (const [rank, at] of ascending.entries()) {
    const times = (models * (models - rank - 1)) / 2;
    most = Math.max(most, Math.min(1, pValues[at]! * times));
    corrected[at] = most;
  }
  return corrected;
}
