import type { RegressionDefinition } from "../definition.js";
import * as shares from "./measured-shares.js";
import * as of from "./measures.js";
import { error } from "./ranges.js";

const polars = {
  library: "polars",
  version: "2.1.0",
  traits: {},
  precision: "float64",
  comparedWith: "library",
  kind: "regression",
} as const;

const difference = `(col("p") - col("y"))`;

/** polars' aggregates of true values y and predictions p. */
export const polarsAggregates: readonly RegressionDefinition[] = [
  asked("mean(abs)", `${difference}.abs().mean()`, of.meanOfSizes),
  asked("mean(squares)", `(${difference} ** 2).mean()`, of.meanOfSquares),
  asked("rmse", `(${difference} ** 2).mean().sqrt()`, of.rootOfSquares),
  asked("mean(relative)", `(${difference} / col("y")).abs().mean()`, of.meanOfRatios),
  asked("std(error)", `${difference}.std()`, of.spread(1)),
  asked("corr(spearman)", `polars.corr("y", "p", method="spearman")`, shares.spearman(NaN)),
  asked("median(abs)", `${difference}.abs().median()`, of.continuousQuantile(0.5)),
  ...[0.5, 0.9].flatMap((share) => [
    asked(`quantile(${share})(abs)`, `${difference}.abs().quantile(${share})`, {
      ...at(share, (place) => Math.round(place)),
      formula: `The ${share}-quantile of |y_true - y_pred|, the value nearest to that place: of the middle two the upper.`,
    }),
    asked(`quantile(${share}, lower)(abs)`, `${difference}.abs().quantile(${share}, "lower")`, {
      ...at(share, Math.floor),
      formula: `The ${share}-quantile of |y_true - y_pred|, the value below that place.`,
    }),
    asked(`quantile(${share}, higher)(abs)`, `${difference}.abs().quantile(${share}, "higher")`, {
      ...at(share, Math.ceil),
      formula: `The ${share}-quantile of |y_true - y_pred|, the value above that place.`,
    }),
    asked(`quantile(${share}, midpoint)(abs)`, `${difference}.abs().quantile(${share}, "midpoint")`, {
      ...error,
      names: of.quantileNames(share),
      formula: `The ${share}-quantile of |y_true - y_pred|, the mean of the values below and above that place.`,
      of: (sample) => (at(share, Math.floor).of(sample)! + at(share, Math.ceil).of(sample)!) / 2,
    }),
    asked(
      `quantile(${share}, linear)(abs)`,
      `${difference}.abs().quantile(${share}, "linear")`,
      of.continuousQuantile(share),
    ),
    asked(
      `quantile(${share}, equiprobable)(abs)`,
      `${difference}.abs().quantile(${share}, "equiprobable")`,
      of.discreteQuantile(share),
    ),
  ]),
];

function asked(name: string, call: string, measure: of.Measure): RegressionDefinition {
  return { ...polars, id: `polars:${name}`, call, ...measure };
}

/** The sorted error at the place, from 0, that `round` makes of the share of the way to the last. */
function at(share: number, round: (place: number) => number): Omit<of.Measure, "formula"> {
  return {
    ...error,
    names: of.quantileNames(share),
    of(sample) {
      const sizes = of.sortedSizes(sample);
      return sizes[round(share * (sizes.length - 1))];
    },
  };
}
