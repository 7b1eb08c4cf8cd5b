import type { Score } from "../../scores/registry.js";
import { type Estimate, estimateInterval } from "../../statistics/estimate.js";
import { effectiveGroups } from "../../statistics/grouped-interval.js";
import { normalQuantile } from "../../statistics/normal-distribution.js";
import { waves } from "../../statistics/ordered-interval.js";
import { runsInterval, type SampleError } from "../../statistics/runs-interval.js";
import { TrackingError } from "../../tracking-error.js";
import type { Dependence, DependenceSettings } from "../dependence/dependence.js";
import { dependentInterval } from "../dependence/dependent-interval.js";
import { estimateGap } from "../dependence/estimate-gap.js";
import { scoreEstimates } from "../dependence/score-estimates.js";
import { judgeDifference } from "../difference/judge-difference.js";
import { noSpread } from "../intervals/add-interval.js";
import type { JudgedSample } from "../pairing/judged-sample.js";
import { type Evaluation, pairEvaluations } from "../pairing/pair-evaluations.js";
import type { RunsDifference } from "./runs-schema.js";

/** A model's score on one test set over its runs. */
export interface SeededModel {
  /** The mean over the runs, with each sample's part in it. */
  mean: Estimate;
  values: number[];
  /** How the samples depend on each other, where they do. */
  dependence: Dependence | undefined;
  /** Its first run. */
  sample: JudgedSample;
}

/** @throws TrackingError NOT_COMPARABLE where a run has no such score, or other samples than the first */
export function seededModel(
  runs: readonly Evaluation[],
  first: Evaluation,
  score: Score,
  { level, ...dependenceSettings }: DependenceSettings & { level: number },
): SeededModel {
  let dependence: Dependence | undefined;
  let sample: JudgedSample | undefined;
  const estimates = runs.map((run) => {
    const { b } = pairEvaluations(first, run, dependenceSettings);
    if (b.weights) throw weightedRuns(run);
    dependence ??= b.dependence;
    sample ??= b;
    const [found] = scoreEstimates(b, (name) => name === score.name, level);
    if (found?.estimate) return found.estimate;
    throw new TrackingError(
      "NOT_COMPARABLE",
      `experiment ${run.record.predictionId} cannot be judged by ${score.name}: ${found?.reason ?? "it does not have what the score is computed from"}; give another score`,
    );
  });
  const parts = new Float64Array(estimates[0]!.parts.length);
  for (const each of estimates) {
    for (let i = 0; i < parts.length; i++) parts[i]! += each.parts[i]! / estimates.length;
  }
  const values = estimates.map(({ value }) => value);
  const value = values.reduce((sum, each) => sum + each, 0) / values.length;
  return { mean: { value, parts }, values, dependence, sample: sample! };
}

/** What each sample has a part in is known of unweighted scores only. */
function weightedRuns({ record }: Evaluation): TrackingError {
  return new TrackingError(
    "NOT_COMPARABLE",
    `the scores of experiment ${record.predictionId} are weighted by sample_weight, and runs on one test set are compared by scores without weights; compare two of the runs, or log them again without sample_weight`,
  );
}

/** What the runs on one test set say of a model and the first. */
export function judgeSeeds(
  first: SeededModel,
  other: SeededModel,
  score: Score,
  level: number,
): Omit<RunsDifference, "model" | "p_corrected" | "verdict"> {
  const difference = estimateGap(score.direction, first.mean, other.mean);
  const samples = sampleError(difference, [first, other], score, level);
  const found =
    "reason" in samples
      ? undefined
      : runsInterval(difference.value, samples, first.values, other.values, level);
  return {
    difference: difference.value,
    low: found?.interval?.low ?? null,
    high: found?.interval?.high ?? null,
    p: found?.interval?.p ?? null,
    method: found?.interval ? "variance of samples and runs, Satterthwaite's t" : null,
    error_of_samples: found?.ofSamples ?? null,
    error_of_runs: found?.ofRuns ?? null,
    reason: found?.interval ? null : "reason" in samples ? samples.reason : noSpread,
  };
}

/**
 * The error that the samples make; none where a comparison of two of the runs gives no interval. Of rare
 * classes and heavy tails the samples' own deviation says too little: then it is taken as much wider as that
 * interval is.
 */
function sampleError(
  difference: Estimate,
  [first, other]: readonly [SeededModel, SeededModel],
  { name, direction }: Score,
  level: number,
): SampleError | { reason: string } {
  const [judged] = judgeDifference(first.sample, other.sample, { level, seed: 0, scores: [name] }).scores;
  if (judged?.low === null || judged?.high === null || judged?.p === null || !judged) {
    return { reason: judged?.reason ?? noSpread };
  }
  const dependence = first.dependence ?? other.dependence;
  if (dependence) {
    const { interval, reason } = dependentInterval(difference, dependence, level);
    if (!interval) return { reason };
    const degreesOfFreedom = dependence.by === "group" ? effectiveGroups(dependence) - 1 : waves;
    return { standardError: interval.standardError, degreesOfFreedom };
  }
  const [ofA, ofB] = [first, other].map(
    ({ sample }) => scoreEstimates(sample, (each) => each === name, level)[0]!.estimate!,
  );
  const errorOf = (estimate: Estimate) => estimateInterval(estimate, level)?.standardError ?? 0;
  const ofTwo = errorOf(estimateGap(direction, ofA!, ofB!));
  const ofInterval = (judged.high - judged.low) / (2 * normalQuantile(0.5 + level / 2));
  const wider = ofTwo > 0 ? Math.max(1, ofInterval / ofTwo) : 1;
  return {
    standardError: errorOf(difference) * wider,
    degreesOfFreedom: difference.parts.length - 1,
  };
}
