import { confusionCounts } from "./confusion-counts.js";
import type { Predictions } from "./open-predictions.js";
import type { PlotData } from "./plot-schema.js";
import { plotLabel } from "./prediction-labels.js";

const mostLabels = 200;

/**
 * The confusion matrix: rows are true labels, columns predicted ones, over every label that the experiment
 * names. Of more than 200 the most frequent ones (by true samples, then by predicted ones) stand for
 * themselves and the others share one row and column. Source: scikit-learn 1.9, `confusion_matrix`.
 * @throws TrackingError INVALID_ARGUMENT for a regression; PREDICTIONS_NOT_READABLE
 */
export async function confusionMatrix(
  predictions: Predictions,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<PlotData<"confusion_matrix">> {
  const { labels, trueCodes, predictedCodes, counts } = await confusionCounts(predictions, signal);
  const total = labels.labels.length;
  const frequency = new Float64Array(total);
  const predictedFrequency = new Float64Array(total);
  for (let pair = 0; pair < counts.length; pair++) {
    frequency[trueCodes[pair]!]! += counts[pair]!;
    predictedFrequency[predictedCodes[pair]!]! += counts[pair]!;
  }
  const codes = Array.from({ length: total }, (_, code) => code);
  if (total > mostLabels) {
    codes.sort(
      (a, b) => frequency[b]! - frequency[a]! || predictedFrequency[b]! - predictedFrequency[a]! || a - b,
    );
    codes.length = mostLabels;
    codes.sort((a, b) => a - b);
  }
  const size = codes.length + (total > mostLabels ? 1 : 0);
  const place = new Int32Array(total).fill(mostLabels);
  codes.forEach((code, position) => {
    place[code] = position;
  });
  const matrix = Array.from({ length: size }, () => zeros(size));
  const rowTotals = zeros(size);
  const columnTotals = zeros(size);
  for (let pair = 0; pair < counts.length; pair++) {
    const row = place[trueCodes[pair]!]!;
    const column = place[predictedCodes[pair]!]!;
    const count = counts[pair]!;
    matrix[row]![column]! += count;
    rowTotals[row]! += count;
    columnTotals[column]! += count;
  }
  return {
    plot: "confusion_matrix",
    samples: predictions.samples,
    label_type: labels.type,
    labels: codes.map((code) => plotLabel(labels.labels[code]!)),
    other_labels: total - codes.length,
    counts: matrix,
    row_totals: rowTotals,
    column_totals: columnTotals,
  };
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}
