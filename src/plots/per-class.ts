import { confusionCounts } from "./confusion-counts.js";
import type { Predictions } from "./open-predictions.js";
import type { PlotData, Reasons } from "./plot-schema.js";
import { plotLabel } from "./prediction-labels.js";

const mostClasses = 1000;

/**
 * Precision, recall, F1 and support of every class; of more than 1,000 classes those with the most true
 * samples. Source: scikit-learn 1.9, `precision_recall_fscore_support` (which answers 0 where ours is null,
 * and warns).
 * @throws TrackingError INVALID_ARGUMENT for a regression; PREDICTIONS_NOT_READABLE
 */
export async function perClass(
  predictions: Predictions,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<PlotData<"per_class">> {
  const { labels, trueCodes, predictedCodes, counts } = await confusionCounts(predictions, signal);
  const total = labels.labels.length;
  const support = new Float64Array(total);
  const predicted = new Float64Array(total);
  const correct = new Float64Array(total);
  for (let pair = 0; pair < counts.length; pair++) {
    const truth = trueCodes[pair]!;
    const prediction = predictedCodes[pair]!;
    support[truth]! += counts[pair]!;
    predicted[prediction]! += counts[pair]!;
    if (truth === prediction) correct[truth]! += counts[pair]!;
  }
  const codes = Array.from({ length: total }, (_, code) => code);
  if (total > mostClasses) {
    codes.sort((a, b) => support[b]! - support[a]! || a - b);
    codes.length = mostClasses;
    codes.sort((a, b) => a - b);
  }
  return {
    plot: "per_class",
    samples: predictions.samples,
    label_type: labels.type,
    classes: codes.map((code) => ({
      label: plotLabel(labels.labels[code]!),
      ...classScores(correct[code]!, support[code]!, predicted[code]!),
    })),
    other_labels: total - codes.length,
  };
}

function classScores(
  correct: number,
  support: number,
  predicted: number,
): Omit<PlotData<"per_class">["classes"][number], "label"> {
  const reasons: Reasons = {};
  if (predicted === 0) reasons["precision"] = "no sample is predicted as this class";
  if (support === 0) reasons["recall"] = "no sample of y_true is of this class";
  if (predicted + support === 0) reasons["f1"] = "this class occurs neither in y_true nor in y_pred";
  return {
    precision: predicted === 0 ? null : correct / predicted,
    recall: support === 0 ? null : correct / support,
    f1: predicted + support === 0 ? null : (2 * correct) / (predicted + support),
    support,
    predicted,
    correct,
    reasons,
  };
}
