import { shown } from "../experiment/input/values.js";
import { TrackingError } from "../tracking-error.js";
import { inSlices } from "./in-slices.js";
import { keptPlot } from "./kept-plot.js";
import type { Predictions } from "./open-predictions.js";
import type { PlotData } from "./plot-schema.js";
import { type ScoredClassOptions, scoreColumn, scoredClassData } from "./score-column.js";
import { scoreGroups } from "./score-groups.js";

const mostThresholds = 1000;

/**
 * The confusion matrix at up to 1,000 thresholds, each a score that occurs and each count exact, spread so
 * that about as many samples lie between any two: every score from counts follows from them. Between two
 * listed thresholds ask `thresholdCounts`.
 * @throws TrackingError INVALID_ARGUMENT without y_score; PREDICTIONS_NOT_READABLE
 */
export async function thresholdTable(
  predictions: Predictions,
  options: ScoredClassOptions & { exactUpTo?: number | undefined } = {},
): Promise<PlotData<"threshold_table">> {
  const compute = (signal: AbortSignal) => readTable(predictions, { ...options, signal });
  return keptPlot(
    predictions,
    "threshold_table",
    [options.class, options.exactUpTo],
    compute,
    options.signal,
  );
}

async function readTable(
  predictions: Predictions,
  options: ScoredClassOptions & { exactUpTo?: number | undefined },
): Promise<PlotData<"threshold_table">> {
  const { column, groups } = await scoreGroups(predictions, options);
  const common = scoredClassData(column);
  const { truePositives, falsePositives, thresholds } = groups;
  const chosen = chooseThresholds(groups, common.samples);
  const tp = [0, ...chosen.map((i) => truePositives[i]!)];
  const fp = [0, ...chosen.map((i) => falsePositives[i]!)];
  let largestStep = 0;
  for (let i = 1; i < tp.length; i++)
    largestStep = Math.max(largestStep, tp[i]! + fp[i]! - tp[i - 1]! - fp[i - 1]!);
  return {
    plot: "threshold_table",
    ...common,
    threshold: [null, ...chosen.map((i) => thresholds[i]!)],
    true_positives: tp,
    false_positives: fp,
    false_negatives: tp.map((count) => common.positives - count),
    true_negatives: fp.map((count) => common.negatives - count),
    complete: groups.exact && chosen.length === thresholds.length,
    largest_step: largestStep / common.samples,
  };
}

/** All where they are few; else from each of 999 equal shares of the samples the last, and the very last. */
function chooseThresholds(
  { truePositives, falsePositives }: { truePositives: Float64Array; falsePositives: Float64Array },
  samples: number,
): number[] {
  const count = truePositives.length;
  if (count < mostThresholds) return Array.from({ length: count }, (_, i) => i);
  const chosen: number[] = [];
  let next = 1;
  for (let i = 0; i < count; i++) {
    const share = ((truePositives[i]! + falsePositives[i]!) / samples) * (mostThresholds - 1);
    if (share < next && i < count - 1) continue;
    chosen.push(i);
    next = Math.floor(share) + 1;
  }
  return chosen;
}

/**
 * The confusion matrix where scores of at least `threshold` are called positive: exact, for any threshold.
 * @throws TrackingError INVALID_ARGUMENT without y_score or for a threshold that is no number;
 * PREDICTIONS_NOT_READABLE
 */
export async function thresholdCounts(
  predictions: Predictions,
  { threshold, ...options }: ScoredClassOptions & { threshold: number },
): Promise<PlotData<"threshold_counts">> {
  if (typeof threshold !== "number" || Number.isNaN(threshold)) {
    throw new TrackingError("INVALID_ARGUMENT", `threshold is ${shown(threshold)}; give a number`);
  }
  const column = await scoreColumn(predictions, options);
  const { scores, isPositive } = column;
  let truePositives = 0;
  let falsePositives = 0;
  await inSlices(scores.length, options.signal, (from, to) => {
    for (let i = from; i < to; i++) {
      if (!(scores[i]! >= threshold)) continue;
      if (isPositive[i] === 1) truePositives += 1;
      else falsePositives += 1;
    }
  });
  const common = scoredClassData(column);
  return {
    plot: "threshold_counts",
    ...common,
    threshold: Number.isFinite(threshold) ? threshold : null,
    true_positives: truePositives,
    false_positives: falsePositives,
    false_negatives: common.positives - truePositives,
    true_negatives: common.negatives - falsePositives,
  };
}
