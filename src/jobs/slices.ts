import type { AnnotatedRecord } from "../annotations/annotated-record.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { checkComparable } from "../judge/pairing/pair-evaluations.js";
import { type CompareSlicesSettings, compareSliceScores } from "../judge/slices/compare-slices.js";
import { judgeSlices } from "../judge/slices/judge-slices.js";
import type { SliceComparison, SliceReport } from "../judge/slices/slice-schema.js";

import type { SliceSettings } from "../judge/slices/slice-settings.js";
import { type FeatureSource, featureSource } from "../predictions/read/feature-source.js";
import { openStore } from "../store/open-store.js";
import { findExperiment, findExperiments, type Place, type ReadOptions } from "./find-experiments.js";
import { readEvaluation } from "./read-evaluation.js";
import { predictionsFile } from "./read-experiments.js";

interface SearchedPlace extends Place {
  onProgress?: (done: number, total: number) => void;
}

export interface FindSlicesOptions extends SearchedPlace, Omit<SliceSettings, "by"> {}
export interface SliceScoresOptions extends SearchedPlace, SliceSettings {
  by: string;
}
export interface CompareSlicesOptions extends SearchedPlace, CompareSlicesSettings {}

/**
 * Searches the features of an experiment's samples, and pairs of them, for slices on which the model is worse
 * than on all others, corrected for the number tried.
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

/**
 * Compares two experiments slice by slice, paired by sample: on the groups of the column `by`, or of every
 * feature.
 * @throws TrackingError NOT_COMPARABLE as `compareExperiments`, else as `findSlices`
 */
export async function compareSlices(
  a: string,
  b: string,
  options: CompareSlicesOptions = {},
): Promise<SliceComparison> {
  const [[recordA], [recordB]] = (await findExperiments([a, b], options)) as [
    [AnnotatedRecord],
    [AnnotatedRecord],
  ];
  checkComparable(recordA, recordB, options.onSharedSamples);
  const features = [await featuresOf(recordA, options), await featuresOf(recordB, options)] as const;
  return compareSliceScores(
    await readEvaluation(recordA, options),
    await readEvaluation(recordB, options),
    features,
    options,
    progressOf(options),
  );
}

async function featuresOf(record: ExperimentRecord, { store, signal }: ReadOptions): Promise<FeatureSource> {
  const file = await predictionsFile(openStore(store, signal), record);
  return featureSource((read) => read(file), record.predictions);
}

async function slicesOf(predictionId: string, options: SearchedPlace & SliceSettings): Promise<SliceReport> {
  const record = await findExperiment(predictionId, options);
  const evaluation = await readEvaluation(record, options);
  return judgeSlices(evaluation, await featuresOf(record, options), options, progressOf(options));
}

/** Tells how far the work is, and ends it there where the signal says so. */
function progressOf({ onProgress, signal }: SearchedPlace): (done: number, total: number) => void {
  return (done, total) => {
    signal?.throwIfAborted();
    onProgress?.(done, total);
  };
}
