import { readEvaluation } from "./compare-experiments.js";
import { judgeSlices } from "./judge/slices/judge-slices.js";
import type { SliceReport } from "./judge/slices/slice-report.js";
import type { SliceSettings } from "./judge/slices/slice-settings.js";
import { featureSource } from "./predictions/feature-source.js";
import { findExperiment, predictionsFile, type ReadOptions } from "./read-experiments.js";
import { openStore } from "./store/open-store.js";

interface Place extends ReadOptions {
  /** Where the experiments are; by default every project is looked through. */
  project?: string;
  onProgress?: (done: number, total: number) => void;
}

export interface FindSlicesOptions extends Place, Omit<SliceSettings, "by"> {}
export interface SliceScoresOptions extends Place, SliceSettings {
  by: string;
}

/**
 * Searches the features of an experiment's samples, and pairs of them, for slices on which the model is worse than on all others, corrected
 * for the number tried.
 * @throws TrackingError UNKNOWN_EXPERIMENT, UNKNOWN_PROJECT, INVALID_ARGUMENT, PREDICTIONS_NOT_READABLE
 */
export async function findSlices(
  predictionId: string,
  options: FindSlicesOptions = {},
): Promise<SliceReport> {
  return slicesOf(predictionId, options);
}

/**
 * An experiment's score on each group of a column: a feature, or `y_true` for the true labels or values.
 * @throws TrackingError as `findSlices`
 */
export async function sliceScores(predictionId: string, options: SliceScoresOptions): Promise<SliceReport> {
  return slicesOf(predictionId, options);
}

async function slicesOf(predictionId: string, options: Place & SliceSettings): Promise<SliceReport> {
  const record = await findExperiment(predictionId, options);
  const evaluation = await readEvaluation(record, options);
  const file = await predictionsFile(openStore(options.store), record);
  const features = await featureSource(file, record.predictions);
  return judgeSlices(evaluation, features, options, options.onProgress);
}
