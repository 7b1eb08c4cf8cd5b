import { averagePrecision } from "./average-precision.js";
import { blockwiseSum } from "./blockwise-sum.js";
import { rankedScores } from "./ranked-scores.js";
import { rocAuc } from "./roc-auc.js";
import type { ScoredSample } from "./sample.js";

/**
 * The ranking scores of three classes or more: each class's column of y_score ranks its samples against all
 * others, and the classes' scores are averaged, every class counting the same. 0..1, higher is better. Both
 * are undefined where a class does not occur in y_true. Source: scikit-learn 1.9,
 * `roc_auc_score(multi_class="ovr")` and `average_precision_score`.
 * @example oneVsRest({ labels: [0, 1, 2], yTrue: Int32Array.of(0, 1, 2), yScore: Float64Array.of(0.8, 0.1, 0.1, 0.2, 0.5, 0.3, 0.2, 0.6, 0.2) }) // { rocAuc: 0.6666666666666666, averagePrecision: 0.6666666666666666 }
 */
export function oneVsRest(sample: ScoredSample): { rocAuc?: number; averagePrecision?: number } {
  const classes = sample.labels.length;
  const areas: number[] = [];
  const precisions: number[] = [];
  for (let code = 0; code < classes; code++) {
    const ranked = rankedScores(sample.yTrue, code, sample.yScore, code, classes);
    const area = rocAuc(ranked);
    const averaged = averagePrecision(ranked);
    if (area === undefined || averaged === undefined) return {};
    areas.push(area);
    precisions.push(averaged);
  }
  return { rocAuc: mean(areas), averagePrecision: mean(precisions) };
}

function mean(values: readonly number[]): number {
  return (
    blockwiseSum(values.length, (from, to) => values.slice(from, to).reduce((a, b) => a + b)) / values.length
  );
}
