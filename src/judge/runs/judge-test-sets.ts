import type { Score } from "../../scores/registry.js";
import { correctedResampledT } from "../../statistics/corrected-resampled-t.js";
import { criticalDifference } from "../../statistics/critical-difference.js";
import { friedman } from "../../statistics/friedman.js";
import { wilcoxonSignedRank } from "../../statistics/wilcoxon-signed-rank.js";
import { noSpread } from "../intervals/add-interval.js";
import type { ModelRanking, RunsDifference } from "./runs-schema.js";

/** With fewer test sets no ranks can be extreme enough. */
const leastTestSets = 6;

type Judged = Omit<RunsDifference, "model" | "p_corrected" | "verdict">;

/**
 * What the folds of one data set say of a model and the first.
 * @param differences one a fold
 * @param testShare samples of a fold over those that its model was trained on
 */
export function judgeFolds(differences: readonly number[], testShare: number, level: number): Judged {
  const interval = correctedResampledT(differences, testShare, level);
  return {
    difference: meanOf(differences),
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    p: interval?.p ?? null,
    method: interval ? "corrected resampled t over folds" : null,
    error_of_samples: null,
    error_of_runs: null,
    reason: interval ? null : noSpread,
  };
}

/** What several data sets say of a model and the first; ranks, since one data set's unit is not another's. */
export function judgeTestSets(differences: readonly number[]): Judged {
  const isTested = differences.length >= leastTestSets;
  const { p } = wilcoxonSignedRank(Float64Array.from(differences));
  return {
    difference: meanOf(differences),
    low: null,
    high: null,
    p: isTested ? p : null,
    method: isTested ? "Wilcoxon signed-rank over test sets" : null,
    error_of_samples: null,
    error_of_runs: null,
    reason: isTested
      ? "ranks over test sets give no interval in the score's unit"
      : `there are ${differences.length} test sets, and Wilcoxon's test takes ${leastTestSets}`,
  };
}

/**
 * How three models or more rank over several test sets.
 * @param values of each test set, one a model
 */
export function rankModels(
  values: readonly (readonly number[])[],
  { direction }: Score,
  level: number,
): ModelRanking {
  const badness = values.map((row) =>
    row.map((value) => (direction === "higher" ? -value : direction === "lower" ? value : Math.abs(value))),
  );
  const { chiSquare, p, meanRanks } = friedman(badness);
  const critical = criticalDifference(meanRanks.length, values.length, level);
  return {
    chi_square: chiSquare,
    p,
    mean_ranks: meanRanks,
    critical_difference: critical,
    groups: groupsOf(meanRanks, critical),
  };
}

/** Longest stretches of models whose mean ranks are within the critical difference. */
function groupsOf(meanRanks: readonly number[], critical: number): number[][] {
  const order = [...meanRanks.keys()].sort((a, b) => meanRanks[a]! - meanRanks[b]!);
  const groups: number[][] = [];
  let longest = -1;
  for (const [start, model] of order.entries()) {
    let end = start;
    while (end + 1 < order.length && meanRanks[order[end + 1]!]! - meanRanks[model]! < critical) end += 1;
    if (end > longest) groups.push(order.slice(start, end + 1));
    longest = Math.max(longest, end);
  }
  return groups;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
