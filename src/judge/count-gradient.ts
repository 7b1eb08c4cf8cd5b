import type { ConfusionTable } from "../scores/confusion-table.js";
import type { CountGradient } from "../scores/count-gradient.js";
import type { CountScore } from "../scores/score.js";
import { type Estimate, influenceEstimate } from "../statistics/estimate.js";

/**
 * A sample's influence on the score: how fast it changes as samples of that true and predicted label gain
 * weight. A score of counts does not change when all of them grow alike, so the influences on it are 0 on
 * average.
 */
export function influenceOf(
  gradient: CountGradient,
  samples: number,
  truth: number,
  prediction: number,
): number {
  const hit = truth === prediction ? gradient.correct[truth]! : 0;
  return samples * (gradient.actual[truth]! + gradient.predicted[prediction]! + hit + gradient.samples);
}

/** The score with each sample's part in its deviation. */
export function countEstimate(
  value: number,
  gradient: CountGradient,
  yTrue: Int32Array,
  yPred: Int32Array,
): Estimate {
  const samples = yTrue.length;
  const influences = new Float64Array(samples);
  for (let i = 0; i < samples; i++) influences[i] = influenceOf(gradient, samples, yTrue[i]!, yPred[i]!);
  return influenceEstimate(value, influences);
}

/** The derivatives of a score by each count. */
export function countGradient(
  { addGradient }: CountScore,
  table: ConfusionTable,
  positive: number,
): CountGradient {
  const labels = table.actual.length;
  const gradient: CountGradient = {
    actual: new Float64Array(labels),
    predicted: new Float64Array(labels),
    correct: new Float64Array(labels),
    samples: 0,
  };
  addGradient(table, gradient, positive);
  return gradient;
}
