import type { RankedScores } from "../../scores/ranked-scores.js";
import { rocAuc } from "../../scores/roc-auc.js";
import type { ClassificationSample } from "../../scores/sample.js";
import { remembered } from "../remembered.js";
import { classesRanked, curve, type ScoreCurve } from "./curve.js";

/** Area under precision over recall in straight lines, from recall 0 and precision 1; NaN without positives. */
export function trapezoidArea({ tp, fp, positives }: ScoreCurve): number {
  let area = 0;
  let precision = 1;
  let recalled = 0;
  for (let i = 0; i < tp.length; i++) {
    const next = tp[i]! / (tp[i]! + fp[i]!);
    area += ((tp[i]! - recalled) * (precision + next)) / 2;
    recalled = tp[i]!;
    precision = next;
  }
  return area / positives;
}

/**
 * Area under precision over recall, where between two thresholds false positives grow evenly with true positives.
 * Source: J. Davis and M. Goadrich (2006), The Relationship Between Precision-Recall and ROC Curves.
 */
export function interpolatedArea({ tp, fp, positives }: ScoreCurve): number {
  let area = 0;
  for (let i = 0; i < tp.length; i++) {
    area += areaBetween([fp[i - 1] ?? 0, tp[i - 1] ?? 0], [fp[i]!, tp[i]!], positives);
  }
  return area;
}

type Counts = readonly [falsePositives: number, truePositives: number];

function areaBetween([fp0, tp0]: Counts, [fp1, tp1]: Counts, total: number): number {
  if (tp1 === tp0) return 0;
  const perPositive = (fp1 - fp0) / (tp1 - tp0);
  const slope = 1 + perPositive;
  const offset = (fp0 - perPositive * tp0) / total;
  const width = (tp1 - tp0) / total;
  if (offset === 0) return width / slope;
  const logs = Math.log((slope * tp1) / total + offset) - Math.log((slope * tp0) / total + offset);
  return (width - (offset / slope) * logs) / slope;
}

/** The greatest distance of the two classes' score distributions, and the greatest F1, over the thresholds. */
export const extremesOf = remembered((sample: ClassificationSample) => {
  const { tp, fp, positives, negatives } = curve(sample);
  let [above, below, f1] = [0, 0, 0];
  for (let i = 0; i < tp.length; i++) {
    const distance = tp[i]! / positives - fp[i]! / negatives;
    if (!(distance <= above)) above = distance;
    if (!(distance >= below)) below = distance;
    f1 = Math.max(f1, (2 * tp[i]!) / (tp[i]! + fp[i]! + positives));
  }
  return { above, below, f1 };
});

/** How each class of a pair ranks against the other by its own column, with the samples of the two classes. */
export const onePairAreas = remembered(({ labels, yTrue, yScore }: ClassificationSample): number[] => {
  const areas: number[] = [];
  const classes = labels.length;
  const byTruth = labels.map(() => [] as number[]);
  for (let row = 0; row < yTrue.length; row++) byTruth[yTrue[row]!]!.push(row);
  const column = (code: number, truth: number) =>
    Float64Array.from(byTruth[truth]!, (row) => yScore![row * classes + code]!).sort();
  for (let a = 0; a < classes; a++) {
    for (let b = a + 1; b < classes; b++) {
      const first = rocAuc({ positives: column(a, a), negatives: column(a, b) }) ?? NaN;
      const second = rocAuc({ positives: column(b, b), negatives: column(b, a) }) ?? NaN;
      areas.push((first + second) / 2);
    }
  }
  return areas;
});

/** The ROC areas of each class against all others. */
export const oneVsRestAreas = remembered((sample: ClassificationSample) =>
  Float64Array.from(classesRanked(sample), (ranked) => rocAuc(ranked) ?? NaN),
);

/** Every probability of every class as a guess of its own, right where it is the true class's. */
export const pooled = remembered(({ labels, yTrue, yScore }: ClassificationSample): RankedScores => {
  const positives = new Float64Array(yTrue.length);
  const negatives = new Float64Array(yScore!.length - yTrue.length);
  let other = 0;
  for (let at = 0; at < yScore!.length; at++) {
    const row = Math.floor(at / labels.length);
    if (at % labels.length === yTrue[row]) positives[row] = yScore![at]!;
    else negatives[other++] = yScore![at]!;
  }
  return { positives: positives.sort(), negatives: negatives.sort() };
});
