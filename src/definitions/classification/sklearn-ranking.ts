import { averagePrecision } from "../../scores/average-precision.js";
import type { ConfusionTable } from "../../scores/confusion-table.js";
import { checkProbabilities } from "../../scores/probability-check.js";
import { rocAuc } from "../../scores/roc-auc.js";
import type { ClassificationSample } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { biasOfThresholds } from "../no-interval.js";
import { remembered } from "../remembered.js";
import { tableOf } from "./counts.js";
import { classesRanked, curve, ranked } from "./curve.js";
import { extremesOf, onePairAreas, oneVsRestAreas, pooled, trapezoidArea } from "./curve-areas.js";
import { sklearn } from "./sklearn-facts.js";

const facts = {
  ...sklearn,
  traits: { ties: "share a threshold" },
  direction: "higher",
  range: [0, 1],
  needsScore: true,
  classes: "two",
} as const;

const aucNames = ["auc", "roc_auc", "auroc", "auc_roc", "roc_auc_score", "c_statistic", "c_index"];
const apNames = ["average_precision", "ap", "pr_auc", "auprc", "aucpr", "auc_pr", "map"];

const areaOf = remembered((sample: ClassificationSample) => rocAuc(ranked(sample)) ?? NaN);

/** What scikit-learn says of a ranking of two classes, or what people make of it. */
const ofTwo: readonly ClassificationDefinition[] = [
  {
    ...facts,
    id: "sklearn:roc_auc_score",
    names: aucNames,
    call: "roc_auc_score(y_true, y_score)",
    formula: "The chance that a positive sample is scored above a negative one, ties counting half.",
    traits: { ties: "count half", oneClass: "NaN, with a warning" },
    of: areaOf,
  },
  {
    ...facts,
    id: "sklearn:gini",
    names: ["gini", "gini_coefficient", "somers_d", "accuracy_ratio", "normalized_gini"],
    call: "2 * roc_auc_score(y_true, y_score) - 1",
    formula: "2 AUC - 1: 0 is chance.",
    traits: { ties: "count half", oneClass: "NaN, with a warning" },
    range: [-1, 1],
    of: (sample) => 2 * areaOf(sample) - 1,
  },
  {
    ...facts,
    id: "sklearn:average_precision_score",
    names: apNames,
    call: "average_precision_score(y_true, y_score)",
    formula: "The sum over thresholds of recall gained times precision there: steps, no lines between them.",
    traits: { ties: "share a threshold", oneClass: "0 without positives, with a warning" },
    of: (sample) => averagePrecision(ranked(sample)) ?? 0,
  },
  {
    ...facts,
    id: "sklearn:auc(recall, precision)",
    names: ["pr_auc", "auprc", "aucpr", "auc_pr", "average_precision"],
    call: "precision, recall, _ = precision_recall_curve(y_true, y_score); auc(recall, precision)",
    formula: "The area under straight lines between the points of precision over recall: mostly too high.",
    traits: { ties: "share a threshold", oneClass: "0.5 without positives, with a warning" },
    of: (sample) => {
      const points = curve(sample);
      return points.positives === 0 ? 0.5 : trapezoidArea(points);
    },
  },
  {
    ...facts,
    id: "sklearn:ks",
    biasedBelow: biasOfThresholds,
    names: ["ks", "ks_statistic", "kolmogorov_smirnov", "youden", "youden_j", "j_statistic"],
    call: "fpr, tpr, _ = roc_curve(y_true, y_score); max(tpr - fpr)",
    formula: "The greatest true positive rate - false positive rate over the thresholds, at least 0.",
    traits: { oneClass: "NaN, with a warning" },
    of: (sample) => extremesOf(sample).above,
  },
  {
    ...facts,
    id: "sklearn:max_f1",
    biasedBelow: biasOfThresholds,
    names: ["max_f1", "best_f1", "f1_max", "optimal_f1", "f1", "f1_score"],
    call: "max(f1_score(y_true, y_score >= t) for t in y_score)",
    formula: "The greatest F1 over all thresholds, chosen on the very samples that it is told of.",
    of: (sample) => extremesOf(sample).f1,
  },
];

