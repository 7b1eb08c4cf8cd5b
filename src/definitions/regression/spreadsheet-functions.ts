import { errors } from "../../scores/errors.js";
import { sumOfSquaredErrors } from "../../scores/mean-squared-error.js";
import type { RegressionSample } from "../../scores/sample.js";
import { variation } from "../../scores/variation.js";
import type { RegressionDefinition } from "../definition.js";
import { compensatedMoments } from "./compensated-moments.js";
import * as shares from "./measured-shares.js";
import * as of from "./measures.js";
import type { Moments } from "./numpy-moments.js";
import { lineQuantile } from "./quantiles.js";
import { error } from "./ranges.js";

const constants = "#DIV/0!";

const functions: readonly (readonly [name: string, call: string, measure: of.Measure])[] = [
  [
    "RSQ",
    "=RSQ(y, p)",
    moment(shares.squaredCorrelation, ({ truths, predictions, products }) => {
      const divisor = Math.sqrt(truths * predictions);
      return divisor === 0 ? undefined : (products / divisor) ** 2;
    }),
  ],
  ...["CORREL", "PEARSON"].map(
    (name) =>
      [
        name,
        `=${name}(y, p)`,
        moment(shares.pearson(undefined), ({ truths, predictions, products }) => {
          const divisor = Math.sqrt(truths * predictions);
          return divisor === 0 ? undefined : products / divisor;
        }),
      ] as const,
  ),
  [
    "SLOPE",
    "=SLOPE(y, p)",
    moment(shares.slope(undefined), ({ predictions, products }) =>
      predictions === 0 ? undefined : products / predictions,
    ),
  ],
  [
    "INTERCEPT",
    "=INTERCEPT(y, p)",
    moment(shares.intercept, ({ truthMean, predictionMean, predictions, products }) =>
      predictions === 0 ? undefined : truthMean - (products / predictions) * predictionMean,
    ),
  ],
  [
    "STEYX",
    "=STEYX(y, p)",
    moment(
      {
        ...error,
        names: ["steyx", "standard_error", "standard_error_of_estimate", "see", "rse", "rmse"],
        formula:
          "The standard error, by n - 2, of the line of y_true over y_pred: the errors of that line, not of the predictions.",
        of: () => undefined,
      },
      ({ n, truths, predictions, products }) =>
        n < 3 || predictions === 0
          ? undefined
          : Math.sqrt(Math.max(0, truths - (products * products) / predictions) / (n - 2)),
    ),
  ],
  ["COVARIANCE.P", "=COVARIANCE.P(y, p)", shares.covariance(0)],
  ["COVARIANCE.S", "=COVARIANCE.S(y, p)", shares.covariance(1)],
  ["SUMXMY2/COUNT", "=SUMXMY2(y, p) / COUNT(y)", of.meanOfSquares],
  ["SQRT(SUMXMY2/COUNT)", "=SQRT(SUMXMY2(y, p) / COUNT(y))", of.rootOfSquares],
  [
    "1-SUMXMY2/DEVSQ",
    "=1 - SUMXMY2(y, p) / DEVSQ(y)",
    {
      ...shares.ratioOfSquares(constants),
      of: ({ yTrue, yPred }) => explained(sumOfSquaredErrors(yTrue, yPred), variation(yTrue)),
    },
  ],
  [
    "1-VAR.P/VAR.P",
    "=1 - VAR.P(y - p) / VAR.P(y), as an array formula",
    {
      ...shares.ratioOfVariances(constants),
      of: (sample) => explained(variation(errors(sample)), variation(sample.yTrue)),
    },
  ],
  ["AVERAGE(ABS)", "=AVERAGE(ABS(y - p)), as an array formula", of.meanOfSizes],
  [
    "AVERAGE(relative)",
    "=AVERAGE(ABS((y - p) / y)), as an array formula",
    {
      ...of.meanOfRatios,
      traits: { zeros: "a true value of 0 gives #DIV/0!" },
      of: (sample) => (sample.yTrue.includes(0) ? undefined : of.meanOfRatios.of(sample)),
    },
  ],
  ["AVERAGE(error)", "=AVERAGE(p - y), as an array formula", of.meanOfErrors],
  ["MEDIAN(ABS)", "=MEDIAN(ABS(y - p)), as an array formula", of.continuousQuantile(0.5)],
  ["MAX(ABS)", "=MAX(ABS(y - p)), as an array formula", of.largestSize],
  [
    "PERCENTILE.INC(ABS;0.9)",
    "=PERCENTILE.INC(ABS(y - p), 0.9), as an array formula",
    of.continuousQuantile(0.9),
  ],
  [
    "PERCENTILE.EXC(ABS;0.9)",
    "=PERCENTILE.EXC(ABS(y - p), 0.9), as an array formula",
    {
      ...error,
      names: of.quantileNames(0.9),
      formula:
        "The 0.9-quantile of |y_true - y_pred|, on the line between the two nearest, with one place more at each end: an error for fewer than 9 samples.",
      of(sample) {
        const sizes = of.sortedSizes(sample);
        return 0.9 * (sizes.length + 1) > sizes.length ? undefined : lineQuantile(0, 0)(sizes, 0.9);
      },
    },
  ],
  ["STDEV.S(error)", "=STDEV.S(p - y), as an array formula", of.spread(1)],
];

const cells = { traits: {}, precision: "float64" } as const;

/** LibreOffice Calc's functions of a range y of true values and a range p of predictions. */
export const libreofficeFunctions: readonly RegressionDefinition[] = of.definitionsOf(
  "libreoffice",
  { ...cells, library: "LibreOffice", version: "7.4.7.2", comparedWith: "library" },
  functions,
);

/** Excel's functions of the same names, which its documentation defines alike. */
export const excelFunctions: readonly RegressionDefinition[] = of.definitionsOf(
  "excel",
  { ...cells, library: "Excel", version: "Microsoft 365", comparedWith: "documentation" },
  functions,
);

function explained(unexplained: number, total: number): number | undefined {
  return total === 0 ? undefined : 1 - unexplained / total;
}

/** The measure, of the moments as a spreadsheet has them. */
function moment(
  measure: of.Measure,
  answer: (moments: Omit<Moments, "sizes">) => number | undefined,
): of.Measure {
  return {
    ...measure,
    traits: { ...measure.traits, constants },
    of: (sample: RegressionSample) => answer(compensatedMoments(sample)),
  };
}
