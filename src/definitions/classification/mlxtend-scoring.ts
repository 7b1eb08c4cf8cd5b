import { balancedAccuracy } from "../../scores/balanced-accuracy.js";
import type { ConfusionTable } from "../../scores/confusion-table.js";
import type { ClassificationSample } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import {
  binaryCounts,
  type CountRatio,
  countsOf,
  matthewsOf,
  precisionOf,
  recallOf,
  specificityOf,
  tableOf,
} from "./counts.js";

const facts = {
  library: "mlxtend",
  version: "0.25.0",
  precision: "float64",
  comparedWith: "library",
  kind: "classification",
  direction: "higher",
  range: [0, 1],
  needsScore: false,
} as const;

const ratios: [metric: string, names: string[], formula: string, ratio: CountRatio, lower?: "lower"][] = [
  ["precision", ["precision"], "TP / (TP + FP)", precisionOf],
  ["recall", ["recall", "sensitivity", "tpr", "true_positive_rate"], "TP / (TP + FN)", recallOf],
  ["specificity", ["specificity", "tnr", "true_negative_rate"], "TN / (TN + FP)", specificityOf],
  [
    "false_positive_rate",
    ["fpr", "false_positive_rate", "fall_out"],
    "FP / (FP + TN)",
    ({ fp, tn }) => fp / (fp + tn),
    "lower",
  ],
  ["f1", ["f1", "f1_score"], "2 precision recall / (precision + recall)", harmonic],
  [
    "matthews_corr_coef",
    ["mcc", "matthews_corrcoef"],
    "The correlation of true and predicted classes",
    matthewsOf,
  ],
];

const perClass: [
  metric: string,
  names: string[],
  formula: string,
  of: (sample: ClassificationSample) => number,
  lower?: "lower",
][] = [
  [
    "average per-class accuracy",
    ["average_per_class_accuracy", "accuracy", "macro_accuracy"],
    "The mean over the classes in y_true of the share of samples rightly called that class or not",
    (sample) => 1 - perClassError(tableOf(sample)),
  ],
  [
    "average per-class error",
    ["average_per_class_error", "error"],
    "1 - average per-class accuracy",
    (sample) => perClassError(tableOf(sample)),
    "lower",
  ],
  [
    "balanced accuracy",
    ["balanced_accuracy"],
    "The mean recall of the classes in y_true",
    (sample) => balancedAccuracy(tableOf(sample)),
  ],
];

/** What mlxtend's `scoring` says of classes. */
export const mlxtendScoring: readonly ClassificationDefinition[] = [
  ...ratios.map(
    ([metric, names, formula, ratio, direction]): ClassificationDefinition => ({
      ...facts,
      id: `mlxtend:scoring(${metric})`,
      names,
      call: `scoring(y_true, y_pred, metric='${metric}')`,
      formula: `${formula}.`,
      traits: { zeros: "0 / 0 is NaN" },
      direction: direction ?? "higher",
      range: metric === "matthews_corr_coef" ? [-1, 1] : [0, 1],
      classes: "two",
      of: (sample) => ratio(binaryCounts(sample)),
    }),
  ),
  ...perClass.map(
    ([metric, names, formula, of, direction]): ClassificationDefinition => ({
      ...facts,
      id: `mlxtend:scoring(${metric})`,
      names,
      call: `scoring(y_true, y_pred, metric='${metric}')`,
      formula: `${formula}.`,
      traits: { averaging: "macro", absentClasses: "one that is only predicted is left out" },
      direction: direction ?? "higher",
      classes: "any",
      of,
    }),
  ),
];

function harmonic(counts: ReturnType<typeof binaryCounts>): number {
  const [precision, recall] = [precisionOf(counts), recallOf(counts)];
  return (2 * precision * recall) / (precision + recall);
}

function perClassError(table: ConfusionTable): number {
  let [sum, classes] = [0, 0];
  for (let code = 0; code < table.actual.length; code++) {
    if (table.actual[code] === 0) continue;
    const { fp, fn } = countsOf(table, code);
    sum += (fp + fn) / table.samples;
    classes += 1;
  }
  return sum / classes;
}
