import type { RegressionSample } from "./sample.js";

/** y_pred - y_true of each sample. */
export function errors({ yTrue, yPred }: RegressionSample): Float64Array {
  const found = new Float64Array(yTrue.length);
  for (let row = 0; row < found.length; row++) found[row] = yPred[row]! - yTrue[row]!;
  return found;
}

/** How far each prediction is from the true value. */
export function absoluteErrors({ yTrue, yPred }: RegressionSample): Float64Array {
  const sizes = new Float64Array(yTrue.length);
  for (let row = 0; row < sizes.length; row++) sizes[row] = Math.abs(yPred[row]! - yTrue[row]!);
  return sizes;
}

/** Squared distance of each prediction from the true value. */
export function squaredErrors({ yTrue, yPred }: RegressionSample): Float64Array {
  const squares = new Float64Array(yTrue.length);
  for (let row = 0; row < squares.length; row++) {
    const error = yPred[row]! - yTrue[row]!;
    squares[row] = error * error;
  }
  return squares;
}

/** A number a sample. */
export function perSample(samples: number, numberOf: (row: number) => number): Float64Array {
  const numbers = new Float64Array(samples);
  for (let row = 0; row < samples; row++) numbers[row] = numberOf(row);
  return numbers;
}
