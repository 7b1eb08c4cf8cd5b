import { rankedScores } from "../scores/ranked-scores.js";
import type { JudgedClasses } from "./pairing/judged-sample.js";
import { type Evaluation, type PairOptions, pairEvaluations } from "./pairing/pair-evaluations.js";

/** A curve from point to point; both axes are from 0 to 1. */
export interface PairCurve {
  x: number[];
  y: number[];
}

/** What a picture of two experiments is drawn from, on the samples that both have. */
export type PairPictures =
  | {
      kind: "classification";
      /** Of two classes and where both have scores of the same one: their curves, a's first. */
      curves: {
        positive: string;
        positives: number;
        samples: number;
        roc: [PairCurve, PairCurve];
        precisionRecall: [PairCurve, PairCurve];
      } | null;
    }
  | {
      kind: "regression";
      n: number;
      /** Of every sample, or of some, evenly taken in the file's order. */
      truth: number[];
      a: number[];
      b: number[];
    };

const mostPoints = 2000;

/** @throws TrackingError NOT_COMPARABLE */
export function pairPictures(a: Evaluation, b: Evaluation, options: PairOptions = {}): PairPictures {
  const { a: ofA, b: ofB } = pairEvaluations(a, b, options);
  if (ofA.kind === "classification")
    return { kind: "classification", curves: curvesOf(ofA, ofB as JudgedClasses) };
  const n = ofA.yTrue.length;
  const step = Math.max(1, n / mostPoints);
  const rows = Array.from({ length: Math.min(n, mostPoints) }, (_, i) => Math.floor(i * step));
  const taken = (values: ArrayLike<number>) => rows.map((row) => values[row]!);
  return {
    kind: "regression",
    n,
    truth: taken(ofA.yTrue),
    a: taken(ofA.yPred),
    b: taken(ofB.yPred),
  };
}

function curvesOf(a: JudgedClasses, b: JudgedClasses) {
  const { positive } = a;
  if (positive === undefined || positive !== b.positive) return null;
  const [ofA, ofB] = [a.scores[0], b.scores[0]];
  if (!ofA || !ofB) return null;
  const both = [ofA, ofB].map((scores) => thresholdCounts(a.yTrue, positive, scores));
  const { positives, negatives } = both[0]!;
  if (positives === 0 || negatives === 0) return null;
  const [first, second] = both as [ThresholdCounts, ThresholdCounts];
  return {
    positive: String(a.labels[positive]),
    positives,
    samples: positives + negatives,
    roc: [rocOf(first), rocOf(second)] as [PairCurve, PairCurve],
    precisionRecall: [precisionRecallOf(first), precisionRecallOf(second)] as [PairCurve, PairCurve],
  };
}

interface ThresholdCounts {
  positives: number;
  negatives: number;
  /** At each distinct score, the greatest first: how many samples are scored at least as high. */
  truePositives: number[];
  falsePositives: number[];
}

function thresholdCounts(yTrue: Int32Array, positive: number, scores: Float64Array): ThresholdCounts {
  const { positives, negatives } = rankedScores(yTrue, positive, scores);
  const [truePositives, falsePositives] = [[], []] as [number[], number[]];
  let [p, q] = [positives.length, negatives.length];
  while (p > 0 || q > 0) {
    const threshold = Math.max(positives[p - 1] ?? -Infinity, negatives[q - 1] ?? -Infinity);
    while (p > 0 && positives[p - 1]! >= threshold) p -= 1;
    while (q > 0 && negatives[q - 1]! >= threshold) q -= 1;
    truePositives.push(positives.length - p);
    falsePositives.push(negatives.length - q);
  }
  return { positives: positives.length, negatives: negatives.length, truePositives, falsePositives };
}

/** Source: scikit-learn 1.9, `roc_curve`. */
function rocOf({ positives, negatives, truePositives, falsePositives }: ThresholdCounts): PairCurve {
  const x = [0, ...falsePositives.map((count) => count / negatives)];
  const y = [0, ...truePositives.map((count) => count / positives)];
  return thinned({ x, y });
}

/** Source: scikit-learn 1.9, `precision_recall_curve`. */
function precisionRecallOf({ positives, truePositives, falsePositives }: ThresholdCounts): PairCurve {
  const precision = truePositives.map((count, i) => count / (count + falsePositives[i]!));
  return thinned({
    x: [0, ...truePositives.map((count) => count / positives)],
    y: [precision[0]!, ...precision],
  });
}

/** Leaves out points that nobody could tell from the one before; the last stays. */
function thinned({ x, y }: PairCurve): PairCurve {
  const thin: PairCurve = { x: [], y: [] };
  for (const [i, at] of x.entries()) {
    const [lastX, lastY] = [thin.x.at(-1), thin.y.at(-1)];
    const isNear = lastX !== undefined && Math.abs(at - lastX) + Math.abs(y[i]! - lastY!) < 0.003;
    if (isNear && i < x.length - 1) continue;
    thin.x.push(at);
    thin.y.push(y[i]!);
  }
  return thin;
}
