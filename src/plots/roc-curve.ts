import { keptPlot } from "./kept-plot.js";
import type { Predictions } from "./open-predictions.js";
import type { PlotData, Reasons } from "./plot-schema.js";
import { type ScoredClassOptions, scoredClassData } from "./score-column.js";
import { curveNote, type ScoreGroups, scoreGroups } from "./score-groups.js";
import { mostCurvePoints, thinCurve } from "./thin-curve.js";
import { exactness } from "./value-groups.js";

/**
 * The ROC curve of one class against all others, from (0, 0) to (1, 1): each point's threshold calls positive
 * what is scored at least as high. Points between two others on a line are left out as scikit-learn does; of
 * more than 2,000 corners those are kept that show the shape. The area is that of the whole curve. Source:
 * scikit-learn 1.9, `roc_curve` and `roc_auc_score`.
 * @param options.exactUpTo samples beyond which scores are put into bins; a million by default
 * @throws TrackingError INVALID_ARGUMENT without y_score; PREDICTIONS_NOT_READABLE
 */
export async function rocCurve(
  predictions: Predictions,
  options: ScoredClassOptions & { exactUpTo?: number | undefined } = {},
): Promise<PlotData<"roc_curve">> {
  const compute = (signal: AbortSignal) => readCurve(predictions, { ...options, signal });
  return keptPlot(predictions, "roc_curve", [options.class, options.exactUpTo], compute, options.signal);
}

async function readCurve(
  predictions: Predictions,
  options: ScoredClassOptions & { exactUpTo?: number | undefined },
): Promise<PlotData<"roc_curve">> {
  const { column, groups } = await scoreGroups(predictions, options);
  const common = scoredClassData(column);
  const { positives, negatives } = common;
  const head = { plot: "roc_curve", ...common } as const;
  const exact = exactness(groups, curveNote);
  if (positives === 0 || negatives === 0) {
    const missing = positives === 0 ? "positive" : "negative";
    const reason = `y_true has one class only: there is no ${missing} sample to rank`;
    const reasons: Reasons = { fpr: reason, tpr: reason, auc: reason };
    const thinning = { points_of_curve: 0, max_deviation: 0 };
    const nothing = { fpr: [], tpr: [], threshold: [] };
    return { ...head, ...nothing, auc: null, auc_error_bound: 0, exactness: exact, thinning, reasons };
  }

  const corners = rocCorners(groups);
  // Entry 0 is (0, 0), above every score.
  const fpr = new Float64Array(corners.length + 1);
  const tpr = new Float64Array(corners.length + 1);
  corners.forEach((group, i) => {
    fpr[i + 1] = groups.falsePositives[group]! / negatives;
    tpr[i + 1] = groups.truePositives[group]! / positives;
  });
  const { kept, maxDeviation } = thinCurve(fpr, tpr, mostCurvePoints);
  return {
    ...head,
    fpr: Array.from(kept, (i) => fpr[i]!),
    tpr: Array.from(kept, (i) => tpr[i]!),
    threshold: Array.from(kept, (i) => (i === 0 ? null : groups.thresholds[corners[i - 1]!]!)),
    ...areaUnderCurve(groups, positives, negatives),
    exactness: exact,
    thinning: { points_of_curve: fpr.length, max_deviation: maxDeviation },
    reasons: {},
  };
}

/**
 * The groups at which the curve turns, the first and the last: those where the step differs from the next
 * one.
 */
function rocCorners({ truePositives: tp, falsePositives: fp }: ScoreGroups): Int32Array {
  const last = tp.length - 1;
  const corners = new Int32Array(tp.length);
  let count = 0;
  for (let i = 0; i <= last; i++) {
    const turns =
      i === 0 ||
      i === last ||
      tp[i + 1]! - tp[i]! !== tp[i]! - tp[i - 1]! ||
      fp[i + 1]! - fp[i]! !== fp[i]! - fp[i - 1]!;
    if (turns) corners[count++] = i;
  }
  return corners.slice(0, count);
}

/** Pairs in one group count half; where its scores differ they may be anything from none to all in order. */
function areaUnderCurve(groups: ScoreGroups, positives: number, negatives: number) {
  let twicePairs = 0;
  let twiceUnknown = 0;
  let negativesBelow = 0;
  for (let group = 0; group < groups.min.length; group++) {
    const p = groups.positives[group]!;
    const n = groups.total[group]! - p;
    twicePairs += p * (2 * negativesBelow + n);
    if (groups.min[group] !== groups.max[group]) twiceUnknown += p * n;
    negativesBelow += n;
  }
  const pairs = 2 * positives * negatives;
  return { auc: twicePairs / pairs, auc_error_bound: twiceUnknown / pairs };
}
