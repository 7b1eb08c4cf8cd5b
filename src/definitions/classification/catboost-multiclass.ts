import { matthewsCorrcoef } from "../../scores/matthews-corrcoef.js";
import type { ClassificationSample } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { catboost, orLeast } from "./catboost-facts.js";
import { clippedLoss, meanLoss } from "./clipped-loss.js";
import { averaged, countsOf, f1Of, tableOf } from "./counts.js";
import { type KappaWeights, weightedKappa } from "./weighted-kappa.js";

const facts = {
  ...catboost,
  traits: {},
  direction: "higher",
  range: [0, 1],
  needsScore: false,
  classes: "several",
} as const;

const ofLabels: [
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
    (s) => kappa(s, "none"),
  ],
  [
    "WKappa",
    ["wkappa", "qwk", "quadratic_weighted_kappa", "weighted_kappa", "kappa"],
    "Kappa in which a mistake weighs the square of the classes that it is apart.",
    (s) => kappa(s, "quadratic"),
  ],
];

/** What CatBoost's metrics say of several classes. */
export const catboostMulticlass: readonly ClassificationDefinition[] = [
  ...ofLabels.map(
    ([name, names, formula, of, direction]): ClassificationDefinition => ({
      ...facts,
      id: `catboost:${name}(several)`,
      names,
      call: `eval_metric='${name}', loss_function='MultiClass'`,
      formula,
      direction: direction ?? "higher",
      range: ["MCC", "Kappa", "WKappa"].includes(name) ? ([-1, 1] as const) : ([0, 1] as const),
      of,
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
    needsScore: true,
    of: (sample) => (sample.yScore!.includes(0) ? undefined : meanLoss(sample, clippedLoss(0))),
  },
];

function kappa(sample: ClassificationSample, weights: KappaWeights): number {
  return orLeast(weightedKappa(sample, weights, Float64Array.from(sample.labels.keys())));
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
