import { keptPlot } from "./kept-plot.js";
import type { Predictions } from "./open-predictions.js";
import type { PlotData } from "./plot-schema.js";
import { type ScoredClassOptions, scoredClassData } from "./score-column.js";
import { curveNote, type ScoreGroups, scoreGroups } from "./score-groups.js";
import { mostCurvePoints, thinCurve } from "./thin-curve.js";
import { exactness } from "./value-groups.js";

/**
 * The precision-recall curve of one class against all others, from the lowest threshold to the point (recall
 * 0, precision 1) that belongs to none. Points between two others of the same recall are left out as
 * scikit-learn does with `drop_intermediate`; of more than 2,000 those are kept that show the shape. The
 * average precision is that of the whole curve. Source: scikit-learn 1.9, `precision_recall_curve` and
 * `average_precision_score`.
 * @throws TrackingError INVALID_ARGUMENT without y_score; PREDICTIONS_NOT_READABLE
 */
export async function precisionRecallCurve(
  predictions: Predictions,
  options: ScoredClassOptions & { exactUpTo?: number | undefined } = {},
): Promise<PlotData<"precision_recall_curve">> {
  const compute = (signal: AbortSignal) => readCurve(predictions, { ...options, signal });
  return keptPlot(
    predictions,
    "precision_recall_curve",
    [options.class, options.exactUpTo],
    compute,
    options.signal,
  );
}

async function readCurve(
  predictions: Predictions,
  options: ScoredClassOptions & { exactUpTo?: number | undefined },
): Promise<PlotData<"precision_recall_curve">> {
  const { column, groups } = await scoreGroups(predictions, options);
  const common = scoredClassData(column);
  const { positives } = common;
  const head = { plot: "precision_recall_curve", ...common } as const;
  const exact = exactness(groups, curveNote);
  if (positives === 0) {
    const reason = "y_true has no sample of the positive class";
    return {
      ...head,
      precision: [],
      recall: [],
      threshold: [],
      average_precision: null,
      average_precision_error_bound: 0,
      exactness: exact,
      thinning: { points_of_curve: 0, max_deviation: 0 },
      reasons: { precision: reason, recall: reason, average_precision: reason },
    };
  }

  const corners = recallCorners(groups);
  const count = corners.length;
  const precision = new Float64Array(count + 1);
  const recall = new Float64Array(count + 1);
  precision[count] = 1;
  corners.forEach((group, i) => {
    const truePositives = groups.truePositives[group]!;
    precision[count - 1 - i] = truePositives / (truePositives + groups.falsePositives[group]!);
    recall[count - 1 - i] = truePositives / positives;
  });
  const { kept, maxDeviation } = thinCurve(recall, precision, mostCurvePoints);
  return {
    ...head,
    precision: Array.from(kept, (i) => precision[i]!),
    recall: Array.from(kept, (i) => recall[i]!),
    threshold: Array.from(kept, (i) => (i === count ? null : groups.thresholds[corners[count - 1 - i]!]!)),
    ...averagePrecision(groups, positives),
    exactness: exact,
    thinning: { points_of_curve: count + 1, max_deviation: maxDeviation },
    reasons: {},
  };
}

/** The first, the last, and those that have other true positives than the group before or after. */
function recallCorners({ truePositives: tp }: ScoreGroups): Int32Array {
  const last = tp.length - 1;
  const corners = new Int32Array(tp.length);
  let count = 0;
  for (let i = 0; i <= last; i++) {
    if (i === 0 || i === last || tp[i] !== tp[i - 1] || tp[i + 1] !== tp[i]) corners[count++] = i;
  }
  return corners.slice(0, count);
}

/**
 * Sum of the recall gained times the precision there. Where the scores of a group differ, its positives may
 * come all before or all after its negatives; the answer is the middle of the two.
 */
function averagePrecision({ truePositives, falsePositives, min, max }: ScoreGroups, positives: number) {
  let sum = 0;
  let lost = 0; // Kahan's compensation: there can be a million terms
  let bound = 0;
  let [tp, fp] = [0, 0];
  for (let i = 0; i < truePositives.length; i++) {
    const [tpAfter, fpAfter] = [truePositives[i]!, falsePositives[i]!];
    const gained = tpAfter - tp;
    const group = min.length - 1 - i;
    let term = (gained * tpAfter) / (tpAfter + fpAfter);
    if (min[group] !== max[group] && gained > 0) {
      const most = stepsUp(tp, tpAfter, fp);
      const least = stepsUp(tp, tpAfter, fpAfter);
      term = (most + least) / 2;
      bound += (most - least) / 2;
    }
    const corrected = term - lost;
    const next = sum + corrected;
    lost = next - sum - corrected;
    sum = next;
    [tp, fp] = [tpAfter, fpAfter];
  }
  return { average_precision: sum / positives, average_precision_error_bound: bound / positives };
}

/** Sum of t / (t + fp) for t = from + 1 ... to: each positive's precision where they come one by one. */
function stepsUp(from: number, to: number, fp: number): number {
  let sum = 0;
  for (let t = from + 1; t <= to; t++) sum += t / (t + fp);
  return sum;
}
