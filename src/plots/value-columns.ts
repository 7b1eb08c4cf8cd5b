import type { PredictionColumn } from "../predictions/prediction-table.js";
import { UnreadableFile } from "../predictions/read/unreadable-file.js";
import { TrackingError } from "../tracking-error.js";
import { inSlices } from "./in-slices.js";
import { notReadable } from "./not-readable.js";
import type { Predictions } from "./open-predictions.js";
import type { ValueRange } from "./plot-schema.js";
import { readColumns } from "./read-columns.js";
import { noValue } from "./row-problems.js";

/** The numbers of a regression, held in memory in the order of the file. */
export interface ValueColumns {
  readonly bytes: number;
  readonly yTrue: Float64Array;
  readonly yPred: Float64Array;
  readonly trueRange: ValueRange;
  readonly predictedRange: ValueRange;
}

/**
 * Reads the true and the predicted values.
 * @throws TrackingError INVALID_ARGUMENT where the experiment is no regression; PREDICTIONS_NOT_READABLE
 */
export async function valueColumns(
  predictions: Predictions,
  signal: AbortSignal | undefined,
): Promise<ValueColumns> {
  if (predictions.kind !== "regression") throw notARegression();
  return predictions.cache.get(
    `${predictions.id}\0values`,
    async (giveUp) => {
      const [truths, answers] = await readColumns(predictions, ["y_true", "y_pred"], giveUp);
      return checkedValues(predictions, numbers(truths), numbers(answers), giveUp);
    },
    signal,
  );
}

async function checkedValues(
  predictions: Predictions,
  yTrue: Float64Array,
  yPred: Float64Array,
  signal: AbortSignal,
): Promise<ValueColumns> {
  await inSlices(yTrue.length, signal, (from, to) => {
    for (let i = from; i < to; i++) {
      const t = yTrue[i]!;
      const p = yPred[i]!;
      if (!Number.isFinite(p - t)) throw notReadable(predictions.name, notFinite(t, p, i));
    }
  });
  const [trueRange, predictedRange] = [await rangeOf(yTrue, signal), await rangeOf(yPred, signal)];
  return { yTrue, yPred, trueRange, predictedRange, bytes: 16 * yTrue.length + 256 };
}

/** The least and the greatest of finite values. */
export async function rangeOf(values: Float64Array, signal: AbortSignal): Promise<ValueRange> {
  const range = { min: Infinity, max: -Infinity };
  await inSlices(values.length, signal, (from, to) => {
    let { min, max } = range; // a loop over variables of its own is several times as fast
    for (let i = from; i < to; i++) {
      const value = values[i]!;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    Object.assign(range, { min, max });
  });
  return range;
}

/** A regression's values are doubles, or integers where another program wrote them. */
function numbers(column: PredictionColumn): Float64Array {
  if (column.type === "double") return column.values;
  if ("codes" in column) return Float64Array.from(column.codes, (code) => Number(column.dictionary[code]));
  return Float64Array.from(column.values as ArrayLike<number | bigint>, Number);
}

function notFinite(truth: number, prediction: number, row: number): UnreadableFile {
  if (Number.isNaN(truth)) return noValue("y_true", row);
  if (Number.isNaN(prediction)) return noValue("y_pred", row);
  return new UnreadableFile(
    `in row ${row + 1} (the first is 1) y_true is ${truth} and y_pred ${prediction}`,
    "a regression's values and errors are finite numbers",
  );
}

export function notARegression(): TrackingError {
  return new TrackingError(
    "INVALID_ARGUMENT",
    "this plot is of a regression's errors; this experiment is a classification",
  );
}
