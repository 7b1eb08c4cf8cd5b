import type { ExperimentRecord } from "./experiment/experiment-record.js";
import {
  type CompareSettings,
  type Comparison,
  checkedSettings,
  compareEvaluations,
  evaluationIntervals,
  type JudgingSettings,
} from "./judge/compare-evaluations.js";
import type { ScoreInterval } from "./judge/judge-scores.js";
import { checkComparable, type Evaluation } from "./judge/pair-evaluations.js";
import { readPredictions } from "./predictions/read-predictions.js";
import { findExperiment, predictionsFile, type ReadOptions } from "./read-experiments.js";
import { openStore } from "./store/open-store.js";
import { TrackingError } from "./tracking-error.js";

interface Place extends ReadOptions {
  /** Where the experiments are; by default every project is looked through. */
  project?: string;
}

export interface JudgingOptions extends Place, JudgingSettings {}

export interface CompareOptions extends Place, CompareSettings {}

/**
 * Compares experiment `b` with experiment `a` sample by sample: every score's difference with interval and p-value, and a verdict.
 * Samples are aligned by their ids, whatever the order; without ids beside the predictions, by their order, which the digest then covers.
 * @throws TrackingError NOT_COMPARABLE where the test sets differ, unless `onSharedSamples`; where a sample id stands twice; and where one
 * is a classification and the other a regression. UNKNOWN_EXPERIMENT, UNKNOWN_PROJECT, INVALID_ARGUMENT, PREDICTIONS_NOT_READABLE
 */
export async function compareExperiments(
  a: string,
  b: string,
  options: CompareOptions = {},
): Promise<Comparison> {
  checkedSettings(options); // before anything is read
  const [recordA, recordB] = [await findExperiment(a, options), await findExperiment(b, options)];
  checkComparable(recordA, recordB, options.onSharedSamples);
  return compareEvaluations(
    await readEvaluation(recordA, options),
    await readEvaluation(recordB, options),
    options,
  );
}

/**
 * Whether b is shown to be better than a in the score that the verdict is about, and by `least` or more, in that score's units.
 * @throws TrackingError INVALID_ARGUMENT
 */
export function isBetterBy({ scores, score, verdict }: Comparison, least = 0): boolean {
  if (!(Number.isFinite(least) && least >= 0)) {
    throw new TrackingError("INVALID_ARGUMENT", `min_improvement is ${least}; give a number from 0`);
  }
  const main = scores.find((each) => each.score === score);
  return verdict === "better" && main !== undefined && Math.abs(main.difference) >= least;
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

/** An experiment with its predictions, without the features of its samples. @throws TrackingError PREDICTIONS_NOT_READABLE */
export async function readEvaluation(record: ExperimentRecord, { store }: ReadOptions): Promise<Evaluation> {
  const file = await predictionsFile(openStore(store), record);
  const table = await readPredictions(file, { codes: true, features: false, name: record.predictions });
  return { record, table };
}
