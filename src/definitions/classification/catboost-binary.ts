import { rocAuc } from "../../scores/roc-auc.js";
import type { ClassificationSample } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { catboost, orLeast } from "./catboost-facts.js";
import { clippedLoss, meanLoss } from "./clipped-loss.js";
import {
  type ClassCounts,
  type CountRatio,
  f1Of,
  kappaOf,
  matthewsOf,
  precisionOf,
  recallOf,
} from "./counts.js";
import { countsAbove, curve, ranked } from "./curve.js";
import { trapezoidArea } from "./curve-areas.js";
import { given } from "./scored-sample.js";

const facts = {
  ...catboost,
  traits: { ties: "a score of 0.5 is class 0" },
  direction: "higher",
  range: [0, 1],
  needsScore: true,
  classes: "two",
} as const;

/** CatBoost computes on raw values, of which a probability of 0 or 1 has none. */
function hasRawValues({ yScore }: ClassificationSample): boolean {
  return yScore!.every((score) => score > 0 && score < 1);
}

const loss = clippedLoss(0);

const ratios: [name: string, names: string[], formula: string, ratio: CountRatio, lower?: "lower"][] = [
  [
    "Accuracy",
    ["accuracy", "acc"],
    "(TP + TN) / samples",
    ({ tp, fp, fn, tn }) => (tp + tn) / (tp + fp + fn + tn),
  ],
  [
    "Precision",
    ["precision", "ppv"],
    "TP / (TP + FP), or 0 without predicted positives",
    (counts) => precisionOf(counts) || 0,
  ],
  [
    "Recall",
    ["recall", "sensitivity", "tpr"],
    "TP / (TP + FN), or 1 without positives",
    (counts) => orOne(recallOf(counts)),
  ],
  ["F1", ["f1", "f1_score"], "2 TP / (2 TP + FP + FN), or 1 for 0 / 0", (counts) => orOne(f1Of(counts))],
  [
    "MCC",
    ["mcc", "matthews_corrcoef"],
    "The correlation of true and predicted classes",
    (counts) => matthewsOf(counts) || 0,
  ],
  [
    "Kappa",
    ["kappa", "cohen_kappa"],
    "Agreement beyond chance, or -1 where all is one class",
    (counts) => orLeast(kappaOf(counts)),
  ],
  [
    "BalancedAccuracy",
    ["balanced_accuracy"],
    "The mean of sensitivity and specificity, 1 for a class that is neither true nor predicted",
    balanced,
  ],
  [
    "BalancedErrorRate",
    ["balanced_error_rate", "ber"],
    "1 - the mean of sensitivity and specificity",
    (counts) => 1 - balanced(counts),
    "lower",
  ],
  ["ZeroOneLoss", ["zero_one_loss", "error", "error_rate"], "(FP + FN) / samples", wrong, "lower"],
  ["HammingLoss", ["hamming_loss", "hamming"], "(FP + FN) / samples", wrong, "lower"],
];

/** What CatBoost's metrics say of two classes. */
export const catboostBinary: readonly ClassificationDefinition[] = [
  ...ratios.map(
    ([name, names, formula, ratio, direction]): ClassificationDefinition => ({
      ...facts,
      id: `catboost:${name}`,
      names,
      call: `eval_metric='${name}'`,
      formula: `${formula}, positive being a probability above 0.5.`,
      direction: direction ?? "higher",
      range: name === "MCC" || name === "Kappa" ? [-1, 1] : [0, 1],
      of: (sample) => ratio(countsAbove(ranked(sample), 0.5)),
    }),
  ),
  {
    ...facts,
    id: "catboost:AUC",
    names: ["auc", "roc_auc", "auroc"],
    call: "eval_metric='AUC'",
    formula: "The chance that a positive sample is scored above a negative one.",
    traits: { ties: "count half", oneClass: "0" },
    of: (sample) => rocAuc(ranked(sample)) ?? 0,
  },
  {
    ...facts,
    id: "catboost:NormalizedGini",
    names: ["gini", "normalized_gini"],
    call: "eval_metric='NormalizedGini'",
    formula: "2 AUC - 1.",
    traits: { ties: "count half", oneClass: "-1" },
    range: [-1, 1],
    of: (sample) => 2 * (rocAuc(ranked(sample)) ?? 0) - 1,
  },
  {
    ...facts,
    id: "catboost:PRAUC",
    names: ["prauc", "pr_auc", "auprc", "aucpr", "average_precision"],
    call: "eval_metric='PRAUC'",
    formula: "The area under straight lines between the points of precision over recall.",
    traits: { ties: "share a threshold", oneClass: "an error without positives" },
    of: (sample) => {
      const points = curve(sample);
      return points.positives === 0 ? undefined : trapezoidArea(points);
    },
  },
  {
    ...facts,
    id: "catboost:BrierScore",
    names: ["brier", "brier_score"],
    call: "eval_metric='BrierScore'",
    formula: "The mean of (y - p)^2.",
    traits: {},
    direction: "lower",
    of: given((sample) => meanLoss(sample, (score, isPositive) => (isPositive ? 1 - score : score) ** 2)),
  },
  ...["Logloss", "CrossEntropy"].map(
    (name): ClassificationDefinition => ({
      ...facts,
      id: `catboost:${name}`,
      names: ["logloss", "log_loss", "cross_entropy", "binary_crossentropy", "loss"],
      call: `eval_metric='${name}'`,
      formula: "The mean of -ln(probability of the true class), not clipped.",
      traits: { zeros: "no answer for a probability of 0 or 1: the raw value that it had is not known" },
      direction: "lower",
      range: [0, Infinity],
      of: (sample) => (hasRawValues(sample) ? meanLoss(sample, loss) : undefined),
    }),
  ),
];

function wrong({ tp, fp, fn, tn }: ClassCounts): number {
  return (fp + fn) / (tp + fp + fn + tn);
}

function balanced({ tp, fp, fn, tn }: ClassCounts): number {
  return (
    ((tp + fn + fp === 0 ? 1 : tp / (tp + fn) || 0) + (tn + fn + fp === 0 ? 1 : tn / (tn + fp) || 0)) / 2
  );
}

function orOne(value: number): number {
  return Number.isNaN(value) ? 1 : value;
}
