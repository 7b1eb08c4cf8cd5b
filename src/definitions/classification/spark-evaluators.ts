import { rocAuc } from "../../scores/roc-auc.js";
import type { ClassificationSample } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { clippedLoss, meanLoss } from "./clipped-loss.js";
import { averaged, f1Of, precisionOf, recallOf, tableOf } from "./counts.js";
import { curve, ranked } from "./curve.js";

const facts = {
  library: "Spark MLlib",
  version: "4.3.0",
  precision: "float64",
  comparedWith: "library",
  kind: "classification",
  traits: {},
  direction: "higher",
  range: [0, 1],
} as const;

const multiclass = { ...facts, needsScore: false, classes: "any" } as const;
const binary = { ...facts, needsScore: true, classes: "two" } as const;
const several = (metric: string) => `MulticlassClassificationEvaluator(metricName="${metric}")`;
const two = (metric: string) => `BinaryClassificationEvaluator(metricName="${metric}")`;

const weighted: [metric: string, names: string[], formula: string, ratio: typeof f1Of][] = [
  ["f1", ["f1", "f1_score", "f1_weighted", "weighted_f1"], "F1", f1Of],
  [
    "weightedPrecision",
    ["precision", "precision_weighted", "weighted_precision"],
    "TP / (TP + FP)",
    precisionOf,
  ],
  ["weightedRecall", ["recall", "recall_weighted", "weighted_recall"], "TP / (TP + FN)", recallOf],
];

/** From this many distinct scores on Spark puts some together, by its partitions. */
const groupedFrom = 2000;
const grouping = `Only below ${groupedFrom} distinct scores: of more, Spark puts some together (numBins=1000).`;

/** What the evaluators of Spark MLlib say of classes. */
export const sparkEvaluators: readonly ClassificationDefinition[] = [
  ...weighted.map(
    ([metric, names, formula, ratio]): ClassificationDefinition => ({
      ...multiclass,
      id: `spark:MulticlassClassificationEvaluator(${metric})`,
      names,
      call: several(metric),
      formula: `${formula} of each class, weighted by its samples, also of two classes.`,
      traits: { averaging: "weighted", zeros: "0 / 0 is 0" },
      of: (sample) => averaged(sample, tableOf(sample), ratio, "weighted"),
    }),
  ),
  {
    ...multiclass,
    id: "spark:MulticlassClassificationEvaluator(accuracy)",
    names: ["accuracy", "acc"],
    call: several("accuracy"),
    formula: "The share of samples whose class is predicted.",
    of: (sample) => tableOf(sample).totalCorrect / sample.yTrue.length,
  },
  {
    ...multiclass,
    id: "spark:MulticlassClassificationEvaluator(hammingLoss)",
    names: ["hamming_loss", "hamming", "error"],
    call: several("hammingLoss"),
    formula: "The share of samples whose class is not predicted.",
    direction: "lower",
    of: (sample) => 1 - tableOf(sample).totalCorrect / sample.yTrue.length,
  },
  {
    ...multiclass,
    id: "spark:MulticlassClassificationEvaluator(logLoss)",
    names: ["log_loss", "logloss", "cross_entropy"],
    call: several("logLoss"),
    formula: "The mean of -ln(probability of the true class), each at least 1e-15.",
    traits: { zeros: "a probability of 0 costs 34.54" },
    direction: "lower",
    range: [0, 34.6],
    needsScore: true,
    of: (sample) => meanLoss(sample, clippedLoss(1e-15)),
  },
  {
    ...binary,
    id: "spark:BinaryClassificationEvaluator(areaUnderROC)",
    names: ["area_under_roc", "auc", "roc_auc", "auroc"],
    call: two("areaUnderROC"),
    formula: `The chance that a positive sample is scored above a negative one. ${grouping}`,
    traits: { ties: "count half", oneClass: "1 without negatives, 0 without positives" },
    of: (sample) =>
      isGrouped(sample) ? undefined : (rocAuc(ranked(sample)) ?? Number(curve(sample).positives > 0)),
  },
  {
    ...binary,
    id: "spark:BinaryClassificationEvaluator(areaUnderPR)",
    names: ["area_under_pr", "pr_auc", "auprc", "aucpr", "average_precision"],
    call: two("areaUnderPR"),
    formula: `The area under straight lines between the points of precision over recall, from recall 0 at the first point's precision on. ${grouping}`,
    traits: { ties: "share a threshold", oneClass: "0 without positives" },
    of: (sample) => (isGrouped(sample) ? undefined : areaFromFirstPrecision(sample)),
  },
];

function isGrouped(sample: ClassificationSample): boolean {
  return curve(sample).thresholds.length >= groupedFrom;
}

function areaFromFirstPrecision(sample: ClassificationSample): number {
  const { tp, fp, positives } = curve(sample);
  if (positives === 0) return 0;
  const precisionAt = (i: number) => tp[i]! / (tp[i]! + fp[i]!);
  let area = tp[0]! * precisionAt(0);
  for (let i = 1; i < tp.length; i++) {
    area += ((tp[i]! - tp[i - 1]!) * (precisionAt(i) + precisionAt(i - 1))) / 2;
  }
  return area / positives;
}
