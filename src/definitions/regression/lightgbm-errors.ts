import type { RegressionDefinition } from "../definition.js";

/** What LightGBM's `metric` says of numbers. */
export const lightgbmErrors: readonly RegressionDefinition[] = [
  {
    id: "lightgbm:mape",
    names: ["mape", "mean_absolute_percentage_error"],
    library: "LightGBM",
    version: "4.7.0",
    call: "metric='mape'",
    formula: "The mean of |y_true - y_pred| / max(1, |y_true|): true values below 1 count as 1.",
    traits: { zeros: "count as 1" },
    direction: "lower",
    range: [0, Infinity],
    precision: "float32",
    comparedWith: "library",
    kind: "regression",
    of: ({ yTrue, yPred }) => {
      let sum = 0;
      for (let i = 0; i < yTrue.length; i++) {
        const truth = Math.fround(yTrue[i]!);
        sum += Math.abs(truth - yPred[i]!) / Math.max(1, Math.abs(truth));
      }
      return sum / yTrue.length;
    },
  },
];
