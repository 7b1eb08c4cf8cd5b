import { shown } from "../experiment/input/values.js";
import { binOf, edgesOfRange } from "../statistics/equal-bins.js";
import { TrackingError } from "../tracking-error.js";
import { binCount } from "./bin-count.js";
import { errorColumn } from "./error-column.js";
import { inSlices } from "./in-slices.js";
import { keptPlot } from "./kept-plot.js";
import type { Predictions } from "./open-predictions.js";
import { percentiles } from "./order-statistics.js";
import type { PlotData } from "./plot-schema.js";

export interface ResidualHistogramOptions {
  /** numpy's rule "auto" (the default) or "fd" (Freedman-Diaconis), or how many bins. */
  bins?: "auto" | "fd" | number | undefined;
  signal?: AbortSignal | undefined;
}

const mostBins = 2000;

/**
 * How the errors, y_pred - y_true, are spread, in equal bins. Exact; of more than 2,000 bins that the rule
 * asks for, 2,000. Source: numpy 2.4, `histogram` with `bins="auto"` or `"fd"`.
 * @throws TrackingError INVALID_ARGUMENT; PREDICTIONS_NOT_READABLE
 */
export async function residualHistogram(
  predictions: Predictions,
  { bins = "auto", signal }: ResidualHistogramOptions = {},
): Promise<PlotData<"residual_histogram">> {
  if (typeof bins === "string" && bins !== "auto" && bins !== "fd") {
    throw new TrackingError("INVALID_ARGUMENT", `bins is ${shown(bins)}; give "auto", "fd" or a number`);
  }
  if (typeof bins === "number") binCount(bins, "bins", 0, mostBins);
  return keptPlot(
    predictions,
    "residual_histogram",
    [bins],
    (giveUp) => count(predictions, bins, giveUp),
    signal,
  );
}

async function count(
  predictions: Predictions,
  bins: "auto" | "fd" | number,
  signal: AbortSignal,
): Promise<PlotData<"residual_histogram">> {
  const { errors, range, mean } = await errorColumn(predictions, signal);
  const { min, max } = range;
  const [upperQuartile, median, lowerQuartile] = await percentiles(errors, [0.75, 0.5, 0.25], signal);
  const wanted =
    typeof bins === "number"
      ? bins
      : binsByRule(bins, errors.length, min, max, upperQuartile! - lowerQuartile!);
  const edges = edgesOfRange(min, max, Math.min(wanted, mostBins));
  const counts = new Float64Array(edges.length - 1);
  await inSlices(errors.length, signal, (from, to) => {
    for (let i = from; i < to; i++) counts[binOf(errors[i]!, edges)]! += 1;
  });
  return {
    plot: "residual_histogram",
    samples: errors.length,
    edges: Array.from(edges),
    counts: Array.from(counts),
    bins: typeof bins === "number" ? "number" : bins,
    bins_wanted: wanted,
    mean_error: mean,
    median_error: median!,
  };
}

/**
 * numpy's width: Freedman and Diaconis's; "auto" takes Sturges's where that is narrower, and none under half
 * the square root rule's.
 */
function binsByRule(rule: "auto" | "fd", samples: number, min: number, max: number, iqr: number): number {
  const range = max - min;
  const freedmanDiaconis = 2 * iqr * samples ** (-1 / 3);
  const width =
    rule === "fd"
      ? freedmanDiaconis
      : Math.min(
          Math.max(freedmanDiaconis, range / Math.sqrt(samples) / 2),
          range / (Math.log2(samples) + 1),
        );
  // The range is widened to 1 where all errors are equal.
  return width === 0 ? 1 : Math.max(1, Math.ceil((min === max ? 1 : range) / width));
}
