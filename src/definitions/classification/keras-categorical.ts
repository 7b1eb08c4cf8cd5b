import type { ClassificationSample } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { remembered } from "../remembered.js";
import { firstBest32, shareOf } from "./best-class.js";
import { type ClassCounts, countsOf, jaccardOf, tableOf } from "./counts.js";
import { keras, kerasF1, kerasLoss } from "./keras-facts.js";

const facts = {
  ...keras,
  traits: {},
  direction: "higher",
  range: [0, 1],
  needsScore: true,
  classes: "several",
} as const;

/** What Keras says of several classes. */
export const kerasCategorical: readonly ClassificationDefinition[] = [
  {
    ...facts,
    id: "keras:SparseCategoricalAccuracy",
    names: ["accuracy", "acc", "categorical_accuracy", "sparse_categorical_accuracy"],
    call: "keras.metrics.SparseCategoricalAccuracy()",
    formula: "The share of samples whose class is the first with the greatest score.",
    traits: { ties: "the first class is predicted" },
    of: (sample) => {
      const best = firstBest32(sample);
      return shareOf(sample, (row) => best[row] === sample.yTrue[row]);
    },
  },
  ...[2, 3, 5].map(
    (k): ClassificationDefinition => ({
      ...facts,
      id: `keras:SparseTopKCategoricalAccuracy(k=${k})`,
      names: [`top_${k}_accuracy`, `top${k}`, "top_k_accuracy", "top_k_categorical_accuracy"],
      call: `keras.metrics.SparseTopKCategoricalAccuracy(k=${k})`,
      formula: `The share of samples whose class has fewer than ${k} others with a greater score.`,
      traits: { ties: "all tied classes are among the k" },
      of: (sample) => shareOf(sample, (row) => greaterThanOwn(sample, row) < k),
    }),
  ),
  {
    ...facts,
    id: "keras:SparseCategoricalCrossentropy",
    names: [
      "categorical_crossentropy",
      "sparse_categorical_crossentropy",
      "cross_entropy",
      "log_loss",
      "logloss",
      "loss",
    ],
    call: "keras.metrics.SparseCategoricalCrossentropy()",
    formula:
      "The mean of -ln(probability of the true class): rows are divided by their sums, then clipped to 1e-7 and 1 - 1.2e-7.",
    traits: { zeros: "a probability of 0 costs 16.12; one of 1 costs 1.2e-7" },
    direction: "lower",
    range: [0, 16.2],
    of: (sample) => kerasLoss({ ...sample, yScore: normalized(sample) }),
  },
  ...(["macro", "weighted", "micro"] as const).map(
    (averaging): ClassificationDefinition => ({
      ...facts,
      id: `keras:F1Score(${averaging})`,
      names: ["f1", "f1_score", `f1_${averaging}`, `${averaging}_f1`],
      call: `keras.metrics.F1Score(average='${averaging}')`,
      formula: `F1, ${averaging}, of rows in which every class with the greatest score is predicted.`,
      traits: { ties: "all tied classes are predicted", averaging, absentClasses: "count 0" },
      of: (sample) => f1Of(classCounts(sample), averaging),
    }),
  ),
  {
    ...facts,
    id: "keras:MeanIoU",
    names: ["mean_iou", "miou", "iou", "jaccard"],
    call: "keras.metrics.MeanIoU(num_classes), of y_pred",
    formula: "The plain mean of TP / (TP + FP + FN) over the classes in y_true or y_pred.",
    traits: { averaging: "macro", absentClasses: "one in neither y_true nor y_pred is left out" },
    needsScore: false,
    of: (sample) => {
      const table = tableOf(sample);
      const known = sample.labels
        .map((_, code) => jaccardOf(countsOf(table, code)))
        .filter((value) => !Number.isNaN(value));
      return known.reduce((sum, value) => sum + value, 0) / known.length;
    },
  },
];

function greaterThanOwn({ labels, yTrue, yScore }: ClassificationSample, row: number): number {
  const classes = labels.length;
  const own = Math.fround(yScore![row * classes + yTrue[row]!]!);
  let count = 0;
  for (let code = 0; code < classes; code++)
    if (Math.fround(yScore![row * classes + code]!) > own) count += 1;
  return count;
}

function normalized({ labels, yScore }: ClassificationSample): Float64Array {
  const classes = labels.length;
  const scores = Float64Array.from(yScore!);
  for (let at = 0; at < scores.length; at += classes) {
    const row = scores.subarray(at, at + classes);
    const sum = row.reduce((total, score) => total + Math.fround(score), 0);
    row.forEach((score, code) => {
      row[code] = Math.fround(score) / sum;
    });
  }
  return scores;
}

/** Each class's counts, where all that share a row's greatest score are predicted. */
const classCounts = remembered(({ labels, yTrue, yScore }: ClassificationSample): ClassCounts[] => {
  const classes = labels.length;
  const counts = labels.map(() => ({ tp: 0, fp: 0, fn: 0, tn: 0 }));
  for (let row = 0; row < yTrue.length; row++) {
    const scores = Float32Array.from(yScore!.subarray(row * classes, (row + 1) * classes));
    const greatest = scores.reduce((a, b) => Math.max(a, b));
    for (const [code, ofClass] of counts.entries()) {
      const isPredicted = scores[code] === greatest && scores[code] > 1e-9;
      if (isPredicted) ofClass[yTrue[row] === code ? "tp" : "fp"] += 1;
      else ofClass[yTrue[row] === code ? "fn" : "tn"] += 1;
    }
  }
  return counts;
});

function f1Of(counts: readonly ClassCounts[], averaging: "macro" | "weighted" | "micro"): number {
  const sumOf = (value: (each: ClassCounts) => number) => counts.reduce((sum, each) => sum + value(each), 0);
  if (averaging === "macro") return sumOf(kerasF1) / counts.length;
  const samples = sumOf(({ tp, fn }) => tp + fn);
  if (averaging === "weighted") return sumOf((each) => kerasF1(each) * (each.tp + each.fn)) / samples;
  return kerasF1({ tp: sumOf(({ tp }) => tp), fp: sumOf(({ fp }) => fp), fn: sumOf(({ fn }) => fn), tn: 0 });
}
