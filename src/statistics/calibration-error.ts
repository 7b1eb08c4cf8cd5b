import { binomialDraw } from "./binomial-draw.js";
import { normalQuantile } from "./normal-distribution.js";
import { seededRandom } from "./seeded-random.js";

/** Samples of about the same score. */
export interface CalibrationBins {
  totals: ArrayLike<number>;
  positives: ArrayLike<number>;
  /** Sums of the scores. */
  sums: ArrayLike<number>;
  /** Sum of (1 or 0 - score)^2 of all samples: the Brier score times their number. */
  squares: number;
}

/** How far the shares of positives are from the scores, on average over the samples. */
export interface CalibrationError {
  value: number;
  low: number;
  high: number;
  /** What a perfectly calibrated model would stay below in 95 of 100 such samples. */
  byLuck: number;
}

const draws = 1000;

/**
 * Expected calibration error, the mean of |share of positives - mean score| over bins, with its interval. The
 * error is too large by what chance adds in each bin, which binomial draws of the bins measure; the standard
 * error is that of the samples' own distances. The interval begins at 0 where the error is no larger than a
 * perfectly calibrated model's may be. 0 to 1, lower is better. Sources: M. Naeini, G. Cooper, M. Hauskrecht
 * (2015), Obtaining Well Calibrated Probabilities; J. Broecker and L. Smith (2007), Increasing the
 * Reliability of Reliability Diagrams.
 * @example calibrationError({ totals: [4], positives: [2], sums: [2], squares: 1 }, 0.95, 0).value // 0
 */
export function calibrationError(
  { totals, positives, sums, squares }: CalibrationBins,
  level: number,
  seed: number,
): CalibrationError {
  const bins = Array.from({ length: totals.length }, (_, bin) => bin).filter((bin) => totals[bin]! > 0);
  const samples = bins.reduce((sum, bin) => sum + totals[bin]!, 0);
  const errorOf = (count: (bin: number) => number) =>
    bins.reduce((sum, bin) => sum + Math.abs(count(bin) - sums[bin]!), 0) / samples;
  const value = errorOf((bin) => positives[bin]!);
  const random = seededRandom(seed);
  const drawn = new Float64Array(draws);
  const calibrated = new Float64Array(draws);
  for (let i = 0; i < draws; i++) {
    drawn[i] = errorOf((bin) => binomialDraw(totals[bin]!, positives[bin]! / totals[bin]!, random));
    calibrated[i] = errorOf((bin) => binomialDraw(totals[bin]!, sums[bin]! / totals[bin]!, random));
  }
  calibrated.sort();
  const excess = drawn.reduce((sum, each) => sum + each, 0) / draws - value;
  const standardError = Math.sqrt(Math.max(0, squares / samples - value ** 2) / samples);
  const width = normalQuantile(0.5 + level / 2) * standardError;
  const centre = value - excess;
  const isLuck = value <= calibrated[Math.ceil((0.5 + level / 2) * draws) - 1]!;
  return {
    value,
    low: isLuck ? 0 : Math.max(0, centre - width),
    high: Math.min(1, Math.max(centre + width, 0)),
    byLuck: calibrated[Math.ceil(0.95 * draws) - 1]!,
  };
}
