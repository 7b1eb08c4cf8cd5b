import type { RegressionSample } from "../../scores/sample.js";
import { remembered } from "../remembered.js";

export interface RunningSums {
  n: number;
  truthSum: number;
  predictionSum: number;
  /** Sums of the squares and products of the deviations from the means. */
  truths: number;
  predictions: number;
  products: number;
}

/**
 * Sums of squares and products that are kept up row by row, with running sums in place of running means. They
 * are not exactly 0 for many equal numbers with digits. Source: Youngs and Cramer (1971), as PostgreSQL has
 * it.
 * @example youngsCramer({ yTrue: Float64Array.of(1, 3), yPred: Float64Array.of(2, 2) }).truths // 2
 */
export const youngsCramer = remembered(({ yTrue, yPred }: RegressionSample): RunningSums => {
  let [truthSum, predictionSum, truths, predictions, products] = [0, 0, 0, 0, 0];
  for (let i = 0; i < yTrue.length; i++) {
    const n = i + 1;
    truthSum += yTrue[i]!;
    predictionSum += yPred[i]!;
    if (i === 0) continue;
    const truth = yTrue[i]! * n - truthSum;
    const prediction = yPred[i]! * n - predictionSum;
    const scale = 1 / (n * i);
    truths += truth * truth * scale;
    predictions += prediction * prediction * scale;
    products += truth * prediction * scale;
  }
  return { n: yTrue.length, truthSum, predictionSum, truths, predictions, products };
});
