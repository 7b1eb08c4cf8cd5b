import { explainedVariance } from "./explained-variance.js";
import { maxError } from "./max-error.js";
import { meanAbsoluteError } from "./mean-absolute-error.js";
import { meanAbsolutePercentageError } from "./mean-absolute-percentage-error.js";
import { meanError } from "./mean-error.js";
import { meanSquaredError, rootMeanSquaredError } from "./mean-squared-error.js";
import { medianAbsoluteError } from "./median-absolute-error.js";
import { r2 } from "./r2.js";
import type { RegressionScore } from "./registry.js";
import { type Scores, scoreSheet } from "./score-sheet.js";
import { isConstant } from "./variation.js";

/** What a regression model was asked and what it answered: finite numbers, as many of the one as of the other, at least one. */
export interface RegressionSample {
  yTrue: Float64Array;
  yPred: Float64Array;
}

/**
 * All scores of a regression model, by their names in the registry, and what a reader must know about them: why one is
 * undefined, and so absent, or what to keep in mind. Each score's own file defines it.
 * @example regressionScores({ yTrue: Float64Array.of(3, -0.5, 2, 7), yPred: Float64Array.of(2.5, 0, 2, 8) }).scores.max_error // 1
 */
export function regressionScores({ yTrue, yPred }: RegressionSample): Scores<RegressionScore> {
  const sheet = scoreSheet<RegressionScore>();
  sheet.enter("r2", r2(yTrue, yPred), "it takes two samples at least");
  sheet.enter("mean_absolute_error", meanAbsoluteError(yTrue, yPred), "");
  sheet.enter("mean_squared_error", meanSquaredError(yTrue, yPred), "");
  sheet.enter("root_mean_squared_error", rootMeanSquaredError(yTrue, yPred), "");
  sheet.enter("median_absolute_error", medianAbsoluteError(yTrue, yPred), "");
  sheet.enter("mean_absolute_percentage_error", meanAbsolutePercentageError(yTrue, yPred), "");
  sheet.enter("max_error", maxError(yTrue, yPred), "");
  sheet.enter("explained_variance", explainedVariance(yTrue, yPred), "");
  sheet.enter("mean_error", meanError(yTrue, yPred), "");

  if (yTrue.length === 1) {
    sheet.caution(
      "explained_variance",
      "1 by convention: with a single sample there is no variance to explain",
    );
  } else if (isConstant(yTrue)) {
    sheet.caution("r2", "by convention 1 if every prediction is exact, else 0: y_true has one value only");
    sheet.caution(
      "explained_variance",
      "by convention 1 if all errors are equal, else 0: y_true has one value only",
    );
  }
  const zeros = yTrue.reduce((count, value) => count + (value === 0 ? 1 : 0), 0);
  if (zeros > 0 && sheet.scores.mean_absolute_percentage_error !== 0) {
    sheet.caution(
      "mean_absolute_percentage_error",
      `${zeros} of ${yTrue.length} true values are 0; an error there is divided by 2.2e-16`,
    );
  }
  return { scores: sheet.scores, notes: sheet.notes };
}
