import { CompensatedSum } from "./compensated-sum.js";
import { inSlices } from "./in-slices.js";
import type { Predictions } from "./open-predictions.js";
import type { ValueRange } from "./plot-data.js";
import { type ValueColumns, valueColumns } from "./value-columns.js";

/** The errors of a regression, y_pred - y_true, in the order of the file: above 0 the model predicts too high, as mean_error has it. */
export interface ErrorColumn {
  readonly bytes: number;
  readonly errors: Float64Array;
  readonly range: ValueRange;
  readonly mean: number;
  /** The largest absolute error, 1 where there is none: squares of errors in this unit do not underflow. */
  readonly unit: number;
  /** Sum of the squared distances from the mean, in that unit. */
  readonly squares: number;
}

/** @throws TrackingError INVALID_ARGUMENT for a classification; PREDICTIONS_NOT_READABLE */
export async function errorColumn(
  predictions: Predictions,
  signal: AbortSignal | undefined,
): Promise<ErrorColumn> {
  return predictions.cache.get(
    `${predictions.id}\0errors`,
    async (giveUp) => subtract(await valueColumns(predictions, giveUp), giveUp),
    signal,
  );
}

const block = 512;

async function subtract({ yTrue, yPred }: ValueColumns, signal: AbortSignal): Promise<ErrorColumn> {
  const errors = new Float64Array(yTrue.length);
  let [min, max] = [Infinity, -Infinity];
  const sum = new CompensatedSum();
  await inSlices(errors.length, signal, (from, to) => {
    for (let start = from; start < to; start += block) {
      let ofBlock = 0;
      for (let i = start; i < Math.min(start + block, to); i++) {
        const error = yPred[i]! - yTrue[i]!;
        errors[i] = error;
        ofBlock += error;
        if (error < min) min = error;
        if (error > max) max = error;
      }
      sum.add(ofBlock);
    }
  });
  const mean = sum.value / errors.length;
  const unit = Math.max(Math.abs(min), Math.abs(max)) || 1;
  const squares = new CompensatedSum();
  await inSlices(errors.length, signal, (from, to) => {
    for (let start = from; start < to; start += block) {
      let ofBlock = 0;
      for (let i = start; i < Math.min(start + block, to); i++) ofBlock += ((errors[i]! - mean) / unit) ** 2;
      squares.add(ofBlock);
    }
  });
  return { errors, range: { min, max }, mean, unit, squares: squares.value, bytes: 8 * errors.length + 256 };
}
