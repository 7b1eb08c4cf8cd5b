import type { RegressionSample } from "./sample.js";

/** y_pred - y_true of each sample. */
export function errors({ yTrue, yPred }: RegressionSample): Float64Array {
  return perSample(yTrue.length, (row) => yPred[row]! - yTrue[row]!);
}

/** How far each prediction is from the true value. */
export function absoluteErrors({ yTrue, yPred }: RegressionSample): Float64Array {
  return perSample(yTrue.length, (row) => Math.abs(yPred[row]! - yTrue[row]!));
}

/** Squared distance of each prediction from the true value, with all errors made smaller by `offset`. */
export function squaredErrors({ yTrue, yPred }: RegressionSample, offset = 0): Float64Array {
  return perSample(yTrue.length, (row) => (yPred[row]! - yTrue[row]! - offset) ** 2);
}

/** A number a sample. */
export function perSample(samples: number, numberOf: (row: number) => number): Float64Array {
  const numbers = new Float64Array(samples);
  for (let row = 0; row < samples; row++) numbers[row] = numberOf(row);
  return numbers;
}
