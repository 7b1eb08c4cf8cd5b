import { averagePrecision } from "../../scores/average-precision.js";
import { rocAuc } from "../../scores/roc-auc.js";
import type { ClassificationSample } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { noInterval } from "../no-interval.js";
import { remembered } from "../remembered.js";
import { binned, calibrationErrors, edges32, reachedBin } from "./calibration-bins.js";
import {
  binaryCounts,
  type ClassCounts,
  type CountRatio,
  f1Of,
  jaccardOf,
  precisionOf,
  recallOf,
  specificityOf,
} from "./counts.js";
import { countsAbove } from "./curve.js";
import { torchmetrics, torchRanked } from "./torchmetrics-facts.js";

const facts = {
  ...torchmetrics,
  traits: {},
  direction: "higher",
  range: [0, 1],
  needsScore: true,
  classes: "two",
} as const;

const trap = "Scores of which one is outside of 0 to 1 go through a sigmoid first, batch by batch.";

const ratios: [name: string, names: string[], formula: string, ratio: CountRatio, lower?: "lower"][] = [
  [
    "BinaryAccuracy",
    ["accuracy", "acc", "binary_accuracy"],
    "(TP + TN) / samples",
    ({ tp, fp, fn, tn }) => (tp + tn) / (tp + fp + fn + tn),
  ],
  ["BinaryPrecision", ["precision", "ppv"], "TP / (TP + FP)", precisionOf],
  ["BinaryRecall", ["recall", "sensitivity", "tpr"], "TP / (TP + FN)", recallOf],
  ["BinaryF1Score", ["f1", "f1_score", "dice"], "2 TP / (2 TP + FP + FN)", f1Of],
  ["BinarySpecificity", ["specificity", "tnr"], "TN / (TN + FP)", specificityOf],
  [
    "BinaryNegativePredictiveValue",
    ["npv", "negative_predictive_value"],
    "TN / (TN + FN)",
    ({ tn, fn }) => tn / (tn + fn),
  ],
  ["BinaryJaccardIndex", ["jaccard", "iou"], "TP / (TP + FP + FN)", jaccardOf],
  [
    "BinaryHammingDistance",
    ["hamming", "hamming_distance", "hamming_loss", "error"],
    "(FP + FN) / samples",
    ({ tp, fp, fn, tn }) => (fp + fn) / (tp + fp + fn + tn),
    "lower",
  ],
];

const calibration = remembered((sample: ClassificationSample) => {
  const { positives, negatives } = torchRanked(sample);
  const edges = edges32(15);
  const confidences = {
    length: positives.length + negatives.length,
    confidence: (i: number) => positives[i] ?? negatives[i - positives.length]!,
    isRight: (i: number) => i < positives.length,
  };
  return calibrationErrors(binned(confidences, edges.length, (score) => reachedBin(score, edges)));
});

const normWords = {
  l1: "The mean over samples",
  l2: "The root mean square over samples",
  max: "The greatest",
};

