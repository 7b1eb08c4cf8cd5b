import type { RankedScores } from "../../scores/ranked-scores.js";
import { type ClassificationSample, isBinary } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { remembered } from "../remembered.js";
import { type ClassCounts, jaccardOf, precisionOf, recallOf } from "./counts.js";
import { countsAbove, ranked32 } from "./curve.js";
import { pooled } from "./curve-areas.js";
import { keras, kerasF1, kerasLoss } from "./keras-facts.js";

const facts = {
  ...keras,
  traits: { ties: "a score of 0.5 is class 0" },
  direction: "higher",
  range: [0, 1],
  needsScore: true,
  classes: "any",
} as const;

/** Of several classes Keras takes each score of a row for a guess of its own: y_true is one-hot. */
const guesses = remembered((sample: ClassificationSample): RankedScores => {
  if (isBinary(sample)) return ranked32(sample);
  const { positives, negatives } = pooled(sample);
  return { positives: positives.map(Math.fround), negatives: negatives.map(Math.fround) };
});

const cells = "of several classes each score of a row is a guess of its own";

/** What Keras says of scores and a threshold, one column of scores or a column a class. */
export const kerasBinary: readonly ClassificationDefinition[] = [
  ofCounts(
    "BinaryAccuracy",
    ["accuracy", "acc", "binary_accuracy"],
    "The share of scores on the right side of 0.5",
    ({ tp, fp, fn, tn }) => (tp + tn) / (tp + fp + fn + tn),
  ),
  ofCounts(
    "Precision",
    ["precision"],
    "TP / (TP + FP), or 0, positive being a score above 0.5",
    (counts) => precisionOf(counts) || 0,
  ),
  ofCounts(
    "Recall",
    ["recall", "sensitivity", "tpr"],
    "TP / (TP + FN), or 0, positive being a score above 0.5",
    (counts) => recallOf(counts) || 0,
  ),
  {
    ...facts,
    id: "keras:AUC",
    names: ["auc", "roc_auc", "auroc"],
    call: "keras.metrics.AUC()",
    formula: `The area under straight lines between 200 points of the ROC curve, at thresholds 1/199 apart; ${cells}.`,
    traits: { ties: "scores between two thresholds tie, on a threshold they belong below", oneClass: "0" },
    of: (sample) => areaOfCurve(buckets(sample)),
  },
  {
    ...facts,
    id: "keras:AUC(PR)",
    names: ["pr_auc", "auprc", "aucpr", "auc", "average_precision", "auc_pr"],
    call: "keras.metrics.AUC(curve='PR')",
    formula: `The area under precision over recall at 200 thresholds, precision following Davis and Goadrich's curve between them; ${cells}.`,
    traits: { ties: "scores between two thresholds tie", oneClass: "0 without positives" },
    of: (sample) => precisionRecallArea(buckets(sample)),
  },
  {
    ...facts,
    id: "keras:BinaryCrossentropy",
    names: ["binary_crossentropy", "bce", "log_loss", "logloss", "cross_entropy", "loss"],
    call: "keras.metrics.BinaryCrossentropy()",
    formula:
      "The mean of -ln(probability of the true class), each clipped to 1e-7 and 1 - 1.2e-7 in float32.",
    traits: { zeros: "a 0 for a positive costs 16.12, a 1 for a negative 15.94" },
    direction: "lower",
    range: [0, 16.2],
    classes: "two",
    of: (sample) => kerasLoss(sample),
  },
  {
    ...facts,
    id: "keras:BinaryIoU",
    names: ["iou", "binary_iou", "jaccard", "mean_iou"],
    call: "keras.metrics.BinaryIoU()",
    formula: "The mean of both classes' TP / (TP + FP + FN), positive being a score of 0.5 or more.",
    traits: {
      ties: "a score of 0.5 is class 1",
      absentClasses: "one that is neither true nor predicted is left out",
    },
    classes: "two",
    of: (sample) => {
      const { tp, fp, fn, tn } = countsAbove(ranked32(sample), 0.5, true);
      const both = [jaccardOf({ tp, fp, fn, tn }), jaccardOf({ tp: tn, fp: fn, fn: fp, tn: tp })];
      const known = both.filter((value) => !Number.isNaN(value));
      return known.reduce((sum, value) => sum + value, 0) / known.length;
    },
  },
  {
    ...facts,
    id: "keras:F1Score(threshold=0.5)",
    names: ["f1", "f1_score"],
    call: "keras.metrics.F1Score(threshold=0.5), one column of scores",
    formula: "The harmonic mean of precision and recall, each divided by a number 1e-7 too large.",
    traits: { ties: "a score of 0.5 is class 0", zeros: "0 / 0 is 0" },
    classes: "two",
    of: (sample) => kerasF1(countsAbove(ranked32(sample), 0.5)),
  },
  {
    ...facts,
    id: "keras:F1Score(one column)",
    names: ["f1", "f1_score"],
    call: "keras.metrics.F1Score(), one column of scores",
    formula:
      "F1 of a model that says positive each time: without a threshold the greatest score of a row is positive, and a row of one column has no other.",
    traits: { ties: "every score above 1e-9 is class 1" },
    classes: "two",
    of: (sample) => kerasF1(countsAbove(ranked32(sample), 1e-9)),
  },
  {
    ...facts,
    id: "keras:Hinge",
    names: ["hinge", "hinge_loss"],
    call: "keras.metrics.Hinge()",
    formula: "The mean of max(0, 1 - s) of positives and max(0, 1 + s) of negatives; labels 0 count as -1.",
    traits: {},
    direction: "lower",
    range: [0, Infinity],
    classes: "two",
    of: (sample) => {
      const { positives, negatives } = ranked32(sample);
      let sum = 0;
      for (let i = 0; i < positives.length; i++) sum += Math.max(0, 1 - positives[i]!);
      for (let i = 0; i < negatives.length; i++) sum += Math.max(0, 1 + negatives[i]!);
      return sum / (positives.length + negatives.length);
    },
  },
];

