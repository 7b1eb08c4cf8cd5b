import { averagePrecision } from "../../scores/average-precision.js";
import type { ConfusionTable } from "../../scores/confusion-table.js";
import { matthewsCorrcoef } from "../../scores/matthews-corrcoef.js";
import { rankedScores } from "../../scores/ranked-scores.js";
import { rocAuc } from "../../scores/roc-auc.js";
import type { ClassificationSample } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { biasOfBins } from "../no-interval.js";
import { remembered } from "../remembered.js";
import { firstBest32 } from "./best-class.js";
import { binned, calibrationErrors, edges32, reachedBin } from "./calibration-bins.js";
import {
  type Averaging,
  averaged,
  type CountRatio,
  f1Of,
  jaccardOf,
  precisionOf,
  recallOf,
  specificityOf,
  tableOf,
} from "./counts.js";
import { scored } from "./scored-sample.js";
import { torchmetrics } from "./torchmetrics-facts.js";
import { type KappaWeights, weightedKappa } from "./weighted-kappa.js";

const facts = {
  ...torchmetrics,
  traits: {},
  direction: "higher",
  range: [0, 1],
  needsScore: false,
  classes: "several",
} as const;

const families: [name: string, names: string[], formula: string, ratio: CountRatio][] = [
  [
    "MulticlassAccuracy",
    ["accuracy", "acc", "balanced_accuracy"],
    "TP / (TP + FN): a class's recall",
    recallOf,
  ],
  ["MulticlassPrecision", ["precision", "ppv"], "TP / (TP + FP)", precisionOf],
  ["MulticlassRecall", ["recall", "sensitivity"], "TP / (TP + FN)", recallOf],
  ["MulticlassF1Score", ["f1", "f1_score"], "2 TP / (2 TP + FP + FN)", f1Of],
  ["MulticlassSpecificity", ["specificity", "tnr"], "TN / (TN + FP)", specificityOf],
  ["MulticlassJaccardIndex", ["jaccard", "iou", "miou", "mean_iou"], "TP / (TP + FP + FN)", jaccardOf],
];

const averages: Record<Exclude<Averaging, "binary">, string> = {
  macro: "the plain mean over the classes in y_true or y_pred (the default)",
  weighted: "the mean over the classes, weighted by their samples",
  micro: "of the counts of all classes added up",
};

/** What TorchMetrics says of predicted classes, of several. */
const ofCounts: readonly ClassificationDefinition[] = families.flatMap(([name, names, formula, ratio]) =>
  (["macro", "weighted", "micro"] as const).map(
    (averaging): ClassificationDefinition => ({
      ...facts,
      id: `torchmetrics:${name}(${averaging})`,
      names: names.flatMap((each) => [each, `${each}_${averaging}`, `${averaging}_${each}`]),
      call: `${name}(num_classes${averaging === "macro" ? "" : `, average='${averaging}'`})(y_pred, y_true)`,
      formula: `${formula}, ${averages[averaging]}.`,
      traits: {
        averaging,
        zeros: "0 / 0 is 0",
        absentClasses: "one in neither y_true nor y_pred is left out",
      },
      of: (sample) => averaged(sample, tableOf(sample), ratio, averaging),
    }),
  ),
);

const kappas = (["none", "linear", "quadratic"] as KappaWeights[]).map(
  (weights): ClassificationDefinition => ({
    ...facts,
    id: `torchmetrics:MulticlassCohenKappa(${weights})`,
    names: [
      "kappa",
      "cohen_kappa",
      ...(weights === "quadratic" ? ["qwk", "quadratic_weighted_kappa"] : []),
      "weighted_kappa",
    ],
    call: `MulticlassCohenKappa(num_classes${weights === "none" ? "" : `, weights='${weights}'`})(y_pred, y_true)`,
    formula: "1 - weighted disagreement / weighted disagreement by chance, by the classes' codes.",
    traits: { absentClasses: "keep their place in the order of classes", oneClass: "NaN" },
    range: [-1, 1],
    of: (sample) => weightedKappa(sample, weights, Float64Array.from(sample.labels.keys())),
  }),
);

