/**
 * Largest |y_pred - y_true|, in the unit of y_true: 0.., lower is better, always defined.
 * Source: scikit-learn 1.9, `max_error`.
 * @example maxError(Float64Array.of(3, 2, 7, 1), Float64Array.of(4, 2, 7, 1)) // 1
 */
export function maxError(yTrue: Float64Array, yPred: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < yTrue.length; i++) {
    const error = Math.abs(yPred[i]! - yTrue[i]!);
    if (error > largest) largest = error;
  }
  return largest;
}
