import { binOf, equalEdges } from "../statistics/equal-bins.js";
import { binCount } from "./bin-count.js";
import { inSlices } from "./in-slices.js";
import { keptPlot } from "./kept-plot.js";
import type { Predictions } from "./open-predictions.js";
import type { PlotData } from "./plot-schema.js";
import { type ScoredClassOptions, scoreColumn, scoredClassData } from "./score-column.js";

/**
 * How the scores of the class's own samples and those of all others are spread over 0..1, in equal bins.
 * Exact. Source: numpy 2, `histogram` with the range (0, 1).
 * @param options.bins 1 to 1,000; 50 by default
 * @throws TrackingError INVALID_ARGUMENT; PREDICTIONS_NOT_READABLE
 */
export async function scoreDistribution(
  predictions: Predictions,
  { bins, ...options }: ScoredClassOptions & { bins?: number | undefined } = {},
): Promise<PlotData<"score_distribution">> {
  const count = binCount(bins, "bins", 50, 1000);
  return keptPlot(
    predictions,
    "score_distribution",
    [options.class, count],
    (signal) => distribute(predictions, count, { ...options, signal }),
    options.signal,
  );
}

async function distribute(
  predictions: Predictions,
  count: number,
  options: ScoredClassOptions,
): Promise<PlotData<"score_distribution">> {
  const column = await scoreColumn(predictions, options);
  const { scores, isPositive } = column;
  const edges = equalEdges(0, 1, count);
  const counts = new Float64Array(2 * count);
  await inSlices(scores.length, options.signal, (from, to) => {
    for (let i = from; i < to; i++) counts[2 * binOf(scores[i]!, edges) + isPositive[i]!]! += 1;
  });
  return {
    plot: "score_distribution",
    ...scoredClassData(column),
    edges: Array.from(edges),
    positive_counts: Array.from({ length: count }, (_, bin) => counts[2 * bin + 1]!),
    negative_counts: Array.from({ length: count }, (_, bin) => counts[2 * bin]!),
  };
}
