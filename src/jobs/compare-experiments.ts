import type { ExperimentRecord } from "../experiment/experiment-record.js";
import {
  type CompareSettings,
  checkedSettings,
  compareEvaluations,
  evaluationIntervals,
  type JudgingSettings,
} from "../judge/compare-evaluations.js";
import type { Comparison, ScoreDifference, ScoreInterval, Verdict } from "../judge/judge-schema.js";

import { checkComparable } from "../judge/pairing/pair-evaluations.js";
import { holm } from "../statistics/holm.js";
import { TrackingError } from "../tracking-error.js";
import { findExperiment, findExperiments, type Place } from "./find-experiments.js";
import { readEvaluation } from "./read-evaluation.js";

export interface JudgingOptions extends Place, JudgingSettings {}

export interface CompareOptions extends Place, CompareSettings {}

/**
 * Compares experiment `b` with experiment `a` sample by sample: every score's difference with interval and
 * p-value, and a verdict. Samples are aligned by their ids, whatever the order; without ids beside the
 * predictions, by their order, which the digest then covers.
 * @throws TrackingError NOT_COMPARABLE where the test sets differ, unless `onSharedSamples`; where a sample
 * id stands twice; and where one is a classification and the other a regression. UNKNOWN_EXPERIMENT,
 * UNKNOWN_PROJECT, INVALID_ARGUMENT, PREDICTIONS_NOT_READABLE
 */
export async function compareExperiments(
  a: string,
  b: string,
  options: CompareOptions = {},
): Promise<Comparison> {
  checkedSettings(options); // before anything is read
  const [[recordA], [recordB]] = (await findExperiments([a, b], options)) as [
    [ExperimentRecord],
    [ExperimentRecord],
  ];
  checkComparable(recordA, recordB, options.onSharedSamples);
  return compareEvaluations(
    await readEvaluation(recordA, options),
    await readEvaluation(recordB, options),
    options,
  );
}

/** Several experiments compared with one. */
export interface BaselineComparison {
  /** Prediction id of the one that the others are compared with: a of each comparison. */
  baseline: string;
  score: string;
  level: number;
  correction: string;
  /** In the order asked for. */
  comparisons: (Comparison & {
    /** p of the verdict's score, corrected for how many were compared; null where no test applies. */
    p_corrected: number | null;
    /** The verdict by that p. */
    verdict_corrected: Verdict;
  })[];
}

const mostCompared = 20;

/**
 * Compares each of some experiments with a baseline, as `compareExperiments` does; the verdicts hold
 * together, by Holm's correction.
 * @param others 1 to 20 prediction ids
 * @throws TrackingError as `compareExperiments`
 */
export async function compareWithBaseline(
  baseline: string,
  others: readonly string[],
  options: CompareOptions = {},
): Promise<BaselineComparison> {
  checkedSettings(options);
  const ids = [...new Set(others)];
  if (ids.length === 0 || ids.length > mostCompared) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${ids.length} experiments are to be compared with ${baseline}; give 1 to ${mostCompared}`,
    );
  }
  const records = (await findExperiments([baseline, ...ids], options)).map(([record]) => record);
  const [first, ...rest] = records as [ExperimentRecord, ...ExperimentRecord[]];
  for (const record of rest) checkComparable(first, record, options.onSharedSamples);
  const evaluation = await readEvaluation(first, options);
  const comparisons: Comparison[] = [];
  for (const record of rest) {
    comparisons.push(compareEvaluations(evaluation, await readEvaluation(record, options), options));
  }
  const tested = comparisons.map(mainDifference);
  const corrected = holm(tested.flatMap(({ p }) => p ?? []));
  return {
    baseline,
    score: comparisons[0]!.score,
    level: comparisons[0]!.level,
    correction: `Holm, ${corrected.length} comparisons with the baseline`,
    comparisons: comparisons.map((comparison, i) => {
      const p = tested[i]!.p === null ? null : corrected.shift()!;
      const isShown = p !== null && p < 1 - comparison.level;
      return {
        ...comparison,
        p_corrected: p,
        verdict_corrected: isShown ? comparison.verdict : "no evidence",
      };
    }),
  };
}

/** The difference of the score that the verdict is about. */
export function mainDifference({ scores, score }: Comparison): ScoreDifference {
  return scores.find((each) => each.score === score)!;
}

/**
 * Whether b is shown to be better than a in the score that the verdict is about, and by `least` or more, in
 * that score's units.
 * @throws TrackingError INVALID_ARGUMENT
 */
export function isBetterBy(comparison: Comparison, least = 0): boolean {
  if (!(Number.isFinite(least) && least >= 0)) {
    throw new TrackingError("INVALID_ARGUMENT", `min_improvement is ${least}; give a number from 0`);
  }
  return comparison.verdict === "better" && Math.abs(mainDifference(comparison).difference) >= least;
}

/**
 * The scores of one experiment with their intervals: where they would lie on other samples of the same kind.
 * @throws TrackingError UNKNOWN_EXPERIMENT, UNKNOWN_PROJECT, INVALID_ARGUMENT, PREDICTIONS_NOT_READABLE
 */
export async function scoreIntervals(
  predictionId: string,
  options: JudgingOptions = {},
): Promise<ScoreInterval[]> {
  checkedSettings(options);
  const record = await findExperiment(predictionId, options);
  return evaluationIntervals(await readEvaluation(record, options), options);
}
