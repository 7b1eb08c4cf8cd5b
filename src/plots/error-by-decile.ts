import { equalEdges } from "../statistics/equal-bins.js";
import { CompensatedSum } from "./compensated-sum.js";
import { inSlices } from "./in-slices.js";
import { keptPlot } from "./kept-plot.js";
import type { Predictions } from "./open-predictions.js";
import { percentiles } from "./order-statistics.js";
import type { PlotData } from "./plot-schema.js";
import { valueColumns } from "./value-columns.js";

/**
 * The error by tenths of the true values: whether the model is worse for the small ones or the large. Edges
 * are y_true's percentiles 0, 10, ... 100; samples of one true value are in one decile, the lower. Where
 * edges are equal, deciles fall together. Exact. Source: pandas 3, `qcut(y_true, 10, duplicates="drop")`.
 * @throws TrackingError INVALID_ARGUMENT for a classification; PREDICTIONS_NOT_READABLE
 */
export async function errorByDecile(
  predictions: Predictions,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<PlotData<"error_by_decile">> {
  const compute = async (giveUp: AbortSignal): Promise<PlotData<"error_by_decile">> => {
    const { yTrue, yPred } = await valueColumns(predictions, giveUp);
    const deciles = await countDeciles(yTrue, yPred, giveUp);
    return { plot: "error_by_decile", samples: yTrue.length, deciles };
  };
  return keptPlot(predictions, "error_by_decile", [], compute, signal);
}

async function countDeciles(
  yTrue: Float64Array,
  yPred: Float64Array,
  signal: AbortSignal,
): Promise<PlotData<"error_by_decile">["deciles"][number][]> {
  const edges = [...new Set(await percentiles(yTrue, Array.from(equalEdges(0, 1, 10)), signal))];
  const count = Math.max(1, edges.length - 1);
  const decileOf = await decilesOf(yTrue, edges.slice(1, count), signal);
  const samples = new Float64Array(count);
  for (let i = 0; i < decileOf.length; i++) samples[decileOf[i]!]! += 1;
  const errors = Array.from(samples, (size) => new Float64Array(size));
  const filled = new Uint32Array(count);
  await inSlices(yTrue.length, signal, (from, to) => {
    for (let i = from; i < to; i++) {
      const decile = decileOf[i]!;
      errors[decile]![filled[decile]!++] = yPred[i]! - yTrue[i]!;
    }
  });
  const deciles: PlotData<"error_by_decile">["deciles"][number][] = [];
  for (let decile = 0; decile < count; decile++) {
    deciles.push({
      decile: decile + 1,
      lower: edges[decile]!,
      upper: edges[decile + 1] ?? edges[decile]!,
      samples: samples[decile]!,
      ...(await errorsOf(errors[decile]!, signal)),
    });
  }
  return deciles;
}

/** For each value how many of the edges are below it. */
async function decilesOf(
  values: Float64Array,
  edges: readonly number[],
  signal: AbortSignal,
): Promise<Uint8Array> {
  // By its first 16 bits a value is mostly in one decile, or next to it; negative ones fall as their bits
  // grow.
  const bits = new Uint32Array(1 << 17);
  for (let first = 0; first < 1 << 16; first++) {
    bits[2 * first] = first < 1 << 15 ? 0 : 0xffff_ffff;
    bits[2 * first + 1] = (first << 16) | (first < 1 << 15 ? 0 : 0xffff);
  }
  const least = Uint8Array.from(
    new Float64Array(bits.buffer),
    (value) => edges.filter((edge) => value > edge).length,
  );
  const inner = Float64Array.from(edges);
  const halves = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  const deciles = new Uint8Array(values.length);
  await inSlices(values.length, signal, (from, to) => {
    for (let i = from; i < to; i++) {
      const value = values[i]!;
      let decile = least[halves[2 * i + 1]! >>> 16]!;
      while (decile < inner.length && value > inner[decile]!) decile += 1;
      deciles[i] = decile;
    }
  });
  return deciles;
}

/** What is said of a decile's errors, which become absolute ones on the way. */
async function errorsOf(errors: Float64Array, signal: AbortSignal) {
  const size = errors.length;
  if (size === 0) {
    return {
      mean_absolute_error: null,
      root_mean_squared_error: null,
      mean_error: null,
      median_absolute_error: null,
    };
  }
  const [absolute, squared, plain] = [new CompensatedSum(), new CompensatedSum(), new CompensatedSum()];
  // About a thousand terms are added plainly, and these sums with compensation, which costs more.
  for (let from = 0; from < size; from += 1024) {
    let [ofAbsolute, ofSquared, ofPlain] = [0, 0, 0];
    for (let i = from; i < Math.min(from + 1024, size); i++) {
      const error = errors[i]!;
      ofAbsolute += Math.abs(error);
      ofSquared += error * error;
      ofPlain += error;
      errors[i] = Math.abs(error);
    }
    absolute.add(ofAbsolute);
    squared.add(ofSquared);
    plain.add(ofPlain);
  }
  const [median] = await percentiles(errors, [0.5], signal);
  return {
    mean_absolute_error: absolute.value / size,
    root_mean_squared_error: Math.sqrt(squared.value / size),
    mean_error: plain.value / size,
    median_absolute_error: median!,
  };
}
