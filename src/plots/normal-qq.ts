import { normalQuantile } from "../statistics/normal-distribution.js";
import { CompensatedSum } from "./compensated-sum.js";
import { type ErrorColumn, errorColumn } from "./error-column.js";
import { keptPlot } from "./kept-plot.js";
import type { Predictions } from "./open-predictions.js";
import type { PlotData, Reasons } from "./plot-schema.js";
import { mostCurvePoints, thinCurve } from "./thin-curve.js";
import { exactness, type ValueGroups, valueGroups } from "./value-groups.js";

const note =
  "every point is exact; the line is fitted to bins of errors, within the bounds given, and points between two others share a bin";

/**
 * Ordered errors, y_pred - y_true, against the quantiles that as many normal ones would have: on a line where
 * errors are normal. Source: scipy 1.17, `probplot` (Filliben's estimates of the order statistics' medians,
 * and least squares).
 * @param options.exactUpTo samples beyond which errors are put into bins; a million by default
 * @throws TrackingError INVALID_ARGUMENT for a classification; PREDICTIONS_NOT_READABLE
 */
export async function normalQq(
  predictions: Predictions,
  { signal, exactUpTo }: { signal?: AbortSignal | undefined; exactUpTo?: number | undefined } = {},
): Promise<PlotData<"normal_qq">> {
  return keptPlot(
    predictions,
    "normal_qq",
    [exactUpTo],
    (giveUp) => compare(predictions, exactUpTo, giveUp),
    signal,
  );
}

async function compare(
  predictions: Predictions,
  exactUpTo: number | undefined,
  signal: AbortSignal,
): Promise<PlotData<"normal_qq">> {
  const column = await errorColumn(predictions, signal);
  const groups = await valueGroups(column.errors, undefined, signal, {
    range: column.range,
    exactUpTo,
  });
  return {
    plot: "normal_qq",
    samples: predictions.samples,
    ...points(groups),
    ...fitLine(column, groups),
    exactness: exactness(groups, note),
  };
}

/**
 * Filliben's estimate of the median of the order statistic at a place (from 0), as a quantile of the normal
 * distribution.
 */
function fillibenQuantile(place: number, samples: number): number {
  if (samples === 1) return 0;
  // From the nearer end, where a probability near 1 would lose its last digits.
  if (2 * place >= samples) return -fillibenQuantile(samples - 1 - place, samples);
  if (place === 0) return normalQuantile(-Math.expm1(Math.log(0.5) / samples));
  return normalQuantile((place + 1 - 0.3175) / (samples + 0.365));
}

/** Both ends of each group: errors that occur, at places that are known. */
function points({ samples, min, max, total }: ValueGroups) {
  const theoretical: number[] = [];
  const ordered: number[] = [];
  let place = 0;
  for (let group = 0; group < min.length; group++) {
    theoretical.push(fillibenQuantile(place, samples));
    ordered.push(min[group]!);
    place += total[group]!;
    if (total[group]! > 1) {
      theoretical.push(fillibenQuantile(place - 1, samples));
      ordered.push(max[group]!);
    }
  }
  const width = theoretical.at(-1)! - theoretical[0]! || 1;
  const least = ordered[0]!;
  const height = ordered.at(-1)! - least || 1;
  const { kept, maxDeviation } = thinCurve(
    theoretical.map((quantile) => quantile / width),
    ordered.map((error) => (error - least) / height),
    mostCurvePoints,
  );
  return {
    theoretical_quantile: Array.from(kept, (i) => theoretical[i]!),
    ordered_error: Array.from(kept, (i) => ordered[i]!),
    thinning: { points_of_curve: ordered.length, max_deviation: maxDeviation },
  };
}

/**
 * Least squares of errors on quantiles, whose mean is 0. Where a group's errors differ, their order within it
 * is not known: what it may add to the sum of products is between 0 and a quarter of count times both ranges
 * (Popoviciu's bound).
 */
