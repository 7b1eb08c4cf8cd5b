import { type Interval, meanOf } from "./estimate.js";
import { studentInterval } from "./grouped-interval.js";

/**
 * Interval and p-value of the mean difference of two models over the folds of a cross-validation, or over
 * random splits. The folds' models were trained on much the same samples, which a paired t test takes for
 * independent; the correction adds what they share. Source: C. Nadeau and Y. Bengio (2003), Inference for the
 * Generalization Error.
 * @param differences one a fold, 2 or more
 * @param testShare samples of a test set over those that its model was trained on
 * @returns undefined where the differences do not vary, unless all are 0
 * @example correctedResampledT([0, 0], 0.5, 0.95)?.p // 1
 */
export function correctedResampledT(
  differences: readonly number[],
  testShare: number,
  level: number,
): Interval | undefined {
  const folds = differences.length;
  const mean = meanOf(Float64Array.from(differences));
  const variance = differences.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (folds - 1);
  return studentInterval(mean, Math.sqrt((1 / folds + testShare) * variance), folds - 1, level);
}
