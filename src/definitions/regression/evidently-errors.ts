import { sumOfSquaredErrors } from "../../scores/mean-squared-error.js";
import type { RegressionSample } from "../../scores/sample.js";
import { explainedShare } from "../../scores/variation.js";
import type { RegressionDefinition } from "../definition.js";
import { remembered } from "../remembered.js";
import { meanLoss } from "./mean-loss.js";
import * as of from "./measures.js";
import { names } from "./names.js";
import { numpyVariation } from "./numpy-sum.js";
import { error, share } from "./ranges.js";

const evidently = {
  library: "Evidently",
  version: "0.7.23",
  traits: {},
  precision: "float64",
  comparedWith: "library",
} as const;

const measures: readonly (readonly [name: string, measure: of.Measure])[] = [
  ["MAE", of.meanOfSizes],
  ["RMSE", of.rootOfSquares],
  [
    "MAPE",
    {
      ...error,
      names: names.mape,
      formula:
        "100 times the mean of |y_true - y_pred| / max(2.2e-16, y_true), without the sign taken off: percent.",
      traits: { zeros: "count 100% whatever was predicted; a true value below 0 makes the mean huge" },
      of: (sample) => 100 * meanLoss(sample, percentageError),
    },
  ],
  [
    "R2Score",
    {
      ...share,
      names: names.r2,
      formula: "1 - Σ(y_true - y_pred)² / Σ(y_true - mean of y_true)².",
      traits: { constants: "a constant y_true gives 1 if every prediction is exact, else 0" },
      of: ({ yTrue, yPred }) => explainedShare(sumOfSquaredErrors(yTrue, yPred), numpyVariation(yTrue)),
    },
  ],
  ["AbsMaxError", of.largestSize],
  ["MeanError", of.meanOfErrors],
];

/** Evidently's metrics of a regression. It raises an error where it finds no best constant for MAPE. */
export const evidentlyErrors: readonly RegressionDefinition[] = of.definitionsOf(
  "evidently",
  evidently,
  measures.map(([name, measure]) => [
    name,
    `evidently.metrics.${name}()`,
    { ...measure, of: (sample) => (hasWeightedMedian(sample) ? measure.of(sample) : undefined) },
  ]),
);

function percentageError(truth: number, prediction: number): number {
  if (Math.abs(truth) <= Number.EPSILON) return 1;
  return Math.abs(prediction - truth) / Math.max(truth, Number.EPSILON);
}

/**
 * Whether there is a median of the true values that are not 0, each weighted by 1 / y_true. Of weights of both
 * signs that nearly cancel out no running sum need exceed a half.
 */
const hasWeightedMedian = remembered(({ yTrue }: RegressionSample): boolean => {
  const reciprocals = yTrue.filter((truth) => truth !== 0).map((truth) => 1 / truth);
  let total = 0;
  for (const reciprocal of reciprocals) total += reciprocal;
  const weights = reciprocals.map((reciprocal) => reciprocal / total).sort();
  let sum = 0;
  for (const weight of weights) {
    sum += weight;
    if (sum > 0.5) return true;
  }
  return false;
});
