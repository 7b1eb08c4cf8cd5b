import { d2AbsoluteError } from "../../scores/d2-absolute-error-score.js";
import { errors } from "../../scores/errors.js";
import { sumOfSquaredErrors } from "../../scores/mean-squared-error.js";
import { sortNumbers } from "../../scores/sort-numbers.js";
import { explainedShare } from "../../scores/variation.js";
import type { RegressionDefinition } from "../definition.js";
import { isTweedie, pinball, tweedieDeviance } from "./losses.js";
import { every, meanLoss } from "./mean-loss.js";
import { names } from "./names.js";
import { numpyMean, numpyVariation } from "./numpy-sum.js";
import { averagedQuantile } from "./quantiles.js";
import { share } from "./ranges.js";

export const sklearn = {
  library: "scikit-learn",
  version: "1.9.1",
  traits: {},
  precision: "float64",
  comparedWith: "library",
  kind: "regression",
} as const;

const facts = { ...sklearn, ...share };
const finite = { constants: "a constant y_true gives 1 if every prediction is exact, else 0" };
const rounded =
  ", unless its mean is rounded away from it, as of 18 times 1.2350750303131321: then a number like -1e34";

/** scikit-learn's shares of an error that a model explains. */
export const sklearnShares: readonly RegressionDefinition[] = [
  {
    ...facts,
    id: "sklearn:r2_score",
    names: names.r2,
    call: "r2_score(y_true, y_pred)",
    formula: "1 - Σ(y_true - y_pred)² / Σ(y_true - mean of y_true)².",
    traits: { constants: finite.constants + rounded },
    of: ({ yTrue, yPred }) =>
      yTrue.length < 2 ? NaN : explainedShare(sumOfSquaredErrors(yTrue, yPred), numpyVariation(yTrue)),
  },
  {
    ...facts,
    id: "sklearn:r2_score(force_finite=False)",
    names: names.r2,
    call: "r2_score(y_true, y_pred, force_finite=False)",
    formula: "1 - Σ(y_true - y_pred)² / Σ(y_true - mean of y_true)², also where that is not finite.",
    traits: { constants: "a constant y_true gives -inf, or NaN if every prediction is exact" },
    of: ({ yTrue, yPred }) =>
      yTrue.length < 2 ? NaN : 1 - sumOfSquaredErrors(yTrue, yPred) / numpyVariation(yTrue),
  },
  {
    ...facts,
    id: "sklearn:explained_variance_score",
    names: names.explained,
    call: "explained_variance_score(y_true, y_pred)",
    formula: "1 - Var(y_true - y_pred) / Var(y_true): a constant offset is forgiven.",
    traits: { constants: "a constant y_true gives 1 if all errors are equal, else 0" },
    of: (sample) => explainedShare(numpyVariation(errors(sample)), numpyVariation(sample.yTrue)),
  },
  {
    ...facts,
    id: "sklearn:d2_absolute_error_score",
    names: ["d2_absolute_error_score", "d2_absolute_error", "d2"],
    call: "d2_absolute_error_score(y_true, y_pred)",
    formula: "1 - Σ|y_true - y_pred| / Σ|y_true - median of y_true|.",
    traits: finite,
    of: ({ yTrue, yPred }) => d2AbsoluteError(yTrue, yPred) ?? NaN,
  },
  ...[0.1, 0.9].map(d2Pinball),
  ...[0, 1, 2].map(d2Tweedie),
];

function d2Pinball(alpha: number): RegressionDefinition {
  return {
    ...facts,
    id: `sklearn:d2_pinball_score(${alpha})`,
    names: ["d2_pinball_score", "d2_pinball", "d2"],
    call: `d2_pinball_score(y_true, y_pred, alpha=${alpha})`,
    formula: `1 - the mean pinball loss / that of always predicting the ${alpha}-quantile of y_true.`,
    traits: finite,
    of(sample) {
      if (sample.yTrue.length < 2) return NaN;
      const sorted = sample.yTrue.slice();
      sortNumbers(sorted);
      const quantile = averagedQuantile(sorted, alpha);
      const loss = pinball(alpha);
      const unexplained = meanLoss(sample, loss);
      return explainedShare(
        unexplained,
        meanLoss(sample, (truth) => loss(truth, quantile)),
      );
    },
  };
}

function d2Tweedie(power: number): RegressionDefinition {
  return {
    ...facts,
    id: `sklearn:d2_tweedie_score(${power})`,
    names: ["d2_tweedie_score", "d2_tweedie", "d2"],
    call: `d2_tweedie_score(y_true, y_pred, power=${power})`,
    formula: `1 - the mean Tweedie deviance of power ${power} / that of always predicting the mean of y_true.`,
    traits: { constants: "a constant y_true raises ZeroDivisionError" },
    of(sample) {
      const { yTrue } = sample;
      if (yTrue.length < 2) return NaN;
      if (!every(sample, isTweedie(power))) return undefined;
      const mean = numpyMean(yTrue);
      const deviance = tweedieDeviance(power);
      const total = meanLoss(sample, (truth) => deviance(truth, mean));
      return total === 0 ? undefined : 1 - meanLoss(sample, deviance) / total;
    },
  };
}
