import { UnreadableFile } from "../../predictions/unreadable-file.js";
import { TrackingError } from "../../tracking-error.js";
import { checkColumns } from "./checked-columns.js";
import { notReadable } from "./not-readable.js";
import type { Predictions } from "./open-predictions.js";
import type { ValueRange } from "./plot-data.js";
import { doublesOf, fromPredictions, queryPredictions } from "./query-predictions.js";
import { noValue, wrongRows } from "./row-problems.js";

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
      const [read] = await Promise.all([
        readValues(predictions, giveUp),
        checkColumns(predictions, ["y_true", "y_pred"], giveUp),
      ]);
      return read;
    },
    signal,
  );
}

async function readValues(predictions: Predictions, signal: AbortSignal): Promise<ValueColumns> {
  const yTrue = new Float64Array(predictions.samples);
  const yPred = new Float64Array(predictions.samples);
  const trueRange = { min: Infinity, max: -Infinity };
  const predictedRange = { min: Infinity, max: -Infinity };
  let row = 0;
  await queryPredictions(
    predictions,
    `SELECT coalesce(y_true::DOUBLE, 'nan'::DOUBLE), coalesce(y_pred::DOUBLE, 'nan'::DOUBLE) ${fromPredictions}`,
    {},
    signal,
    (chunk) => {
      const rows = chunk.rowCount;
      if (row + rows > yTrue.length) throw wrongRows(row + rows, yTrue.length);
      const truths = doublesOf(chunk, 0);
      const answers = doublesOf(chunk, 1);
      for (let i = 0; i < rows; i++) {
        const t = truths[i]!;
        const p = answers[i]!;
        if (!Number.isFinite(p - t)) throw notFinite(t, p, row + i);
        yTrue[row + i] = t;
        yPred[row + i] = p;
        if (t < trueRange.min) trueRange.min = t;
        if (t > trueRange.max) trueRange.max = t;
        if (p < predictedRange.min) predictedRange.min = p;
        if (p > predictedRange.max) predictedRange.max = p;
      }
      row += rows;
    },
  );
  if (row !== yTrue.length) throw notReadable(predictions.name, wrongRows(row, yTrue.length));
  return { yTrue, yPred, trueRange, predictedRange, bytes: 16 * row + 256 };
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