/** What TorchMetrics says of two classes, on float32 scores. */
export const torchmetricsBinary: readonly ClassificationDefinition[] = [
  ...ratios.map(
    ([name, names, formula, ratio, direction]): ClassificationDefinition => ({
      ...facts,
      id: `torchmetrics:${name}`,
      names,
      call: `${name}()(y_score, y_true)`,
      formula: `${formula}, positive being a score above 0.5: 0.5 itself is negative. ${trap}`,
      traits: { ties: "a score of 0.5 is class 0", zeros: "0 / 0 is 0" },
      direction: direction ?? "higher",
      of: (sample) => ratio(countsAbove(torchRanked(sample), 0.5)) || 0,
    }),
  ),
  {
    ...facts,
    id: "torchmetrics:BinaryMatthewsCorrCoef",
    names: ["mcc", "matthews_corrcoef", "matthews", "phi"],
    call: "BinaryMatthewsCorrCoef()(y_pred, y_true)",
    formula: "The correlation of true and predicted classes; where it is 0 / 0, a formula of its own, not 0.",
    traits: {
      constants: "1 if all is right, -1 if all is wrong, else for example (TP - FN) / sqrt(TP FN samples)",
    },
    range: [-1, 1],
    needsScore: false,
    of: (sample) => torchMatthews(binaryCounts(sample)),
  },
  {
    ...facts,
    id: "torchmetrics:BinaryCohenKappa",
    names: ["kappa", "cohen_kappa", "cohens_kappa"],
    call: "BinaryCohenKappa()(y_score, y_true)",
    formula: `Agreement beyond chance, positive being a score above 0.5. ${trap}`,
    traits: { ties: "a score of 0.5 is class 0", oneClass: "NaN where both have one and the same class" },
    range: [-1, 1],
    of: (sample) => {
      const { tp, fp, fn, tn } = countsAbove(torchRanked(sample), 0.5);
      return 1 - ((fp + fn) * (tp + fp + fn + tn)) / ((tp + fn) * (tn + fn) + (tn + fp) * (tp + fp));
    },
  },
  {
    ...facts,
    id: "torchmetrics:BinaryAUROC",
    names: ["auc", "roc_auc", "auroc", "auc_roc"],
    call: "BinaryAUROC()(y_score, y_true)",
    formula: `The chance that a positive sample is scored above a negative one. ${trap}`,
    traits: { ties: "count half; in float32 a sigmoid makes many", oneClass: "0, with a warning" },
    of: (sample) => rocAuc(torchRanked(sample)) ?? 0,
  },
  {
    ...facts,
    id: "torchmetrics:BinaryAveragePrecision",
    names: ["average_precision", "ap", "pr_auc", "auprc", "aucpr"],
    call: "BinaryAveragePrecision()(y_score, y_true)",
    formula: `The sum over thresholds of recall gained times precision there. ${trap}`,
    traits: { ties: "share a threshold", oneClass: "0 without positives" },
    of: (sample) => averagePrecision(torchRanked(sample)) ?? 0,
  },
  ...(["l1", "l2", "max"] as const).map(
    (norm): ClassificationDefinition => ({
      ...facts,
      id: `torchmetrics:BinaryCalibrationError(${norm})`,
      names: {
        l1: ["ece", "expected_calibration_error", "calibration_error"],
        l2: ["rmsce", "calibration_error"],
        max: ["mce", "maximum_calibration_error", "calibration_error"],
      }[norm],
      call:
        norm === "l1"
          ? "BinaryCalibrationError()(y_score, y_true)"
          : `BinaryCalibrationError(norm='${norm}')(y_score, y_true)`,
      formula: `${normWords[norm]} of |share of positives - mean score| over 15 bins of equal width.`,
      traits: { ties: "a score on an edge is in the bin above; 1 has one of its own" },
      direction: "lower",
      ...(norm === "max" ? { noInterval: noInterval.ofWorstBin } : {}),
      of: (sample) => calibration(sample)[({ l1: "mean", l2: "square", max: "greatest" } as const)[norm]],
    }),
  ),
];

/** TorchMetrics' own answer where a row or a column of the confusion matrix is empty. */
function torchMatthews({ tp, fp, fn, tn }: ClassCounts): number {
  if (fp + fn === 0) return 1;
  if (tp + tn === 0) return -1;
  const product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn);
  if (product > 0) return (tp * tn - fp * fn) / Math.sqrt(product);
  const tiny = 2 ** -23;
  const padded = (tp + fp + tiny) * (tp + fn + tiny) * (tn + fp + tiny) * (tn + fn + tiny);
  return emptyNumerator({ tp, fp, fn, tn }, Math.sqrt(tiny)) / Math.sqrt(padded);
}

function emptyNumerator({ tp, fp, fn, tn }: ClassCounts, root: number): number {
  if (fn === 0 && tn === 0) return root * (tp - fp);
  if (fp === 0 && tn === 0) return root * (tp - fn);
  if (tp === 0 && fn === 0) return root * (tn - fp);
  return root * (tn - fn);
}
