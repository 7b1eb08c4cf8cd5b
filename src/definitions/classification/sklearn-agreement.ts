import { balancedAccuracy } from "../../scores/balanced-accuracy.js";
import { matthewsCorrcoef } from "../../scores/matthews-corrcoef.js";
import type { ClassificationDefinition } from "../definition.js";
import { binaryCounts, type ClassCounts, specificityOf, tableOf } from "./counts.js";
import { sklearn } from "./sklearn-facts.js";
import { type KappaWeights, positionsOfPresent, weightedKappa } from "./weighted-kappa.js";

const facts = {
  ...sklearn,
  traits: {},
  direction: "higher",
  range: [0, 1],
  needsScore: false,
  classes: "any",
} as const;

/** What scikit-learn says of how far y_pred agrees with y_true as a whole. */
export const sklearnAgreement: readonly ClassificationDefinition[] = [
  {
    ...facts,
    id: "sklearn:accuracy_score",
    names: ["accuracy", "acc", "accuracy_score", "categorical_accuracy"],
    call: "accuracy_score(y_true, y_pred)",
    formula: "The share of samples whose class is predicted.",
    of: (sample) => tableOf(sample).totalCorrect / sample.yTrue.length,
  },
  {
    ...facts,
    id: "sklearn:accuracy_score(normalize=False)",
    names: ["accuracy", "correct"],
    call: "accuracy_score(y_true, y_pred, normalize=False)",
    formula: "The number of samples whose class is predicted.",
    range: [0, Infinity],
    of: (sample) => tableOf(sample).totalCorrect,
  },
  {
    ...facts,
    id: "sklearn:zero_one_loss",
    names: ["zero_one_loss", "error", "error_rate", "misclassification_rate", "classification_error"],
    call: "zero_one_loss(y_true, y_pred)",
    formula: "The share of samples whose class is not predicted: 1 - accuracy.",
    direction: "lower",
    of: (sample) => 1 - tableOf(sample).totalCorrect / sample.yTrue.length,
  },
  {
    ...facts,
    id: "sklearn:hamming_loss",
    names: ["hamming_loss", "hamming", "hamming_distance"],
    call: "hamming_loss(y_true, y_pred)",
    formula: "The share of samples whose class is not predicted; of single labels it is zero_one_loss.",
    direction: "lower",
    of: (sample) => 1 - tableOf(sample).totalCorrect / sample.yTrue.length,
  },
  {
    ...facts,
    id: "sklearn:balanced_accuracy_score",
    names: ["balanced_accuracy", "bacc", "balanced_accuracy_score", "uar", "macro_recall"],
    call: "balanced_accuracy_score(y_true, y_pred)",
    formula: "The mean recall of the classes in y_true.",
    traits: { absentClasses: "a class that is only predicted is left out, unlike in macro recall" },
    of: (sample) => balancedAccuracy(tableOf(sample)),
  },
  {
    ...facts,
    id: "sklearn:balanced_accuracy_score(adjusted)",
    names: ["balanced_accuracy", "adjusted_balanced_accuracy", "informedness", "youden_j"],
    call: "balanced_accuracy_score(y_true, y_pred, adjusted=True)",
    formula: "(mean recall - 1 / classes) / (1 - 1 / classes), over the classes in y_true: 0 is chance.",
    traits: { oneClass: "NaN, or -inf where a sample of it is missed" },
    range: [-Infinity, 1],
    of: (sample) => {
      const table = tableOf(sample);
      const chance = 1 / table.actual.reduce((classes, count) => classes + (count > 0 ? 1 : 0), 0);
      return (balancedAccuracy(table) - chance) / (1 - chance);
    },
  },
  {
    ...facts,
    id: "sklearn:matthews_corrcoef",
    names: ["mcc", "matthews_corrcoef", "matthews", "phi", "phi_coefficient"],
    call: "matthews_corrcoef(y_true, y_pred)",
    formula: "The correlation of true and predicted classes; of several, Gorodkin's R_K.",
    traits: { constants: "0 where y_true or y_pred has one class" },
    range: [-1, 1],
    of: (sample) => matthewsCorrcoef(tableOf(sample)),
  },
  ...kappas(),
  ofCounts(
    "recall_score(pos_label=0)",
    ["specificity", "tnr", "true_negative_rate", "selectivity"],
    "recall_score(y_true, y_pred, pos_label=0)",
    "TN / (TN + FP): recall of the negative class.",
    (counts) => specificityOf(counts) || 0,
  ),
  ofCounts(
    "precision_score(pos_label=0)",
    ["npv", "negative_predictive_value"],
    "precision_score(y_true, y_pred, pos_label=0)",
    "TN / (TN + FN): precision of the negative class.",
    ({ tn, fn }) => tn / (tn + fn) || 0,
  ),
  ofCounts(
    "f1_score(pos_label=0)",
    ["f1", "f1_score", "f1_negative"],
    "f1_score(y_true, y_pred, pos_label=0)",
    "2 TN / (2 TN + FP + FN): F1 of the negative class.",
    ({ tn, fp, fn }) => (2 * tn) / (2 * tn + fp + fn) || 0,
  ),
  {
    ...ofCounts(
      "class_likelihood_ratios[0]",
      ["positive_likelihood_ratio", "lr_plus", "lr+", "plr"],
      "class_likelihood_ratios(y_true, y_pred)[0]",
      "Sensitivity / (1 - specificity).",
      ({ tp, fp, fn, tn }) => (fp === 0 || tp + fn === 0 ? NaN : (tp * (tn + fp)) / (fp * (tp + fn))),
    ),
    traits: { zeros: "NaN without false positives or without positives" },
    range: [0, Infinity],
  },
  {
    ...ofCounts(
      "class_likelihood_ratios[1]",
      ["negative_likelihood_ratio", "lr_minus", "lr-", "nlr"],
      "class_likelihood_ratios(y_true, y_pred)[1]",
      "(1 - sensitivity) / specificity.",
      ({ tp, fp, fn, tn }) => (tn === 0 || tp + fn === 0 ? NaN : (fn * (tn + fp)) / (tn * (tp + fn))),
    ),
    traits: { zeros: "NaN without true negatives or without positives" },
    direction: "lower",
    range: [0, Infinity],
  },
];

