import { blockwiseSum } from "./blockwise-sum.js";
import { perSample } from "./errors.js";
import type { ErrorScore } from "./score.js";

/**
 * Mean of |y_pred - y_true| / |y_true|, a fraction (0.05 is five percent): 0.., lower is better, always
 * defined. Where y_true is 0 the division is by 2.2e-16 instead, which gives an arbitrarily high value.
 * Source: scikit-learn 1.9, `mean_absolute_percentage_error`.
 * @example meanAbsolutePercentageError(Float64Array.of(1, 10), Float64Array.of(0.5, 10)) // 0.25
 */
export function meanAbsolutePercentageError(yTrue: Float64Array, yPred: Float64Array): number {
  const sum = blockwiseSum(yTrue.length, (from, to) => {
    let errors = 0;
    for (let i = from; i < to; i++) {
      errors += Math.abs(yPred[i]! - yTrue[i]!) / Math.max(Math.abs(yTrue[i]!), Number.EPSILON);
    }
    return errors;
  });
  return sum / yTrue.length;
}

export const meanAbsolutePercentageErrorScore = {
  name: "mean_absolute_percentage_error",
  title: "Mean absolute percentage error",
  kind: "regression",
  needsScore: false,
  binaryOnly: false,
  range: [0, Infinity],
  direction: "lower",
  best: 0,
  headline: true,
  meaning: "Mean of |error| / |y_true|, as a fraction: 0.05 is five percent.",
  of: meanAbsolutePercentageError,
  caution({ yTrue }, value) {
    const zeros = yTrue.reduce((count, truth) => count + (truth === 0 ? 1 : 0), 0);
    if (zeros === 0 || value === 0) return undefined;
    return `${zeros} of ${yTrue.length} true values are 0; an error there is divided by 2.2e-16`;
  },
  isHeavyTailed: isUneven,
  by: "mean",
  losses: ({ yTrue, yPred }) =>
    perSample(
      yTrue.length,
      (row) => Math.abs(yPred[row]! - yTrue[row]!) / Math.max(Math.abs(yTrue[row]!), Number.EPSILON),
    ),
} as const satisfies ErrorScore;

/** Whether some true values are so small that errors there count for far more than others. */
function isUneven(yTrue: Float64Array): boolean {
  let sum = 0;
  for (let i = 0; i < yTrue.length; i++) sum += Math.abs(yTrue[i]!);
  const mean = sum / yTrue.length;
  let small = 0;
  let isTiny = false;
  for (let i = 0; i < yTrue.length; i++) {
    const size = Math.abs(yTrue[i]!);
    if (size < mean / 2) small += 1;
    if (size < mean / 100) isTiny = true;
  }
  return isTiny || small > yTrue.length / 100;
}
