import type { ClassificationSample } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import {
  type Averaging,
  averaged,
  binaryCounts,
  geometricMean,
  recallOf,
  specificityOf,
  tableOf,
} from "./counts.js";

const facts = {
  library: "imbalanced-learn",
  version: "0.14.2",
  precision: "float64",
  comparedWith: "library",
  kind: "classification",
  traits: {},
  direction: "higher",
  range: [0, 1],
  needsScore: false,
  classes: "any",
} as const;

const averages: readonly Averaging[] = ["binary", "macro", "weighted"];
const iba = "make_index_balanced_accuracy(alpha=0.1, squared=True)(geometric_mean_score)";

/** What imbalanced-learn says of classes. */
export const imbalancedLearn: readonly ClassificationDefinition[] = [
  {
    ...facts,
    id: "imblearn:geometric_mean_score",
    names: ["g_mean", "gmean", "geometric_mean", "geometric_mean_score"],
    call: "geometric_mean_score(y_true, y_pred)",
    formula: "The n-th root of the product of the recalls of the n classes in y_true or y_pred.",
    traits: {
      zeros: "0 as soon as one recall is 0",
      absentClasses: "one that is only predicted has recall 0",
    },
    of: (sample) => geometricMean(tableOf(sample)),
  },
  ...averages.flatMap((averaging) => [
    ofAverage("sensitivity_score", ["sensitivity", "recall", "tpr"], averaging, (sample) =>
      averaged(sample, tableOf(sample), recallOf, averaging),
    ),
    ofAverage("specificity_score", ["specificity", "tnr"], averaging, (sample) =>
      specificity(sample, averaging),
    ),
    ofAverage("geometric_mean_score", ["g_mean", "gmean", "geometric_mean"], averaging, (sample) =>
      Math.sqrt(averaged(sample, tableOf(sample), recallOf, averaging) * specificity(sample, averaging)),
    ),
  ]),
  {
    ...facts,
    id: "imblearn:make_index_balanced_accuracy",
    names: ["iba", "index_balanced_accuracy"],
    call: `${iba}(y_true, y_pred)`,
    formula: "(1 + 0.1 (macro sensitivity - macro specificity)) times the squared geometric mean of recalls.",
    traits: { averaging: "macro" },
    of: (sample) => {
      const dominance = averaged(sample, tableOf(sample), recallOf, "macro") - specificity(sample, "macro");
      return (1 + 0.1 * dominance) * geometricMean(tableOf(sample)) ** 2;
    },
  },
  {
    ...facts,
    id: "imblearn:macro_averaged_mean_absolute_error",
    names: ["macro_mae", "mmae", "ma_mae", "macro_averaged_mean_absolute_error"],
    call: "macro_averaged_mean_absolute_error(y_true, y_pred)",
    formula: "The mean over the classes of the mean distance, in classes, of their predictions.",
    traits: { absentClasses: "an error where a class is only predicted" },
    direction: "lower",
    range: [0, Infinity],
    classes: "several",
    of: (sample) => meanDistance(sample),
  },
];

function ofAverage(
  name: string,
  names: string[],
  averaging: Averaging,
  of: (sample: ClassificationSample) => number,
): ClassificationDefinition {
  return {
    ...facts,
    id: `imblearn:${name}(${averaging})`,
    names:
      averaging === "binary"
        ? names
        : names.flatMap((each) => [each, `${each}_${averaging}`, `${averaging}_${each}`]),
    call: `${name}(y_true, y_pred, average='${averaging}')`,
    formula: {
      sensitivity_score: "TP / (TP + FN)",
      specificity_score: "TN / (TN + FP)",
      geometric_mean_score: "The square root of averaged sensitivity times averaged specificity",
    }[name]!.concat(averaging === "binary" ? ", of the positive class." : `, ${averaging} over the classes.`),
    traits: { zeros: "0 / 0 is 0", averaging },
    classes: averaging === "binary" ? "two" : "any",
    of,
  };
}

/** Where no sample is of the positive class and none is predicted as such, 0 rather than 1. */
function specificity(sample: ClassificationSample, averaging: Averaging): number {
  if (averaging === "binary") {
    const { tp, fp, fn } = binaryCounts(sample);
    if (tp + fp + fn === 0) return 0;
  }
  return averaged(sample, tableOf(sample), specificityOf, averaging);
}

function meanDistance(sample: ClassificationSample): number | undefined {
  const { actual, predicted } = tableOf(sample);
  const distances = new Float64Array(actual.length);
  for (let row = 0; row < sample.yTrue.length; row++) {
    distances[sample.yTrue[row]!]! += Math.abs(sample.yTrue[row]! - sample.yPred[row]!);
  }
  let [sum, classes] = [0, 0];
  for (let code = 0; code < actual.length; code++) {
    if (actual[code] === 0 && predicted[code]! > 0) return undefined;
    if (actual[code] === 0) continue;
    sum += distances[code]! / actual[code]!;
    classes += 1;
  }
  return sum / classes;
}
