import type { ClassificationDefinition } from "../definition.js";
import { binaryCounts, type CountRatio, recallOf, specificityOf } from "./counts.js";

const facts = {
  library: "Fairlearn",
  version: "0.15.0",
  precision: "float64",
  comparedWith: "library",
  kind: "classification",
  range: [0, 1],
  needsScore: false,
  classes: "two",
} as const;

const rates: [
  name: string,
  names: string[],
  formula: string,
  direction: "higher" | "lower" | "zero",
  ratio: CountRatio,
][] = [
  [
    "selection_rate",
    ["selection_rate", "positive_rate", "predicted_prevalence"],
    "The share of samples predicted as positive",
    "zero",
    ({ tp, fp, fn, tn }) => (tp + fp) / (tp + fp + fn + tn),
  ],
  [
    "true_positive_rate",
    ["tpr", "true_positive_rate", "recall", "sensitivity"],
    "TP / (TP + FN)",
    "higher",
    recallOf,
  ],
  [
    "false_positive_rate",
    ["fpr", "false_positive_rate", "fall_out"],
    "FP / (FP + TN)",
    "lower",
    ({ fp, tn }) => fp / (fp + tn),
  ],
  [
    "true_negative_rate",
    ["tnr", "true_negative_rate", "specificity"],
    "TN / (TN + FP)",
    "higher",
    specificityOf,
  ],
  [
    "false_negative_rate",
    ["fnr", "false_negative_rate", "miss_rate"],
    "FN / (FN + TP)",
    "lower",
    ({ fn, tp }) => fn / (fn + tp),
  ],
];

/** What Fairlearn says of a group of predictions. */
export const fairlearnRates: readonly ClassificationDefinition[] = rates.map(
  ([name, names, formula, direction, ratio]) => ({
    ...facts,
    id: `fairlearn:${name}`,
    names,
    call: `${name}(y_true, y_pred)`,
    formula: `${formula}.`,
    traits: { zeros: "0 / 0 is 0", positiveClass: "1, or `pos_label`" },
    direction,
    of: (sample) => ratio(binaryCounts(sample)) || 0,
  }),
);