function fitLine({ errors, mean, unit, squares }: ErrorColumn, groups: ValueGroups) {
  const samples = errors.length;
  const nothing = { slope_error_bound: 0, r_error_bound: 0 };
  if (samples < 2) {
    const reason = "one sample makes no line";
    const reasons: Reasons = { slope: reason, intercept: reason, r: reason };
    return { slope: null, intercept: null, r: null, ...nothing, reasons };
  }

  const quantiles = new QuantileSums(samples);
  const products = new CompensatedSum();
  let unknown = 0;
  let place = 0;
  for (let group = 0; group < groups.min.length; group++) {
    const total = groups.total[group]!;
    const next = place + total;
    products.add(quantiles.sum(place, next) * (groups.sum[group]! / total - mean));
    const errorRange = groups.max[group]! - groups.min[group]!;
    if (errorRange > 0) {
      const quantileRange = fillibenQuantile(next - 1, samples) - fillibenQuantile(place, samples);
      unknown += (total * quantileRange * errorRange) / 4;
    }
    place = next;
  }
  const quantileSquares = quantiles.squares();
  // The middle of what it may be.
  const product = products.value + unknown / 2;
  const slope = product / quantileSquares;
  const scale = Math.sqrt(quantileSquares * squares);
  const reasons: Reasons = scale === 0 ? { r: "all errors are equal" } : {};
  return {
    slope,
    intercept: mean,
    r: scale === 0 ? null : Math.min(1, product / unit / scale),
    slope_error_bound: unknown / 2 / quantileSquares,
    r_error_bound: scale === 0 ? 0 : unknown / unit / 2 / scale,
    reasons,
  };
}

/** Places from either end, whose quantiles are added up one by one: there the closed form is not exact. */
const tail = 2000;

/**
 * Sums of the quantiles of neighbouring places. Quantiles are the normal quantile function Q at the middles
 * of intervals of the length h = 1 / (n + 0.365), so that away from the ends a sum is an integral, by the
 * midpoint rule with its first correction: h * sum f = integral f - h^2 / 24 * [f']. The integral of Q is
 * -phi(Q), that of Q^2 is p - Q phi(Q), where phi is the normal density.
 */
class QuantileSums {
  readonly #samples: number;

  constructor(samples: number) {
    this.#samples = samples;
  }

  /** Of the places from `from` up to, not including, `to`. */
  sum(from: number, to: number): number {
    const inner = this.#inner(from, to);
    let sum = 0;
    for (let place = from; place < Math.min(to, inner.from); place++) sum += this.#quantile(place);
    for (let place = Math.max(from, inner.to); place < to; place++) sum += this.#quantile(place);
    if (inner.from >= inner.to) return sum;
    const step = 1 / (this.#samples + 0.365);
    const [a, b] = [this.#edge(inner.from), this.#edge(inner.to)];
    const integral = density(a) - density(b);
    return sum + (integral - ((step * step) / 24) * (1 / density(b) - 1 / density(a))) / step;
  }

  /** Of the squares of all. */
  squares(): number {
    const samples = this.#samples;
    const inner = this.#inner(0, samples);
    const squares = new CompensatedSum();
    for (let place = 0; place < inner.from; place++) squares.add(this.#quantile(place) ** 2);
    for (let place = inner.to; place < samples; place++) squares.add(this.#quantile(place) ** 2);
    if (inner.from >= inner.to) return squares.value;
    const step = 1 / (samples + 0.365);
    const [a, b] = [this.#edge(inner.from), this.#edge(inner.to)];
    const integral = (inner.to - inner.from) * step - b * density(b) + a * density(a);
    squares.add((integral - ((step * step) / 24) * ((2 * b) / density(b) - (2 * a) / density(a))) / step);
    return squares.value;
  }

  /** The part for which the closed form holds; empty where it would not be worth it. */
  #inner(from: number, to: number): { from: number; to: number } {
    const [first, last] = [Math.max(from, tail), Math.min(to, this.#samples - tail)];
    return last - first < 20 ? { from: to, to } : { from: first, to: last };
  }

  #quantile(place: number): number {
    return fillibenQuantile(place, this.#samples);
  }

  /** The quantile half a step before a place. */
  #edge(place: number): number {
    return normalQuantile((place + 0.5 - 0.3175) / (this.#samples + 0.365));
  }
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}
