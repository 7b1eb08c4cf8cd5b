import type { Predictions } from "./open-predictions.js";
import type { PlotData } from "./plot-schema.js";

/**
 * A plot's data from the cache, or worked out and kept. @param options what tells it from others of its kind
 */
export async function keptPlot<T extends PlotData>(
  predictions: Predictions,
  plot: T["plot"],
  options: readonly (string | number | undefined)[],
  compute: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const kept = await predictions.cache.get(
    `${predictions.id}\0plot\0${plot}\0${JSON.stringify(options)}`,
    async (giveUp) => ({ data: await compute(giveUp), bytes: 200_000 }),
    signal,
  );
  return kept.data;
}
