import type { ConfusionTable } from "./confusion-table.js";
import type { ClassificationSample } from "./sample.js";

/**
 * Counts a sample by its weights. Where y_true or y_pred has one label only, its count is the sum of all to the
 * last bit, as the scores expect of it.
 * @param times how often each sample is there; a weight holds it already
 */
export function weightedConfusionTable(
  { labels, yTrue, yPred }: Pick<ClassificationSample, "labels" | "yTrue" | "yPred">,
  weights: Float64Array,
  times?: ArrayLike<number>,
): ConfusionTable {
  const actual = new Float64Array(labels.length);
  const predicted = new Float64Array(labels.length);
  const correct = new Float64Array(labels.length);
  const occurs = new Uint8Array(labels.length);
  let rows = 0;
  for (let i = 0; i < yTrue.length; i++) {
    const count = times ? times[i]! : 1;
    if (count === 0) continue;
    rows += count;
    const truth = yTrue[i]!;
    const prediction = yPred[i]!;
    occurs[truth] = 1;
    occurs[prediction] = 1;
    const weight = weights[i]!;
    actual[truth]! += weight;
    predicted[prediction]! += weight;
    if (truth === prediction) correct[truth]! += weight;
  }
  const samples = total(actual);
  const lone = predicted.findIndex((count) => count > 0);
  if (lone >= 0 && predicted.every((count, code) => code === lone || count === 0)) predicted[lone] = samples;
  return {
    samples,
    actual,
    predicted,
    correct,
    totalCorrect: total(correct),
    weighted: { rows, occurs },
  };
}

function total(counts: Float64Array): number {
  let sum = 0;
  for (let code = 0; code < counts.length; code++) sum += counts[code]!;
  return sum;
}
