import type { Label } from "../experiment/input/class-labels.js";
import { shown } from "../experiment/input/values.js";
import { UnreadableFile } from "../predictions/read/unreadable-file.js";
import { TrackingError } from "../tracking-error.js";
import { checkColumns } from "./checked-columns.js";
import { notReadable } from "./not-readable.js";
import type { Predictions } from "./open-predictions.js";
import { integerLabel, type PredictionLabels, predictionLabels } from "./prediction-labels.js";
import { fromPredictions, queryPredictions } from "./query-predictions.js";
import { wrongRows } from "./row-problems.js";

/** How often each pair of a true and a predicted label occurs: only the pairs that do. */
export interface ConfusionCounts {
  readonly bytes: number;
  readonly labels: PredictionLabels;
  /** Codes, and the count of the pair. */
  readonly trueCodes: Int32Array;
  readonly predictedCodes: Int32Array;
  readonly counts: Float64Array;
}

/**
 * Counts the pairs of labels of a classification.
 * @throws TrackingError INVALID_ARGUMENT for a regression; PREDICTIONS_NOT_READABLE
 */
export async function confusionCounts(
  predictions: Predictions,
  signal: AbortSignal | undefined,
): Promise<ConfusionCounts> {
  if (predictions.kind !== "classification") {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      "this plot is of a classification's labels; this experiment is a regression",
    );
  }
  return predictions.cache.get(
    `${predictions.id}\0confusion`,
    async (giveUp) => {
      const [counts] = await Promise.all([
        countPairs(predictions, giveUp),
        checkColumns(predictions, ["y_true", "y_pred"], giveUp),
      ]);
      return counts;
    },
    signal,
  );
}

async function countPairs(predictions: Predictions, signal: AbortSignal): Promise<ConfusionCounts> {
  const type = predictions.footer.column("y_true").type === "string" ? "string" : "integer";
  const as = type === "string" ? "" : "::BIGINT";
  const truths: Label[] = [];
  const predicted: Label[] = [];
  const counts: number[] = [];
  await queryPredictions(
    predictions,
    `SELECT y_true${as}, y_pred${as}, count(*) ${fromPredictions} GROUP BY 1, 2`,
    {},
    signal,
    (chunk) => {
      const [yTrue, yPred, count] = chunk.getColumns();
      for (let i = 0; i < chunk.rowCount; i++) {
        truths.push(asLabel(yTrue![i], "y_true"));
        predicted.push(asLabel(yPred![i], "y_pred"));
        counts.push(Number(count![i]));
      }
    },
  );
  const samples = counts.reduce((sum, count) => sum + count, 0);
  if (samples !== predictions.samples) {
    throw notReadable(predictions.name, wrongRows(samples, predictions.samples));
  }
  const labels = predictions.namedLabels ?? predictionLabels(type, [...new Set([...truths, ...predicted])]);
  const code = (label: Label, column: string) => {
    const found = labels.codeOf.get(label);
    if (found !== undefined) return found;
    throw notReadable(
      predictions.name,
      new UnreadableFile(
        `its column ${column} holds ${shown(label)}, which is not among the labels it names`,
      ),
    );
  };
  return {
    bytes: 16 * counts.length + 256,
    labels,
    trueCodes: Int32Array.from(truths, (label) => code(label, "y_true")),
    predictedCodes: Int32Array.from(predicted, (label) => code(label, "y_pred")),
    counts: Float64Array.from(counts),
  };
}

function asLabel(value: unknown, column: string): Label {
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return integerLabel(value);
  throw new UnreadableFile(
    `its column ${column} has a row without a value`,
    "every sample needs a value: fill it in, or leave the row out",
  );
}