/** Rows that sum to 1, and every class in y_true, without which scikit-learn raises an error. */
function isAccepted(sample: ClassificationSample): boolean {
  return (
    isComplete(tableOf(sample)) && checkProbabilities(sample.yScore!, sample.labels.length).unevenRows === 0
  );
}

function isComplete({ actual }: ConfusionTable): boolean {
  return !actual.includes(0);
}

const several = {
  ...facts,
  classes: "several",
  traits: { ties: "count half", absentClasses: "an error where a class is absent from y_true" },
} as const;

const meanOf = (values: ArrayLike<number>, weights?: ArrayLike<number>): number => {
  let [sum, whole] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? weights[i]! : 1;
    sum += weight * values[i]!;
    whole += weight;
  }
  return sum / whole;
};

/** The weight of each pair of classes: the samples of both. */
function pairWeights({ actual }: ConfusionTable): number[] {
  return [...actual].flatMap((a, code) => [...actual.subarray(code + 1)].map((b) => a + b));
}

const precisionsOf = remembered((sample: ClassificationSample) =>
  classesRanked(sample).map((each) => averagePrecision(each)!),
);

const ofSeveral: readonly ClassificationDefinition[] = [
  severalAuc("ovr", "macro", "each class against all others by its column; the plain mean", (sample) =>
    meanOf(oneVsRestAreas(sample)),
  ),
  severalAuc("ovr", "weighted", "each class against all others, weighted by its samples", (sample) =>
    meanOf(oneVsRestAreas(sample), tableOf(sample).actual),
  ),
  severalAuc(
    "ovr",
    "micro",
    "each score of each class a guess of its own, in one ranking",
    (sample) => rocAuc(pooled(sample))!,
  ),
  severalAuc(
    "ovo",
    "macro",
    "each pair of classes by both columns; the plain mean (Hand and Till's M)",
    (sample) => meanOf(onePairAreas(sample)),
  ),
  severalAuc("ovo", "weighted", "each pair of classes by both columns, weighted by its samples", (sample) =>
    meanOf(onePairAreas(sample), pairWeights(tableOf(sample))),
  ),
  severalPrecision("macro", "each class against all others by its column; the plain mean", (sample) =>
    meanOf(precisionsOf(sample)),
  ),
  severalPrecision("weighted", "each class against all others, weighted by its samples", (sample) =>
    meanOf(precisionsOf(sample), tableOf(sample).actual),
  ),
  severalPrecision(
    "micro",
    "each score of each class a guess of its own, in one ranking",
    (sample) => averagePrecision(pooled(sample))!,
  ),
];

function severalAuc(
  pairing: "ovr" | "ovo",
  averaging: string,
  words: string,
  of: (sample: ClassificationSample) => number,
): ClassificationDefinition {
  return {
    ...several,
    id: `sklearn:roc_auc_score(${pairing}, ${averaging})`,
    names: [...aucNames, `roc_auc_${pairing}`, `roc_auc_${pairing}_${averaging}`, `auc_${averaging}`],
    call: `roc_auc_score(y_true, y_score, multi_class='${pairing}', average='${averaging}')`,
    formula: `The ROC area of ${words}.`,
    traits: { ...several.traits, averaging },
    of: (sample) => (isAccepted(sample) ? of(sample) : undefined),
  };
}

function severalPrecision(
  averaging: string,
  words: string,
  of: (sample: ClassificationSample) => number,
): ClassificationDefinition {
  return {
    ...several,
    id: `sklearn:average_precision_score(${averaging})`,
    names: [...apNames, `average_precision_${averaging}`, `pr_auc_${averaging}`],
    call: `average_precision_score(y_true, y_score, average='${averaging}')`,
    formula: `The average precision of ${words}.`,
    traits: { ...several.traits, ties: "share a threshold", averaging },
    of: (sample) => (isComplete(tableOf(sample)) ? of(sample) : undefined),
  };
}

export const sklearnRanking: readonly ClassificationDefinition[] = [...ofTwo, ...ofSeveral];
