import type { RegressionSample } from "../../scores/sample.js";
import { remembered } from "../remembered.js";
import type { Moments } from "./numpy-moments.js";

/**
 * Sum of `length` terms with what each addition loses added at the end. Source: Neumaier (1974).
 * @example compensatedSum(10, () => 0.1) // 1
 */
export function compensatedSum(length: number, termOf: (i: number) => number): number {
  let [sum, lost] = [0, 0];
  for (let i = 0; i < length; i++) {
    const term = termOf(i);
    const next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** The moments of y_true and y_pred in compensated sums, as LibreOffice has them. */
export const compensatedMoments = remembered(({ yTrue, yPred }: RegressionSample): Omit<Moments, "sizes"> => {
  const n = yTrue.length;
  const truthMean = compensatedSum(n, (i) => yTrue[i]!) / n;
  const predictionMean = compensatedSum(n, (i) => yPred[i]!) / n;
  return {
    n,
    truthMean,
    predictionMean,
    truths: compensatedSum(n, (i) => (yTrue[i]! - truthMean) ** 2),
    predictions: compensatedSum(n, (i) => (yPred[i]! - predictionMean) ** 2),
    products: compensatedSum(n, (i) => (yTrue[i]! - truthMean) * (yPred[i]! - predictionMean)),
  };
});
