import { averagePrecision } from "../../scores/average-precision.js";
import { cohenKappa } from "../../scores/cohen-kappa.js";
import type { RankedScores } from "../../scores/ranked-scores.js";
import { rocAuc } from "../../scores/roc-auc.js";
import { type ClassificationSample, isBinary } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { remembered } from "../remembered.js";
import {
  binaryCounts,
  type CountRatio,
  countsOf,
  positiveOf,
  precisionOf,
  recallOf,
  tableOf,
} from "./counts.js";
import { classesRanked, ranked } from "./curve.js";

const facts = {
  library: "Weka",
  version: "3.8.6",
  precision: "float64",
  comparedWith: "library",
  kind: "classification",
  traits: {},
  direction: "higher",
  range: [0, 1],
} as const;

const labelled = { ...facts, needsScore: false, classes: "any" } as const;
const scored = { ...facts, needsScore: true, classes: "any" } as const;
const nanWhere = "NaN where a class has 0 / 0";

const ofPositive: [name: string, names: string[], formula: string, ratio: CountRatio][] = [
  ["precision", ["precision", "ppv"], "TP / (TP + FP)", precisionOf],
  ["recall", ["recall", "sensitivity", "tpr"], "TP / (TP + FN)", recallOf],
  ["fMeasure", ["f1", "f_measure", "f1_score"], "2 precision recall / (precision + recall)", harmonic],
  [
    "matthewsCorrelationCoefficient",
    ["mcc", "matthews_corrcoef"],
    "The correlation of true and predicted classes",
    matthews,
  ],
];

const weighted: [name: string, names: string[], formula: string, ratio: CountRatio][] = [
  [
    "weightedPrecision",
    ["precision", "precision_weighted", "weighted_precision"],
    "TP / (TP + FP)",
    precisionOf,
  ],
  ["weightedRecall", ["recall", "recall_weighted", "weighted_recall"], "TP / (TP + FN)", recallOf],
  ["weightedFMeasure", ["f1", "f1_weighted", "weighted_f1", "f_measure"], "F1", harmonic],
  [
    "weightedMatthewsCorrelation",
    ["mcc", "matthews_corrcoef", "weighted_mcc"],
    "The correlation of being and being called the class",
    matthews,
  ],
];