const columns32 = remembered(({ labels, yTrue, yScore }: ClassificationSample) =>
  labels.map((_, code) => {
    const { positives, negatives } = rankedScores(yTrue, code, yScore!, code, labels.length);
    return { positives: positives.map(Math.fround), negatives: negatives.map(Math.fround) };
  }),
);
const areas = remembered((sample: ClassificationSample) =>
  columns32(sample).map((each) => rocAuc(each) ?? 0),
);
/** Where every sample is of class 0, the others have 0 rather than none. */
const precisions = remembered((sample: ClassificationSample) => {
  const { actual, samples } = tableOf(sample);
  const ofAbsent = actual[0] === samples ? 0 : NaN;
  return columns32(sample).map((each) => averagePrecision(each) ?? ofAbsent);
});

/** Of the classes that have a value. */
const plainMean = (values: number[]) => {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((a, b) => a + b) / known.length;
};
const weightedMean = (values: number[], { actual, samples }: ConfusionTable) =>
  values.reduce((sum, value, code) => (actual[code] === 0 ? sum : sum + value * actual[code]!), 0) / samples;

const rankings: [name: string, names: string[], words: string, absent: string, of: typeof areas][] = [
  [
    "MulticlassAUROC",
    ["auc", "roc_auc", "auroc", "roc_auc_ovr"],
    "The ROC area of each class against all others",
    "count 0, with a warning",
    areas,
  ],
  [
    "MulticlassAveragePrecision",
    ["average_precision", "ap", "pr_auc", "map"],
    "The average precision of each class against all others",
    "are left out; but count 0 where every sample is of the first class",
    precisions,
  ],
];

const ofScores: readonly ClassificationDefinition[] = rankings.flatMap(([name, names, words, absent, of]) =>
  (["macro", "weighted"] as const).map(
    (averaging): ClassificationDefinition => ({
      ...facts,
      id: `torchmetrics:${name}(${averaging})`,
      names: names.flatMap((each) => [each, `${each}_${averaging}`]),
      call: `${name}(num_classes${averaging === "macro" ? "" : ", average='weighted'"})(y_score, y_true)`,
      formula: `${words}; ${averaging === "macro" ? "the plain mean" : "weighted by its samples"}.`,
      traits: { averaging, absentClasses: averaging === "macro" ? absent : "weigh nothing" },
      needsScore: true,
      of: (sample) => {
        if (!scored(sample)) return undefined;
        return averaging === "macro" ? plainMean(of(sample)) : weightedMean(of(sample), tableOf(sample));
      },
    }),
  ),
);

export const torchmetricsMulticlass: readonly ClassificationDefinition[] = [
  ...ofCounts,
  ...kappas,
  ...ofScores,
  {
    ...facts,
    id: "torchmetrics:MulticlassMatthewsCorrCoef",
    names: ["mcc", "matthews_corrcoef", "matthews"],
    call: "MulticlassMatthewsCorrCoef(num_classes)(y_pred, y_true)",
    formula: "Gorodkin's R_K: the correlation of true and predicted classes.",
    traits: { constants: "0 where y_true or y_pred has one class" },
    range: [-1, 1],
    of: (sample) => matthewsCorrcoef(tableOf(sample)),
  },
  {
    ...facts,
    id: "torchmetrics:MulticlassHammingDistance",
    names: ["hamming", "hamming_distance", "hamming_loss", "error"],
    call: "MulticlassHammingDistance(num_classes)(y_pred, y_true)",
    formula: "The plain mean of 1 - recall over the classes in y_true or y_pred.",
    traits: { averaging: "macro", absentClasses: "one that is only predicted counts 1" },
    direction: "lower",
    of: (sample) => averaged(sample, tableOf(sample), ({ tp, fn }) => 1 - (tp / (tp + fn) || 0), "macro"),
  },
  {
    ...facts,
    id: "torchmetrics:MulticlassCalibrationError",
    biasedBelow: biasOfBins,
    names: ["ece", "expected_calibration_error", "calibration_error"],
    call: "MulticlassCalibrationError(num_classes)(y_score, y_true)",
    formula: "The mean over samples of |accuracy - mean confidence| in 15 bins of the greatest probability.",
    traits: { ties: "the first of equal classes is predicted" },
    direction: "lower",
    needsScore: true,
    of: (sample) => (scored(sample) ? confidenceError(sample) : undefined),
  },
];

function confidenceError(sample: ClassificationSample): number {
  const { labels, yTrue, yScore } = sample;
  const edges = edges32(15);
  const best = firstBest32(sample);
  const confidences = {
    length: yTrue.length,
    confidence: (row: number) => Math.fround(yScore![row * labels.length + best[row]!]!),
    isRight: (row: number) => best[row] === yTrue[row],
  };
  return calibrationErrors(binned(confidences, edges.length, (score) => reachedBin(score, edges))).mean;
}