function kappas(): ClassificationDefinition[] {
  const calls: [KappaWeights, string, string][] = [
    ["none", "cohen_kappa_score(y_true, y_pred)", "each mistake weighing the same"],
    [
      "linear",
      "cohen_kappa_score(y_true, y_pred, weights='linear')",
      "a mistake weighing as many classes as it is apart",
    ],
    [
      "quadratic",
      "cohen_kappa_score(y_true, y_pred, weights='quadratic')",
      "a mistake weighing the square of the classes that it is apart",
    ],
  ];
  return calls.map(([weights, call, words]) => ({
    ...facts,
    id: weights === "none" ? "sklearn:cohen_kappa_score" : `sklearn:cohen_kappa_score(${weights})`,
    names:
      weights === "quadratic"
        ? ["qwk", "quadratic_weighted_kappa", "kappa", "cohen_kappa", "weighted_kappa"]
        : weights === "linear"
          ? ["linear_weighted_kappa", "kappa", "cohen_kappa", "weighted_kappa"]
          : ["kappa", "cohen_kappa", "cohen_kappa_score", "cohens_kappa"],
    call,
    formula: `1 - disagreement / disagreement by chance, ${words}.`,
    traits: {
      oneClass: "NaN where both have one and the same class",
      ...(weights === "none" ? {} : { absentClasses: "take no place in the order of classes" }),
    },
    range: [-1, 1] as const,
    of: (sample) => weightedKappa(sample, weights, positionsOfPresent(tableOf(sample))),
  }));
}

function ofCounts(
  id: string,
  names: string[],
  call: string,
  formula: string,
  ratio: (counts: ClassCounts) => number,
): ClassificationDefinition {
  return {
    ...facts,
    id: `sklearn:${id}`,
    names,
    call,
    formula,
    traits: { zeros: "0 / 0 is 0, with a warning" },
    classes: "two",
    of: (sample) => ratio(binaryCounts(sample)),
  };
}
