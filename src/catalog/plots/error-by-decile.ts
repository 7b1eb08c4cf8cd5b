import { CompensatedSum } from "./compensated-sum.js";
import { equalEdges } from "./equal-bins.js";
import { inSlices } from "./in-slices.js";
import { keptPlot } from "./kept-plot.js";
import type { Predictions } from "./open-predictions.js";
import { percentiles } from "./order-statistics.js";
import type { ErrorByDecileData, ErrorDecile } from "./plot-data.js";
import { valueColumns } from "./value-columns.js";

/**
 * The error by tenths of the true values: whether the model is worse for the small ones or the large. Edges are y_true's percentiles 0, 10,
 * ... 100; samples of one true value are in one decile, the lower. Where edges are equal, deciles fall together. Exact.
 * Source: pandas 3, `qcut(y_true, 10, duplicates="drop")`.
 * @throws TrackingError INVALID_ARGUMENT for a classification; PREDICTIONS_NOT_READABLE
 */
export async function errorByDecile(
  predictions: Predictions,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<ErrorByDecileData> {
  const compute = async (giveUp: AbortSignal): Promise<ErrorByDecileData> => {
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
): Promise<ErrorDecile[]> {
  const edges = [...new Set(await percentiles(yTrue, Array.from(equalEdges(0, 1, 10)), signal))];
  const count = Math.max(1, edges.length - 1);
  const inner = edges.slice(1, count);
  const decileOf = new Uint8Array(yTrue.length);
  const samples = new Float64Array(count);
  const absolute = new DecileSums(count);
  const squared = new DecileSums(count);
  const plain = new DecileSums(count);
  const [ofAbsolute, ofSquared, ofPlain] = [absolute.recent, squared.recent, plain.recent];
  await inSlices(yTrue.length, signal, (from, to) => {
    for (let i = from; i < to; i++) {
      const truth = yTrue[i]!;
      let decile = 0;
      for (let edge = 0; edge < inner.length; edge++) decile += truth > inner[edge]! ? 1 : 0;
      const error = yPred[i]! - truth;
      decileOf[i] = decile;
      samples[decile]! += 1;
      ofAbsolute[decile]! += Math.abs(error);
      ofSquared[decile]! += error * error;
      ofPlain[decile]! += error;
      if ((i & 1023) === 1023 || i === to - 1) for (const sums of [absolute, squared, plain]) sums.settle();
    }
  });
  const errors = Array.from(samples, (size) => new Float64Array(size));
  const filled = new Uint32Array(count);
  await inSlices(yTrue.length, signal, (from, to) => {
    for (let i = from; i < to; i++) {
      const decile = decileOf[i]!;
      errors[decile]![filled[decile]!++] = Math.abs(yPred[i]! - yTrue[i]!);
    }
  });
  const deciles: ErrorDecile[] = [];
  for (let decile = 0; decile < count; decile++) {
    const size = samples[decile]!;
    const [median] = size === 0 ? [null] : await percentiles(errors[decile]!, [0.5], signal);
    const mean = (sums: DecileSums) => (size === 0 ? null : sums.settled[decile]!.value / size);
    const meanSquare = mean(squared);
    deciles.push({
      decile: decile + 1,
      lower: edges[decile]!,
      upper: edges[decile + 1] ?? edges[decile]!,
      samples: size,
      mean_absolute_error: mean(absolute),
      root_mean_squared_error: meanSquare === null ? null : Math.sqrt(meanSquare),
      mean_error: mean(plain),
      median_absolute_error: median!,
    });
  }
  return deciles;
}

/** One sum a decile: about a thousand terms are added plainly, and these sums with compensation, which costs more. */
class DecileSums {
  readonly recent: Float64Array;
  readonly settled: CompensatedSum[];

  constructor(deciles: number) {
    this.recent = new Float64Array(deciles);
    this.settled = Array.from({ length: deciles }, () => new CompensatedSum());
  }

  settle(): void {
    this.settled.forEach((sum, decile) => sum.add(this.recent[decile]!));
    this.recent.fill(0);
  }
}
