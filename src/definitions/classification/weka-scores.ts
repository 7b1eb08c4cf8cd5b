import { averagePrecision } from "../../scores/average-precision.js";
import type { RankedScores } from "../../scores/ranked-scores.js";
import { rocAuc } from "../../scores/roc-auc.js";
import { type ClassificationSample, isBinary } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { remembered } from "../remembered.js";
import { positiveOf } from "./counts.js";
import { classesRanked, ranked } from "./curve.js";
import { weightedMean, weka } from "./weka-facts.js";

const facts = {
  ...weka,
  traits: {},
  direction: "higher",
  range: [0, 1],
  needsScore: true,
  classes: "any",
} as const;

/** Each class against the rest; the probability of the negative one of two is what the positive one leaves. */
const rankings = remembered((sample: ClassificationSample): RankedScores[] => {
  if (!isBinary(sample)) return classesRanked(sample);
  const { positives, negatives } = ranked(sample);
  const rest = (scores: RankedScores["positives"]) => {
    const last = scores.length - 1;
    const left = new Float64Array(scores.length);
    for (let i = 0; i <= last; i++) left[last - i] = 1 - scores[i]!;
    return left;
  };
  const both: RankedScores[] = [{ positives: rest(negatives), negatives: rest(positives) }];
  both.splice(positiveOf(sample), 0, { positives, negatives });
  return both;
});

const distances = remembered((sample: ClassificationSample) => {
  const { labels, yTrue, yScore } = sample;
  const binary = isBinary(sample);
  const positive = binary ? positiveOf(sample) : -1;
  let [absolute, squared] = [0, 0];
  for (let at = 0; at < yScore!.length; at++) {
    const isTrue = binary
      ? yTrue[at] === positive
      : yTrue[Math.floor(at / labels.length)] === at % labels.length;
    const distance = isTrue ? 1 - yScore![at]! : yScore![at]!;
    absolute += distance;
    squared += distance * distance;
  }
  return { absolute: absolute / yScore!.length, squared: squared / yScore!.length };
});

/** What Weka's `Evaluation` says of probabilities. */
export const wekaScores: readonly ClassificationDefinition[] = [
  {
    ...facts,
    id: "weka:areaUnderROC(1)",
    names: ["auc", "roc_auc", "auroc", "area_under_roc"],
    call: "evaluation.areaUnderROC(1)",
    formula: "The chance that a positive sample is scored above a negative one.",
    traits: { ties: "count half", oneClass: "NaN" },
    classes: "two",
    of: (sample) => rocAuc(ranked(sample)) ?? NaN,
  },
  {
    ...facts,
    id: "weka:areaUnderPRC(1)",
    names: ["pr_auc", "auprc", "aucpr", "area_under_prc", "average_precision"],
    call: "evaluation.areaUnderPRC(1)",
    formula: "The sum over thresholds of recall gained times precision there.",
    traits: { ties: "share a threshold", oneClass: "NaN without positives" },
    classes: "two",
    of: (sample) => averagePrecision(ranked(sample)) ?? NaN,
  },
  {
    ...facts,
    id: "weka:weightedAreaUnderROC",
    names: ["auc", "roc_auc", "auroc", "weighted_auc", "roc_auc_weighted"],
    call: "evaluation.weightedAreaUnderROC()",
    formula: "The ROC area of each class against the rest, weighted by its samples.",
    traits: { ties: "count half", oneClass: "NaN", averaging: "weighted" },
    of: (sample) => weightedMean(sample, (code) => rocAuc(rankings(sample)[code]!) ?? NaN),
  },
  {
    ...facts,
    id: "weka:weightedAreaUnderPRC",
    names: ["pr_auc", "auprc", "aucpr", "average_precision", "average_precision_weighted"],
    call: "evaluation.weightedAreaUnderPRC()",
    formula: "The average precision of each class, also of the negative one of two, weighted by its samples.",
    traits: { ties: "share a threshold", averaging: "weighted" },
    of: (sample) => weightedMean(sample, (code) => averagePrecision(rankings(sample)[code]!) ?? NaN),
  },
  {
    ...facts,
    id: "weka:meanAbsoluteError",
    names: ["mae", "mean_absolute_error"],
    call: "evaluation.meanAbsoluteError()",
    formula: "The mean over samples and classes of |1 or 0 - probability of the class|.",
    direction: "lower",
    of: (sample) => distances(sample).absolute,
  },
  {
    ...facts,
    id: "weka:rootMeanSquaredError",
    names: ["rmse", "root_mean_squared_error", "brier"],
    call: "evaluation.rootMeanSquaredError()",
    formula: "The root of the mean over samples and classes of (1 or 0 - probability of the class)^2.",
    direction: "lower",
    of: (sample) => Math.sqrt(distances(sample).squared),
  },
];
