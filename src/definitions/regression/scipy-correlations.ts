import type { RegressionSample } from "../../scores/sample.js";
import { isConstant } from "../../scores/variation.js";
import type { RegressionDefinition } from "../definition.js";
import { names } from "./names.js";
import { numpyMoments } from "./numpy-moments.js";
import { correlation } from "./ranges.js";
import { averageRanks, pairCounts } from "./ranks.js";

const scipy = {
  library: "SciPy",
  version: "1.17.1",
  traits: { constants: "NaN, with a warning" },
  precision: "float64",
  comparedWith: "library",
  kind: "regression",
  ...correlation,
} as const;

/** SciPy's correlations. */
export const scipyCorrelations: readonly RegressionDefinition[] = [
  {
    ...scipy,
    id: "scipy:pearsonr",
    names: names.pearson,
    call: "scipy.stats.pearsonr(y_true, y_pred)",
    formula: "The covariance of y_true and y_pred / both standard deviations.",
    of: (sample) => pearson(sample),
  },
  {
    ...scipy,
    id: "scipy:spearmanr",
    names: names.spearman,
    call: "scipy.stats.spearmanr(y_true, y_pred)",
    formula: "Pearson's correlation of the ranks.",
    traits: { ...scipy.traits, ties: "share their mean rank" },
    of: (sample) => pearson(averageRanks(sample)),
  },
  {
    ...scipy,
    id: "scipy:kendalltau",
    names: names.kendall,
    call: "scipy.stats.kendalltau(y_true, y_pred)",
    formula:
      "Kendall's tau-b: pairs ordered alike less the others, / √(pairs not tied in y_true · in y_pred).",
    traits: { ...scipy.traits, ties: "are left out of the divisor" },
    of(sample) {
      const { pairs, agreement, tiedInTruth, tiedInPrediction } = pairCounts(sample);
      return agreement / Math.sqrt(pairs - tiedInTruth) / Math.sqrt(pairs - tiedInPrediction);
    },
  },
  {
    ...scipy,
    id: "scipy:kendalltau(variant='c')",
    names: names.kendall,
    call: "scipy.stats.kendalltau(y_true, y_pred, variant='c')",
    formula:
      "Stuart's tau-c: pairs ordered alike less the others, times 2 / (n² (m - 1) / m), where m is the lesser number of distinct values.",
    of(sample) {
      const { agreement, distinctTruths, distinctPredictions } = pairCounts(sample);
      const distinct = Math.min(distinctTruths, distinctPredictions);
      const n = sample.yTrue.length;
      return distinct === 1 ? NaN : (2 * agreement) / (n * n * (1 - 1 / distinct));
    },
  },
  {
    ...scipy,
    id: "scipy:somersd",
    names: ["somersd", "somers_d", "somers"],
    call: "scipy.stats.somersd(y_true, y_pred)",
    formula: "Pairs ordered alike less the others, / pairs not tied in y_true.",
    traits: {
      ...scipy.traits,
      argumentOrder: "the first is the independent one: pairs tied in it are left out",
    },
    of(sample) {
      const { pairs, agreement, tiedInTruth, tiedInPrediction } = pairCounts(sample);
      return pairs === tiedInPrediction ? NaN : agreement / (pairs - tiedInTruth);
    },
  },
];

function pearson(sample: RegressionSample): number {
  if (isConstant(sample.yTrue) || isConstant(sample.yPred)) return NaN;
  const { truths, predictions, products } = numpyMoments(sample);
  return Math.min(1, Math.max(-1, products / Math.sqrt(truths) / Math.sqrt(predictions)));
}