function ofCounts(
  name: string,
  names: string[],
  formula: string,
  ratio: (counts: ClassCounts) => number,
): ClassificationDefinition {
  return {
    ...facts,
    id: `keras:${name}`,
    names,
    call: `keras.metrics.${name}()`,
    formula: `${formula}; ${cells}.`,
    of: (sample) => ratio(countsAbove(guesses(sample), 0.5)),
  };
}

const points = 200;

/** Positives and negatives that are above each threshold. */
const buckets = remembered((sample: ClassificationSample): Buckets => {
  const { positives, negatives } = guesses(sample);
  return { tp: counted(positives), fp: counted(negatives) };
});

interface Buckets {
  tp: Float64Array;
  fp: Float64Array;
}

function counted(scores: Float64Array): Float64Array {
  const above = new Float64Array(points);
  for (let i = 0; i < scores.length; i++) {
    const score = Math.min(Math.max(scores[i]!, 0), 1);
    above[Math.max(0, Math.ceil(Math.fround(score * (points - 1))) - 1)]! += 1;
  }
  for (let i = points - 2; i >= 0; i--) above[i]! += above[i + 1]!;
  return above;
}

function areaOfCurve({ tp, fp }: Buckets): number {
  const [positives, negatives] = [tp[0]!, fp[0]!];
  if (positives === 0 || negatives === 0) return 0;
  let area = 0;
  for (let i = 0; i + 1 < points; i++) area += ((fp[i]! - fp[i + 1]!) * (tp[i]! + tp[i + 1]!)) / 2;
  return area / positives / negatives;
}

function precisionRecallArea({ tp, fp }: Buckets): number {
  if (tp[0] === 0) return 0;
  let area = 0;
  for (let i = 0; i + 1 < points; i++) {
    const [above, below] = [tp[i + 1]! + fp[i + 1]!, tp[i]! + fp[i]!];
    const gained = tp[i]! - tp[i + 1]!;
    if (below === above) continue;
    const slope = gained / (below - above);
    const intercept = tp[i + 1]! - slope * above;
    area += slope * (gained + (above > 0 ? intercept * Math.log(below / above) : 0));
  }
  return area / tp[0]!;
}
