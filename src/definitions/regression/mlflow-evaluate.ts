import { meanAbsolutePercentageError } from "../../scores/mean-absolute-percentage-error.js";
import { sumOfSquaredErrors } from "../../scores/mean-squared-error.js";
import { explainedShare } from "../../scores/variation.js";
import type { RegressionDefinition } from "../definition.js";
import * as of from "./measures.js";
import { names } from "./names.js";
import { numpyMean, numpySum, numpyVariation } from "./numpy-sum.js";
import { error, share, signed } from "./ranges.js";

const mlflow = {
  library: "MLflow",
  version: "3.17.2",
  traits: {},
  precision: "float64",
  comparedWith: "library",
} as const;

/** What MLflow logs of a regressor, most of it scikit-learn's. */
export const mlflowEvaluate: readonly RegressionDefinition[] = of.definitionsOf(
  "mlflow",
  mlflow,
  (
    [
      ["mean_absolute_error", of.meanOfSizes],
      ["mean_squared_error", of.meanOfSquares],
      ["root_mean_squared_error", of.rootOfSquares],
      ["max_error", of.largestSize],
      [
        "mean_absolute_percentage_error",
        {
          ...error,
          names: names.mape,
          formula: "The mean of |y_true - y_pred| / max(2.2e-16, |y_true|), a fraction.",
          traits: { zeros: "count as 2.2e-16, so that one makes the mean huge" },
          of: ({ yTrue, yPred }) => meanAbsolutePercentageError(yTrue, yPred),
        },
      ],
      [
        "r2_score",
        {
          ...share,
          names: names.r2,
          formula: "1 - Σ(y_true - y_pred)² / Σ(y_true - mean of y_true)².",
          traits: { constants: "a constant y_true gives 1 if every prediction is exact, else 0" },
          of: ({ yTrue, yPred }) => explainedShare(sumOfSquaredErrors(yTrue, yPred), numpyVariation(yTrue)),
        },
      ],
      [
        "mean_on_target",
        {
          ...signed,
          names: ["mean_on_target", "mean_of_target"],
          formula: "The mean of y_true, whatever was predicted: no error.",
          of: ({ yTrue }) => numpyMean(yTrue),
        },
      ],
      [
        "sum_on_target",
        {
          ...signed,
          names: ["sum_on_target", "sum_of_target"],
          formula: "The sum of y_true, whatever was predicted: no error.",
          of: ({ yTrue }) => numpySum(yTrue),
        },
      ],
    ] satisfies (readonly [string, of.Measure])[]
  ).map(([name, measure]) => [name, `mlflow.models.evaluate(...).metrics["${name}"]`, measure] as const),
);
