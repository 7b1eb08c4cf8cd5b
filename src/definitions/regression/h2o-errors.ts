import { meanAbsoluteError } from "../../scores/mean-absolute-error.js";
import { meanSquaredError, rootMeanSquaredError } from "../../scores/mean-squared-error.js";
import { h2o } from "../classification/h2o-facts.js";
import type { RegressionDefinition } from "../definition.js";
import { float32Truth } from "./float32-sample.js";
import { squaredLogError } from "./losses.js";
import { meanLoss } from "./mean-loss.js";
import { names } from "./names.js";
import { error, share } from "./ranges.js";

const facts = { ...h2o, kind: "regression", traits: {} } as const;

/** What H2O says of numbers: `h2o.make_metrics(predicted, actuals)`. It takes the true values as float32. */
export const h2oErrors: readonly RegressionDefinition[] = [
  {
    ...facts,
    ...error,
    id: "h2o:MSE(numbers)",
    names: names.mse,
    call: "h2o.make_metrics(predicted, actuals).mse()",
    formula: "The mean of (y_true - y_pred)².",
    of: (sample) => meanSquaredError(float32Truth(sample).yTrue, sample.yPred),
  },
  {
    ...facts,
    ...error,
    id: "h2o:RMSE(numbers)",
    names: names.rmse,
    call: "h2o.make_metrics(predicted, actuals).rmse()",
    formula: "The square root of the mean of (y_true - y_pred)².",
    of: (sample) => rootMeanSquaredError(float32Truth(sample).yTrue, sample.yPred),
  },
  {
    ...facts,
    ...error,
    id: "h2o:mae(numbers)",
    names: names.mae,
    call: "h2o.make_metrics(predicted, actuals).mae()",
    formula: "The mean of |y_true - y_pred|.",
    of: (sample) => meanAbsoluteError(float32Truth(sample).yTrue, sample.yPred),
  },
  {
    ...facts,
    ...error,
    id: "h2o:rmsle(numbers)",
    names: names.rmsle,
    call: "h2o.make_metrics(predicted, actuals).rmsle()",
    formula: "The square root of the mean of (ln(1 + y_true) - ln(1 + y_pred))².",
    of: (sample) => Math.sqrt(meanLoss(float32Truth(sample), squaredLogError)),
  },
  {
    ...facts,
    ...share,
    id: "h2o:r2(numbers)",
    names: names.r2,
    call: "h2o.make_metrics(predicted, actuals).r2()",
    formula:
      "1 less the mean of (y_true - y_pred)² over the variance of y_true, which is the mean of its squares less the square of its mean.",
    of(sample) {
      const { yTrue, yPred } = float32Truth(sample);
      let [sum, ofSquares] = [0, 0];
      for (const truth of yTrue) {
        sum += truth;
        ofSquares += truth * truth;
      }
      const n = yTrue.length;
      const variance = ofSquares / n - (sum * sum) / (n * n);
      return 1 - meanSquaredError(yTrue, yPred) / variance;
    },
  },
];