/** What Weka's `Evaluation` says of classes. */
export const wekaEvaluation: readonly ClassificationDefinition[] = [
  {
    ...labelled,
    id: "weka:pctCorrect",
    names: ["pct_correct", "percent_correct", "accuracy", "acc"],
    call: "evaluation.pctCorrect()",
    formula: "The percentage of samples whose class is predicted.",
    range: [0, 100],
    of: (sample) => (100 * tableOf(sample).totalCorrect) / sample.yTrue.length,
  },
  {
    ...labelled,
    id: "weka:errorRate",
    names: ["error_rate", "error"],
    call: "evaluation.errorRate()",
    formula: "The share of samples whose class is not predicted.",
    direction: "lower",
    of: (sample) => 1 - tableOf(sample).totalCorrect / sample.yTrue.length,
  },
  {
    ...labelled,
    id: "weka:kappa",
    names: ["kappa", "cohen_kappa"],
    call: "evaluation.kappa()",
    formula: "Agreement beyond chance.",
    traits: { oneClass: "1 where both have one and the same class" },
    range: [-1, 1],
    of: (sample) => cohenKappa(tableOf(sample)) ?? 1,
  },
  ...ofPositive.map(
    ([name, names, formula, ratio]): ClassificationDefinition => ({
      ...labelled,
      id: `weka:${name}(1)`,
      names,
      call: `evaluation.${name}(1)`,
      formula: `${formula}, of class 1.`,
      traits: { zeros: "NaN for 0 / 0" },
      range: ratio === matthews ? [-1, 1] : [0, 1],
      classes: "two",
      of: (sample) => ratio(binaryCounts(sample)),
    }),
  ),
  ...weighted.map(
    ([name, names, formula, ratio]): ClassificationDefinition => ({
      ...labelled,
      id: `weka:${name}`,
      names,
      call: `evaluation.${name}()`,
      formula: `${formula} of each class, weighted by its samples.`,
      traits: { averaging: "weighted", zeros: nanWhere },
      range: ratio === matthews ? [-1, 1] : [0, 1],
      of: (sample) => weightedMean(sample, (code) => ratio(countsOf(tableOf(sample), code))),
    }),
  ),
  {
    ...labelled,
    id: "weka:unweightedMacroFmeasure",
    names: ["f1", "f1_macro", "macro_f1", "f_measure"],
    call: "evaluation.unweightedMacroFmeasure()",
    formula: "The plain mean of F1 over the classes in y_true.",
    traits: { averaging: "macro", zeros: nanWhere, absentClasses: "one that is only predicted is left out" },
    of: (sample) => {
      const { actual } = tableOf(sample);
      const scores = [...actual.keys()].filter((code) => actual[code]! > 0);
      return scores.reduce((sum, code) => sum + harmonic(countsOf(tableOf(sample), code)), 0) / scores.length;
    },
  },
  {
    ...scored,
    id: "weka:areaUnderROC(1)",
    names: ["auc", "roc_auc", "auroc", "area_under_roc"],
    call: "evaluation.areaUnderROC(1)",
    formula: "The chance that a positive sample is scored above a negative one.",
    traits: { ties: "count half", oneClass: "NaN" },
    classes: "two",
    of: (sample) => rocAuc(ranked(sample)) ?? NaN,
  },
  {
    ...scored,
    id: "weka:areaUnderPRC(1)",
    names: ["pr_auc", "auprc", "aucpr", "area_under_prc", "average_precision"],
    call: "evaluation.areaUnderPRC(1)",
    formula: "The sum over thresholds of recall gained times precision there.",
    traits: { ties: "share a threshold", oneClass: "NaN without positives" },
    classes: "two",
    of: (sample) => averagePrecision(ranked(sample)) ?? NaN,
  },
  {
    ...scored,
    id: "weka:weightedAreaUnderROC",
    names: ["auc", "roc_auc", "auroc", "weighted_auc", "roc_auc_weighted"],
    call: "evaluation.weightedAreaUnderROC()",
    formula: "The ROC area of each class against the rest, weighted by its samples.",
    traits: { ties: "count half", oneClass: "NaN", averaging: "weighted" },
    of: (sample) => weightedMean(sample, (code) => rocAuc(rankings(sample)[code]!) ?? NaN),
  },
  {
    ...scored,
    id: "weka:weightedAreaUnderPRC",
    names: ["pr_auc", "auprc", "aucpr", "average_precision", "average_precision_weighted"],
    call: "evaluation.weightedAreaUnderPRC()",
    formula: "The average precision of each class, also of the negative one of two, weighted by its samples.",
    traits: { ties: "share a threshold", averaging: "weighted" },
    of: (sample) => weightedMean(sample, (code) => averagePrecision(rankings(sample)[code]!) ?? NaN),
  },
  {
    ...scored,
    id: "weka:meanAbsoluteError",
    names: ["mae", "mean_absolute_error"],
    call: "evaluation.meanAbsoluteError()",
    formula: "The mean over samples and classes of |1 or 0 - probability of the class|.",
    direction: "lower",
    of: (sample) => distances(sample).absolute,
  },
  {
    ...scored,
    id: "weka:rootMeanSquaredError",
    names: ["rmse", "root_mean_squared_error", "brier"],
    call: "evaluation.rootMeanSquaredError()",
    formula: "The root of the mean over samples and classes of (1 or 0 - probability of the class)^2.",
    direction: "lower",
    of: (sample) => Math.sqrt(distances(sample).squared),
  },
];

function harmonic(counts: Parameters<CountRatio>[0]): number {
  const [precision, recall] = [precisionOf(counts), recallOf(counts)];
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

function matthews({ tp, fp, fn, tn }: Parameters<CountRatio>[0]): number {
  return (tp * tn - fp * fn) / Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
}

/** Over the classes in y_true. */
function weightedMean(sample: ClassificationSample, scoreOf: (code: number) => number): number {
  const { actual, samples } = tableOf(sample);
  let sum = 0;
  for (let code = 0; code < actual.length; code++) {
    if (actual[code]! > 0) sum += actual[code]! * scoreOf(code);
  }
  return sum / samples;
}

/** Each class against the rest; the probability of the negative one of two is what the positive one leaves. */
const rankings = remembered((sample: ClassificationSample): RankedScores[] => {
  if (!isBinary(sample)) return classesRanked(sample);
  const { positives, negatives } = ranked(sample);
  const rest = (scores: RankedScores["positives"]) =>
    Float64Array.from(scores, (score) => 1 - score).reverse();
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
