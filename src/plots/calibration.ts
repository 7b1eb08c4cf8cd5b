import { shown } from "../experiment/input/values.js";
import { calibrationError } from "../statistics/calibration-error.js";
import { calibrationSlope } from "../statistics/calibration-slope.js";
import { equalEdges } from "../statistics/equal-bins.js";
import { spiegelhalterTest } from "../statistics/spiegelhalter-test.js";
import { TrackingError } from "../tracking-error.js";
import { binCount } from "./bin-count.js";
import { inSlices } from "./in-slices.js";
import { keptPlot } from "./kept-plot.js";
import type { Predictions } from "./open-predictions.js";
import { percentiles } from "./order-statistics.js";
import type { PlotData } from "./plot-schema.js";
import { type ScoreColumn, type ScoredClassOptions, scoreColumn, scoredClassData } from "./score-column.js";

export interface CalibrationOptions extends ScoredClassOptions {
  /** Bins of equal width, or of equally many samples. */
  strategy?: "uniform" | "quantile" | undefined;
  /** 1 to 100; 10 by default. */
  bins?: number | undefined;
}

/**
 * How often the class is true among samples of about the same score. Exact however many samples there are.
 * Source: scikit-learn 1.9, `calibration_curve`, whose points are the bins that have samples.
 * @throws TrackingError INVALID_ARGUMENT; PREDICTIONS_NOT_READABLE
 */
export async function calibration(
  predictions: Predictions,
  { strategy = "uniform", bins, ...options }: CalibrationOptions = {},
): Promise<PlotData<"calibration">> {
  if (strategy !== "uniform" && strategy !== "quantile") {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `strategy is ${shown(strategy)}; give "uniform" or "quantile"`,
    );
  }
  const count = binCount(bins, "bins", 10, 100);
  return keptPlot(
    predictions,
    "calibration",
    [options.class, strategy, count],
    (signal) => calibrate(predictions, strategy, count, { ...options, signal }),
    options.signal,
  );
}

const level = 0.95;
/** Above this the slope is of logits in bins, since a regression goes over them many times. */
const mostRows = 200_000;
const logitBins = 20_000;
const mostLogit = 40;

/** Spiegelhalter's test of all samples, and the slope; none of a score of 0 or 1, whose logit is infinite. */
async function testCalibration({ scores, isPositive }: ScoreColumn, signal: AbortSignal | undefined) {
  let [excess, variance] = [0, 0];
  let isInside = true;
  const isBinned = scores.length > mostRows;
  const groups = isBinned ? logitBins : scores.length;
  const [logits, totals, positives] = [1, 2, 3].map(() => new Float64Array(groups)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  await inSlices(scores.length, signal, (from, to) => {
    for (let i = from; i < to; i++) {
      const score = scores[i]!;
      const spread = 1 - 2 * score;
      excess += (isPositive[i]! - score) * spread;
      variance += spread * spread * score * (1 - score);
      const logit = Math.log(score / (1 - score));
      isInside &&= Math.abs(logit) < mostLogit;
      const group = isBinned ? Math.floor(((logit + mostLogit) / (2 * mostLogit)) * logitBins) : i;
      logits[group]! += logit;
      totals[group]! += 1;
      positives[group]! += isPositive[i]!;
    }
  });
  if (isBinned) for (let i = 0; i < groups; i++) if (totals[i]! > 0) logits[i]! /= totals[i]!;
  return {
    test: spiegelhalterTest(excess, variance),
    slope: isInside ? calibrationSlope(logits, totals, positives, level) : undefined,
  };
}

async function calibrate(
  predictions: Predictions,
  strategy: "uniform" | "quantile",
  count: number,
  options: ScoredClassOptions,
): Promise<PlotData<"calibration">> {
  const column = await scoreColumn(predictions, options);
  const shares = equalEdges(0, 1, count);
  const edges =
    strategy === "uniform"
      ? shares
      : await percentiles(
          column.scores,
          Array.from(shares, (share) => (share * 100) / 100), // scikit-learn asks for percentages
          options.signal,
        );
  const { totals, positives, sums, squares } = await countBins(column, edges, options.signal);
  const error = calibrationError({ totals, positives, sums, squares }, level, 0);
  const { test, slope } = await testCalibration(column, options.signal);
  return {
    plot: "calibration",
    ...scoredClassData(column),
    strategy,
    level,
    error: { value: error.value, low: error.low, high: error.high, by_luck: error.byLuck },
    spiegelhalter: test ?? null,
    slope: slope ?? null,
    bins: Array.from({ length: count }, (_, bin) => {
      const samples = totals[bin]!;
      return {
        lower: edges[bin]!,
        upper: edges[bin + 1]!,
        samples,
        positives: positives[bin]!,
        mean_score: samples === 0 ? null : sums[bin]! / samples,
        positive_share: samples === 0 ? null : positives[bin]! / samples,
      };
    }),
  };
}

/**
 * A score belongs to the bin whose upper edge it does not exceed: numpy's `searchsorted` among the inner
 * edges.
 */
async function countBins(
  { scores, isPositive }: ScoreColumn,
  edges: ArrayLike<number>,
  signal: AbortSignal | undefined,
) {
  const count = edges.length - 1;
  const inner = Float64Array.from({ length: count - 1 }, (_, i) => edges[i + 1]!);
  const totals = new Float64Array(count);
  const positives = new Float64Array(count);
  const sums = new Float64Array(count);
  let squares = 0;
  // In which bins a score may be, by its place among 4,096 equal parts of 0..1: mostly in one.
  const first = new Uint8Array(4097);
  for (let part = 0, bin = 0; part <= 4096; part++) {
    while (bin < inner.length && inner[bin]! < part / 4096) bin += 1;
    first[part] = bin;
  }
  await inSlices(scores.length, signal, (from, to) => {
    for (let i = from; i < to; i++) {
      const score = scores[i]!;
      let bin = first[Math.floor(score * 4096)]!;
      while (bin < inner.length && inner[bin]! < score) bin += 1;
      totals[bin]! += 1;
      positives[bin]! += isPositive[i]!;
      sums[bin]! += score;
      squares += (isPositive[i]! - score) ** 2;
    }
  });
  return { totals, positives, sums, squares };
}
