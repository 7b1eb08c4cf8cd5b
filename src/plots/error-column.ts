import { CompensatedSum } from "./compensated-sum.js";
import { inSlices } from "./in-slices.js";
import type { Predictions } from "./open-predictions.js";
import type { ValueRange } from "./plot-schema.js";
import { rangeOf, type ValueColumns, valueColumns } from "./value-columns.js";

/**
 * The errors of a regression, y_pred - y_true, in the order of the file: above 0 the model predicts too high,
 * as mean_error has it.
 */
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
  const sum = new CompensatedSum();
  await inSlices(errors.length, signal, (from, to) => {
    for (let start = from; start < to; start += block) {
      let ofBlock = 0;
      for (let i = start; i < Math.min(start + block, to); i++) {
        const error = yPred[i]! - yTrue[i]!;
        errors[i] = error;
        ofBlock += error;
      }
      sum.add(ofBlock);
    }
  });
  const range = await rangeOf(errors, signal);
  const mean = sum.value / errors.length;
  const unit = Math.max(Math.abs(range.min), Math.abs(range.max)) || 1;
  const squares = new CompensatedSum();
  await inSlices(errors.length, signal, (from, to) => {
    for (let start = from; start < to; start += block) {
      let ofBlock = 0;
      for (let i = start; i < Math.min(start + block, to); i++) {
        const distance = (errors[i]! - mean) / unit;
        ofBlock += distance * distance;
      }
      squares.add(ofBlock);
    }
  });
  return { errors, range, mean, unit, squares: squares.value, bytes: 8 * errors.length + 256 };
}
