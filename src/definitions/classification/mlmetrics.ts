import { rocAuc } from "../../scores/roc-auc.js";
import type { ClassificationSample } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { biasOfThresholds } from "../no-interval.js";
import { meanLoss } from "./clipped-loss.js";
import { type ClassCounts, countsOf, tableOf } from "./counts.js";
import { curve, ranked, type ScoreCurve } from "./curve.js";
import { extremesOf } from "./curve-areas.js";

const facts = {
  library: "MLmetrics",
  version: "1.1.1",
  precision: "float64",
  comparedWith: "library",
  kind: "classification",
  direction: "higher",
  range: [0, 1],
} as const;

const least = 1e-15;
const loss = (score: number, isPositive: boolean) => {
  const probability = Math.max(Math.min(score, 1 - least), least);
  return -Math.log(isPositive ? probability : 1 - probability);
};

const scored = { ...facts, needsScore: true, classes: "two" } as const;
const labelled = { ...facts, needsScore: false, classes: "two" } as const;

const firstClass = {
  positiveClass: "the first class in y_true, in the order of text: 0 of 0 and 1",
  argumentOrder: "truth first, unlike most functions of the package",
  zeros: "nothing where no sample is predicted as that class",
} as const;

/** What R's MLmetrics says of classes. */
export const mlmetrics: readonly ClassificationDefinition[] = [
  {
    ...scored,
    id: "MLmetrics:AUC",
    names: ["auc", "roc_auc", "auroc"],
    call: "AUC(y_score, y_true)",
    formula: "The chance that a positive sample is scored above a negative one.",
    traits: { ties: "count half", oneClass: "NaN", argumentOrder: "predictions first" },
    of: (sample) => rocAuc(ranked(sample)) ?? NaN,
  },
  {
    ...scored,
    id: "MLmetrics:PRAUC",
    names: ["prauc", "pr_auc", "auprc", "aucpr", "average_precision"],
    call: "PRAUC(y_score, y_true)",
    formula:
      "The area under straight lines between the points of precision over recall, from the recall of the highest score on: what is left of it is missing.",
    traits: { ties: "share a threshold", oneClass: "an error", argumentOrder: "predictions first" },
    of: (sample) => areaFromFirst(curve(sample)),
  },
  {
    ...scored,
    id: "MLmetrics:KS_Stat",
    biasedBelow: biasOfThresholds,
    names: ["ks", "ks_statistic", "kolmogorov_smirnov"],
    call: "KS_Stat(y_score, y_true)",
    formula: "100 times the greatest true positive rate - false positive rate over the thresholds.",
    traits: { oneClass: "NaN", argumentOrder: "predictions first" },
    range: [0, 100],
    of: (sample) => 100 * extremesOf(sample).above,
  },
  {
    ...scored,
    id: "MLmetrics:LogLoss",
    names: ["logloss", "log_loss", "cross_entropy"],
    call: "LogLoss(y_score, y_true)",
    formula: "The mean of -ln(probability of the true class), each at least 1e-15 from 0 and 1.",
    traits: { zeros: "a probability of 0 costs 34.54", argumentOrder: "predictions first" },
    direction: "lower",
    range: [0, 34.6],
    of: (sample) => meanLoss(sample, loss),
  },
  {
    ...scored,
    id: "MLmetrics:MultiLogLoss",
    names: ["logloss", "log_loss", "multilogloss", "cross_entropy", "mlogloss"],
    call: "MultiLogLoss(y_score, y_true)",
    formula: "The mean of -ln(probability of the true class), each at least 1e-15; y_true is one-hot.",
    traits: { zeros: "a probability of 0 costs 34.54", argumentOrder: "predictions first" },
    direction: "lower",
    range: [0, 34.6],
    classes: "several",
    of: (sample) => meanLoss(sample, loss),
  },
  {
    ...labelled,
    id: "MLmetrics:Precision",
    names: ["precision", "ppv"],
    call: "Precision(y_true, y_pred)",
    formula: "TP / (TP + FP), of the first class.",
    traits: firstClass,
    of: (sample) => ofFirst(sample, ({ tp, fp }) => tp / (tp + fp)),
  },
  {
    ...labelled,
    id: "MLmetrics:Recall",
    names: ["recall", "sensitivity", "tpr"],
    call: "Recall(y_true, y_pred)",
    formula: "TP / (TP + FN), of the first class.",
    traits: firstClass,
    of: (sample) => ofFirst(sample, ({ tp, fn }) => tp / (tp + fn)),
  },
  {
    ...labelled,
    id: "MLmetrics:F1_Score",
    names: ["f1", "f1_score"],
    call: "F1_Score(y_true, y_pred)",
    formula: "2 precision recall / (precision + recall), of the first class.",
    traits: { ...firstClass, zeros: "NaN without true positives" },
    of: (sample) => ofFirst(sample, ({ tp, fp, fn }) => (tp === 0 ? NaN : (2 * tp) / (2 * tp + fp + fn))),
  },
  {
    ...labelled,
    id: "MLmetrics:Specificity",
    names: ["specificity", "tnr"],
    call: "Specificity(y_true, y_pred)",
    formula: "TN / (TN + FP), the positive class being the first.",
    traits: { ...firstClass, zeros: "nothing where the other class is absent from y_true or y_pred" },
    of: (sample) => {
      const first = firstOf(sample);
      const { tn, fp, fn } = countsOf(tableOf(sample), first);
      return tn + fp === 0 || tn + fn === 0 ? undefined : tn / (tn + fp);
    },
  },
  {
    ...labelled,
    id: "MLmetrics:Accuracy",
    names: ["accuracy", "acc"],
    call: "Accuracy(y_pred, y_true)",
    formula: "The share of samples whose class is predicted.",
    traits: { argumentOrder: "predictions first" },
    classes: "any",
    of: (sample) => tableOf(sample).totalCorrect / sample.yTrue.length,
  },
  {
    ...labelled,
    id: "MLmetrics:ZeroOneLoss",
    names: ["zero_one_loss", "error", "error_rate"],
    call: "ZeroOneLoss(y_pred, y_true)",
    formula: "The share of samples whose class is not predicted.",
    traits: { argumentOrder: "predictions first" },
    direction: "lower",
    classes: "any",
    of: (sample) => 1 - tableOf(sample).totalCorrect / sample.yTrue.length,
  },
];

/** The first class that occurs in y_true. */
function firstOf(sample: ClassificationSample): number {
  return tableOf(sample).actual.findIndex((count) => count > 0);
}

function ofFirst(sample: ClassificationSample, ratio: (counts: ClassCounts) => number): number | undefined {
  const counts = countsOf(tableOf(sample), firstOf(sample));
  return counts.tp + counts.fp === 0 ? undefined : ratio(counts);
}

function areaFromFirst({ tp, fp, positives, negatives }: ScoreCurve): number | undefined {
  if (positives === 0 || negatives === 0) return undefined;
  const precisionAt = (i: number) => tp[i]! / (tp[i]! + fp[i]!);
  let area = 0;
  for (let i = 1; i < tp.length; i++)
    area += ((tp[i]! - tp[i - 1]!) * (precisionAt(i) + precisionAt(i - 1))) / 2;
  return area / positives;
}
