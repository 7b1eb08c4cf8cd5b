import { matthewsCorrcoef } from "../../scores/matthews-corrcoef.js";
import { rocAuc } from "../../scores/roc-auc.js";
import type { ClassificationSample } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { clippedLoss, meanLoss } from "./clipped-loss.js";
import {
  averaged,
  type ClassCounts,
  type CountRatio,
  countsOf,
  f1Of,
  precisionOf,
  recallOf,
  tableOf,
} from "./counts.js";
import { countsAbove, curve, ranked } from "./curve.js";
import { trapezoidArea } from "./curve-areas.js";
import { type KappaWeights, weightedKappa } from "./weighted-kappa.js";

const facts = {
  library: "CatBoost",
  version: "1.2.10",
  precision: "float64",
  comparedWith: "library",
  kind: "classification",
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
  ["MCC", ["mcc", "matthews_corrcoef"], "The correlation of true and predicted classes", matthews],
  ["Kappa", ["kappa", "cohen_kappa"], "Agreement beyond chance, or -1 where all is one class", kappa],
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

/** What CatBoost's metrics say of classes. */
export const catboostClasses: readonly ClassificationDefinition[] = [
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
    of: (sample) => meanLoss(sample, (score, isPositive) => (isPositive ? 1 - score : score) ** 2),
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
  {
    ...facts,
    id: "catboost:MultiClass",
    names: [
      "multiclass",
      "logloss",
      "log_loss",
      "cross_entropy",
      "categorical_crossentropy",
      "mlogloss",
      "loss",
    ],
    call: "eval_metric='MultiClass'",
    formula: "The mean of -ln(probability of the true class), not clipped.",
    traits: { zeros: "no answer for a probability of 0: the raw value that it had is not known" },
    direction: "lower",
    range: [0, Infinity],
    classes: "several",
    of: (sample) => (sample.yScore!.includes(0) ? undefined : meanLoss(sample, loss)),
  },
  ...ofSeveral(),
];

function ofSeveral(): ClassificationDefinition[] {
  const definitions: [
    name: string,
    names: string[],
    formula: string,
    of: (sample: ClassificationSample) => number,
    lower?: "lower",
  ][] = [
    [
      "Accuracy",
      ["accuracy", "acc"],
      "The share of samples whose class is predicted.",
      (s) => 1 - wrongShare(s),
    ],
    [
      "ZeroOneLoss",
      ["zero_one_loss", "error", "error_rate"],
      "The share of samples whose class is not predicted.",
      wrongShare,
      "lower",
    ],
    [
      "HammingLoss",
      ["hamming_loss", "hamming"],
      "The share of samples whose class is not predicted.",
      wrongShare,
      "lower",
    ],
    [
      "TotalF1",
      ["f1", "total_f1", "f1_weighted", "weighted_f1"],
      "F1 of each class, weighted by its samples.",
      (s) => averaged(s, tableOf(s), f1Of, "weighted"),
    ],
    [
      "TotalF1:average=Macro",
      ["f1", "total_f1", "f1_macro", "macro_f1"],
      "The plain mean of F1 over all classes, of which an absent one counts 0.",
      macroF1,
    ],
    [
      "TotalF1:average=Micro",
      ["f1", "total_f1", "f1_micro", "micro_f1"],
      "F1 of the counts added up: accuracy.",
      (s) => 1 - wrongShare(s),
    ],
    [
      "MCC",
      ["mcc", "matthews_corrcoef"],
      "Gorodkin's R_K: the correlation of true and predicted classes.",
      (s) => matthewsCorrcoef(tableOf(s)),
    ],
    [
      "Kappa",
      ["kappa", "cohen_kappa"],
      "Agreement beyond chance; -1 where all is one class.",
      (s) => kappaOf(s, "none"),
    ],
    [
      "WKappa",
      ["wkappa", "qwk", "quadratic_weighted_kappa", "weighted_kappa", "kappa"],
      "Kappa in which a mistake weighs the square of the classes that it is apart.",
      (s) => kappaOf(s, "quadratic"),
    ],
  ];
  return definitions.map(([name, names, formula, of, direction]) => ({
    ...facts,
    id: `catboost:${name}(several)`,
    names,
    call: `eval_metric='${name}', loss_function='MultiClass'`,
    formula,
    traits: {},
    direction: direction ?? "higher",
    range: ["MCC", "Kappa", "WKappa"].includes(name) ? ([-1, 1] as const) : ([0, 1] as const),
    needsScore: false,
    classes: "several",
    of,
  }));
}

function kappaOf(sample: ClassificationSample, weights: KappaWeights): number {
  const value = weightedKappa(sample, weights, Float64Array.from(sample.labels.keys()));
  return Number.isNaN(value) ? -1 : value;
}

function wrongShare(sample: ClassificationSample): number {
  return 1 - tableOf(sample).totalCorrect / sample.yTrue.length;
}

/** Over all classes that the model knows; one that does not occur counts 0. */
function macroF1(sample: ClassificationSample): number {
  const table = tableOf(sample);
  const scores = sample.labels.map((_, code) => f1Of(countsOf(table, code)) || 0);
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function wrong({ tp, fp, fn, tn }: ClassCounts): number {
  return (fp + fn) / (tp + fp + fn + tn);
}

function balanced({ tp, fp, fn, tn }: ClassCounts): number {
  return (
    ((tp + fn + fp === 0 ? 1 : tp / (tp + fn) || 0) + (tn + fn + fp === 0 ? 1 : tn / (tn + fp) || 0)) / 2
  );
}

function matthews({ tp, fp, fn, tn }: ClassCounts): number {
  return (tp * tn - fp * fn) / Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)) || 0;
}

function kappa({ tp, fp, fn, tn }: ClassCounts): number {
  const byChance = (tp + fn) * (tn + fn) + (tn + fp) * (tp + fp);
  return byChance === 0 ? -1 : 1 - ((fp + fn) * (tp + fp + fn + tn)) / byChance;
}

function orOne(value: number): number {
  return Number.isNaN(value) ? 1 : value;
}
