import type { RegressionSample } from "../../scores/sample.js";
import { remembered } from "../remembered.js";
import { numpyMean, numpySum } from "./numpy-sum.js";

export interface Moments {
  n: number;
  truthMean: number;
  predictionMean: number;
  /** Sums of the squares and products of the deviations from the means. */
  truths: number;
  predictions: number;
  products: number;
  /** Sum of the products of the sizes of the deviations. */
  sizes: number;
}

/** The moments of y_true and y_pred that correlations are made of, added up as NumPy does. */
export const numpyMoments = remembered(({ yTrue, yPred }: RegressionSample): Moments => {
  const [truthMean, predictionMean] = [numpyMean(yTrue), numpyMean(yPred)];
  const truths = yTrue.map((truth) => truth - truthMean);
  const predictions = yPred.map((prediction) => prediction - predictionMean);
  const products = truths.map((deviation, i) => deviation * predictions[i]!);
  return {
    n: yTrue.length,
    truthMean,
    predictionMean,
    truths: numpySum(truths.map((deviation) => deviation ** 2)),
    predictions: numpySum(predictions.map((deviation) => deviation ** 2)),
    products: numpySum(products),
    sizes: numpySum(products.map(Math.abs)),
  };
});
