import { absoluteErrors } from "../../scores/errors.js";
import { median } from "../../scores/median.js";
import type { RegressionSample } from "../../scores/sample.js";
import type { RegressionDefinition } from "../definition.js";
import { absoluteError, type Loss } from "./losses.js";
import { meanLoss, sumOf } from "./mean-loss.js";
import { names } from "./names.js";
import { error } from "./ranges.js";

const sktime = {
  library: "sktime",
  version: "1.2.0",
  traits: {},
  precision: "float64",
  comparedWith: "library",
  kind: "regression",
} as const;

type Asked = Pick<RegressionDefinition, "names" | "formula" | "of"> & Partial<RegressionDefinition>;

const zeros = { zeros: "count as 2.2e-16, so that one makes the mean huge" };
const geometric = ["gmae", "geometric_mean_absolute_error", "gmse", "geometric_mean_squared_error", "grmse"];

/** sktime's errors of forecasts, of those that need neither an order nor training data. */
export const sktimeErrors: readonly RegressionDefinition[] = [
  asked("mean_absolute_percentage_error", {
    names: names.mape,
    formula: "The mean of |y_true - y_pred| / max(2.2e-16, |y_true|), a fraction.",
    traits: zeros,
    of: (sample) => meanLoss(sample, relative),
  }),
  asked("mean_absolute_percentage_error(symmetric=True)", {
    names: [...names.mape, ...names.smape],
    range: [0, 2],
    formula: "Twice the mean of |y_true - y_pred| / (|y_true| + |y_pred|): 0 to 2.",
    traits: { zeros: "where both are 0 the error is 0" },
    of: (sample) => meanLoss(sample, symmetric),
  }),
  asked("median_absolute_percentage_error", {
    names: names.mdape,
    formula: "The median of |y_true - y_pred| / max(2.2e-16, |y_true|), a fraction.",
    of: (sample) => median(losses(sample, relative)),
  }),
  asked("median_absolute_percentage_error(symmetric=True)", {
    names: [...names.mdape, "smdape"],
    range: [0, 2],
    formula: "The median of 2 |y_true - y_pred| / (|y_true| + |y_pred|): 0 to 2.",
    of: (sample) => median(losses(sample, symmetric)),
  }),
  asked("mean_squared_percentage_error", {
    names: ["mspe", "mean_squared_percentage_error"],
    formula: "The mean of (error / max(2.2e-16, |y_true|))², a fraction.",
    traits: zeros,
    of: (sample) => meanLoss(sample, (truth, prediction) => relative(truth, prediction) ** 2),
  }),
  asked("mean_squared_percentage_error(square_root=True)", {
    names: names.rmspe,
    formula: "The square root of the mean of (error / max(2.2e-16, |y_true|))², a fraction.",
    traits: zeros,
    of: (sample) => Math.sqrt(meanLoss(sample, (truth, prediction) => relative(truth, prediction) ** 2)),
  }),
  asked("median_squared_error", {
    names: ["mdse", "median_squared_error"],
    formula: "The median of (y_true - y_pred)²; of an even number of samples the mean of the middle two.",
    of: (sample) => median(absoluteErrors(sample).map((size) => size * size)),
  }),
  asked("median_squared_error(square_root=True)", {
    names: ["rmdse", "root_median_squared_error"],
    formula: "The square root of the median of (y_true - y_pred)².",
    of: (sample) => Math.sqrt(median(absoluteErrors(sample).map((size) => size * size))),
  }),
  asked("geometric_mean_absolute_error", {
    names: geometric,
    formula: "The geometric mean of |y_true - y_pred|, where an error of 0 counts as 2.2e-16.",
    of: (sample) => Math.exp(meanLogError(sample)),
  }),
  asked("geometric_mean_squared_error", {
    names: geometric,
    formula: "The geometric mean of (y_true - y_pred)², where an error of 0 counts as 2.2e-16.",
    of: (sample) => Math.exp(2 * meanLogError(sample)),
  }),
  asked("mean_asymmetric_error", {
    names: ["mean_asymmetric_error", "asymmetric_error"],
    formula: "The mean of the error where y_pred is too low, of its square where it is too high.",
    of: (sample) =>
      meanLoss(sample, (truth, prediction) =>
        truth < prediction ? (truth - prediction) ** 2 : truth - prediction,
      ),
  }),
  asked("mean_linex_error", {
    names: ["linex", "mean_linex_error"],
    formula: "The mean of exp(e) - e - 1 with e = y_true - y_pred.",
    of: (sample) =>
      meanLoss(sample, (truth, prediction) => Math.exp(truth - prediction) - (truth - prediction) - 1),
  }),
];

const relative: Loss = (truth, prediction) =>
  absoluteError(truth, prediction) / Math.max(Number.EPSILON, Math.abs(truth));

const symmetric: Loss = (truth, prediction) =>
  (2 * absoluteError(truth, prediction)) / Math.max(Number.EPSILON, Math.abs(truth) + Math.abs(prediction));

function asked(name: string, record: Asked): RegressionDefinition {
  const [plain, options] = name.split(/[()]/);
  const call = `${plain}(y_true, y_pred${options ? `, ${options}` : ""})`;
  return { ...sktime, ...error, id: `sktime:${name}`, call, ...record };
}

function losses({ yTrue, yPred }: RegressionSample, loss: Loss): Float64Array {
  return yTrue.map((truth, i) => loss(truth, yPred[i]!));
}

function meanLogError(sample: RegressionSample): number {
  const sizes = absoluteErrors(sample);
  return sumOf(sizes.length, (i) => Math.log(sizes[i] || Number.EPSILON)) / sizes.length;
}
