import type { AnnotatedRecord } from "../annotations/annotated-record.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import {
  compareEvaluations,
  evaluationAddedIntervals,
  evaluationIntervals,
} from "../judge/compare-evaluations.js";
import { type CompareSettings, checkedSettings, type JudgingSettings } from "../judge/compare-settings.js";
import type { AddedInterval, Comparison, ScoreDifference, ScoreInterval } from "../judge/judge-schema.js";
import { notRanked } from "../judge/leaderboard/as-one-of.js";
import { concludeMargin, isNonInferior, isSuperior } from "../judge/margin-conclusion.js";
import { checkComparable } from "../judge/pairing/pair-evaluations.js";
import type { ScoreName } from "../scores/registry.js";
import { sharedLevel } from "../statistics/shared-level.js";
import { openStore } from "../store/open-store.js";
import { TrackingError } from "../tracking-error.js";
import { amongThoseTried } from "./among-those-tried.js";
import { comparedScore } from "./compared-score.js";
import { findExperiment, findExperiments, type Place } from "./find-experiments.js";
import { projectAddedScores } from "./project-added-scores.js";
import { readEvaluation } from "./read-evaluation.js";

export interface JudgingOptions extends Place, Omit<JudgingSettings, "added"> {}

export interface CompareOptions extends Place, Omit<CompareSettings, "added"> {
  /** Judges the pair by itself, as if no other experiment had been tried. */
  alone?: boolean | undefined;
}

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
    [AnnotatedRecord],
    [AnnotatedRecord],
  ];
  checkComparable(recordA, recordB, options.onSharedSamples);
  const score = options.score ?? (await usualScore([recordA, recordB], options));
  const added = await projectAddedScores(recordA.project, options);
  const asked = { ...options, score, added };
  const [ofA, ofB] = [await readEvaluation(recordA, asked), await readEvaluation(recordB, asked)];
  return amongThoseTried(compareEvaluations(ofA, ofB, asked), [recordA, recordB], asked);
}

async function usualScore(records: readonly ExperimentRecord[], { store }: Place): Promise<ScoreName> {
  return comparedScore(records, await readAnnotations(openStore(store), records[0]!.project));
}

/** Several experiments compared with one. */
export interface BaselineComparison {
  /** Prediction id of the one that the others are compared with: a of each comparison. */
  baseline: string;
  score: string;
  /** How sure all verdicts together are; each comparison has its own, higher level. */
  level: number;
  correction: string;
  /** In the order asked for. */
  comparisons: (Comparison & {
    /** p of the verdict's score times how many were compared, at most 1; null where no test applies. */
    p_corrected: number | null;
  })[];
}

const mostCompared = 20;

/**
 * Compares each of some experiments with a baseline, as `compareExperiments` does. All verdicts, intervals
 * and margins hold together by Bonferroni's correction: of k comparisons, each is made at the level 1 - (1 -
 * level) / k.
 * @param others 1 to 20 prediction ids
 * @throws TrackingError as `compareExperiments`
 */
export async function compareWithBaseline(
  baseline: string,
  others: readonly string[],
  options: CompareOptions = {},
): Promise<BaselineComparison> {
  const { level } = checkedSettings(options);
  const ids = [...new Set(others)];
  const count = ids.length;
  if (count === 0 || count > mostCompared) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${count} experiments are to be compared with ${baseline}; give 1 to ${mostCompared}`,
    );
  }
  const records = (await findExperiments([baseline, ...ids], options)).map(([record]) => record);
  const [first, ...rest] = records as [AnnotatedRecord, ...AnnotatedRecord[]];
  for (const record of rest) checkComparable(first, record, options.onSharedSamples);
  const added = await projectAddedScores(first.project, options);
  const evaluation = await readEvaluation(first, { ...options, added });
  const score = options.score ?? (await usualScore([first, ...rest], options));
  const each = { ...options, score, added, level: sharedLevel(level, count) };
  const comparisons: Comparison[] = [];
  for (const record of rest) {
    const comparison = compareEvaluations(evaluation, await readEvaluation(record, each), each);
    comparisons.push(notRanked(comparison, "it is one of several with a baseline, which hold together"));
  }
  return {
    baseline,
    score: comparisons[0]!.score,
    level,
    correction: `Bonferroni, ${count} comparisons with the baseline`,
    comparisons: comparisons.map((comparison) => {
      const { p } = mainDifference(comparison);
      return { ...comparison, p_corrected: p === null ? null : Math.min(1, p * count) };
    }),
  };
}

/** The difference of the score that the verdict is about. */
export function mainDifference({ scores, score }: Comparison): ScoreDifference {
  return scores.find((each) => each.score === score)!;
}

/**
 * Whether b is shown to be better than a by more than `least`, in the unit of the score that the verdict is
 * about: the interval of the difference lies beyond it.
 * @throws TrackingError INVALID_ARGUMENT
 */
export function isBetterBy(comparison: Comparison, least: number): boolean {
  return isSuperior(concludeMargin(mainDifference(comparison), least));
}

/**
 * Whether b is shown not to be worse than a by `most` or more, in the unit of the score that the verdict is
 * about: the interval of the difference leaves such a loss out.
 * @throws TrackingError INVALID_ARGUMENT
 */
export function isNotWorseBy(comparison: Comparison, most: number): boolean {
  return isNonInferior(concludeMargin(mainDifference(comparison), most));
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

/**
 * The scores that the experiment's project has added, with their intervals, by the bootstrap.
 * @throws TrackingError UNKNOWN_EXPERIMENT, UNKNOWN_PROJECT, INVALID_ARGUMENT, PREDICTIONS_NOT_READABLE
 */
export async function addedIntervals(
  predictionId: string,
  options: JudgingOptions = {},
): Promise<AddedInterval[]> {
  checkedSettings(options);
  const record = await findExperiment(predictionId, options);
  const asked = { ...options, added: await projectAddedScores(record.project, options) };
  return evaluationAddedIntervals(await readEvaluation(record, asked), asked);
}
