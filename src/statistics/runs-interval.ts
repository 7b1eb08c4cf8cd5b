import type { Interval } from "./estimate.js";
import { studentInterval } from "./grouped-interval.js";

/**
 * The interval of a difference of models that were trained several times, with what makes it as wide as it
 * is.
 */
export interface RunsInterval {
  interval: Interval | undefined;
  /** Standard error by the samples of the test set. */
  ofSamples: number;
  /** Standard error by the runs: what another seed changes. */
  ofRuns: number;
}

/** How far the samples alone may put a value off. */
export interface SampleError {
  standardError: number;
  degreesOfFreedom: number;
}

/**
 * The difference of two models' mean scores over runs (such as seeds) on the same samples: of other samples
 * and other runs. Both variances add up; the degrees of freedom are Welch and Satterthwaite's of all three
 * parts. Source: F. E. Satterthwaite (1946), An Approximate Distribution of Estimates of Variance Components.
 * @param difference of the means over the runs
 * @param samples its standard error by the samples
 * @param runsOfA the score of each run, 2 or more
 * @example runsInterval(0, { standardError: 0, degreesOfFreedom: 9 }, [1, 1], [1, 1], 0.95).interval?.p // 1
 */
export function runsInterval(
  difference: number,
  samples: SampleError,
  runsOfA: readonly number[],
  runsOfB: readonly number[],
  level: number,
): RunsInterval {
  const ofSamples = samples.standardError ** 2;
  const sources = [
    { variance: ofSamples, freedom: samples.degreesOfFreedom },
    { variance: varianceOfMean(runsOfA), freedom: runsOfA.length - 1 },
    { variance: varianceOfMean(runsOfB), freedom: runsOfB.length - 1 },
  ];
  const total = sources.reduce((sum, { variance }) => sum + variance, 0);
  const squares = sources.reduce((sum, { variance, freedom }) => sum + variance ** 2 / freedom, 0);
  const freedom = squares > 0 ? total ** 2 / squares : samples.degreesOfFreedom;
  return {
    interval: studentInterval(difference, Math.sqrt(total), freedom, level),
    ofSamples: samples.standardError,
    ofRuns: Math.sqrt(total - ofSamples),
  };
}

function varianceOfMean(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return squares / (values.length - 1) / values.length;
}
