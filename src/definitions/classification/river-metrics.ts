import type { ClassificationSample } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { meanLoss } from "./clipped-loss.js";
import { averaged, f1Of, geometricMean, tableOf } from "./counts.js";
import { countsAbove, ranked } from "./curve.js";

const facts = {
  library: "River",
  version: "0.26.1",
  precision: "float64",
  comparedWith: "library",
  kind: "classification",
  traits: {},
  direction: "higher",
  range: [0, 1],
} as const;

const least = 1e-15;
const loss = (score: number, isPositive: boolean) => {
  const probability = Math.min(Math.max(score, least), 1 - least);
  return -Math.log(isPositive ? probability : 1 - probability);
};

/** What River's metrics say after the last sample of a stream. */
export const riverMetrics: readonly ClassificationDefinition[] = [
  {
    ...facts,
    id: "river:ROCAUC",
    names: ["auc", "roc_auc", "rocauc", "auroc"],
    call: "river.metrics.ROCAUC()",
    formula: "The area under straight lines between 10 points of the ROC curve, at thresholds 1/9 apart.",
    traits: { ties: "scores between two thresholds tie", oneClass: "0" },
    needsScore: true,
    classes: "two",
    of: (sample) => areaOfPoints(sample, 10),
  },
  {
    ...facts,
    id: "river:LogLoss",
    names: ["log_loss", "logloss", "cross_entropy", "binary_crossentropy"],
    call: "river.metrics.LogLoss()",
    formula: "The mean of -ln(probability of the true class), each at least 1e-15 from 0 and 1.",
    traits: { zeros: "a probability of 0 costs 34.54" },
    direction: "lower",
    range: [0, 34.6],
    needsScore: true,
    classes: "two",
    of: (sample) => meanLoss(sample, loss),
  },
  {
    ...facts,
    id: "river:CrossEntropy",
    names: ["cross_entropy", "log_loss", "logloss", "categorical_crossentropy"],
    call: "river.metrics.CrossEntropy()",
    formula: "The mean of -ln(probability of the true class), each at least 1e-15 from 0 and 1.",
    traits: { zeros: "a probability of 0 costs 34.54" },
    direction: "lower",
    range: [0, 34.6],
    needsScore: true,
    classes: "several",
    of: (sample) => meanLoss(sample, loss),
  },
  {
    ...facts,
    id: "river:MacroF1",
    names: ["f1", "f1_macro", "macro_f1"],
    call: "river.metrics.MacroF1()",
    formula: "The plain mean of F1 over the classes in y_true or y_pred.",
    traits: { zeros: "0 / 0 is 0", averaging: "macro" },
    needsScore: false,
    classes: "any",
    of: (sample) => averaged(sample, tableOf(sample), f1Of, "macro"),
  },
  {
    ...facts,
    id: "river:GeometricMean",
    names: ["g_mean", "gmean", "geometric_mean"],
    call: "river.metrics.GeometricMean()",
    formula: "The n-th root of the product of the recalls of the n classes in y_true or y_pred.",
    traits: {
      zeros: "0 as soon as one recall is 0",
      absentClasses: "one that is only predicted has recall 0",
    },
    needsScore: false,
    classes: "any",
    of: (sample) => geometricMean(tableOf(sample)),
  },
];

function areaOfPoints(sample: ClassificationSample, points: number): number {
  let area = 0;
  let [tprAbove, fprAbove] = [0, 0];
  for (let i = points - 1; i >= 0; i--) {
    const edge = i === 0 ? -1e-7 : i === points - 1 ? 1e-7 : 0;
    const { tp, fp, fn, tn } = countsAbove(ranked(sample), i / (points - 1) + edge);
    const [tpr, fpr] = [tp / (tp + fn) || 0, fp / (fp + tn) || 0];
    if (i < points - 1) area += ((fpr - fprAbove) * (tpr + tprAbove)) / 2;
    [tprAbove, fprAbove] = [tpr, fpr];
  }
  return area;
}
