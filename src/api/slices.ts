import {
  callback,
  checkedId,
  checkedText,
  checkOptions,
  flag,
  number,
  type OptionChecks,
  text,
} from "./check-options.js";
import { inCamelCase } from "./in-camel-case.js";
import type { ScoreName, SliceComparison, SliceReport } from "./judged-types.js";
import { loadInTurn } from "./load-in-turn.js";
import { placeChecks, type ReadExperimentOptions } from "./read-experiments.js";
import { answer } from "./typescript-words.js";

export interface FindSlicesOptions extends ReadExperimentOptions {
  /** By default accuracy, or the mean absolute error. */
  score?: ScoreName | undefined;
  /** How sure the intervals and verdicts are; by default 0.95. */
  level?: number | undefined;
  /** Of the bootstrap: the same seed gives the same numbers everywhere. By default 0. */
  seed?: number | undefined;
  /** A feature whose equal values make a group of samples that depend on each other. */
  group?: string | undefined;
  /** A feature by which samples follow each other in time. */
  order?: string | undefined;
  /**
   * For the number of slices tried: `holm` (by default), so that a slice found is none by luck; `bh` to
   * explore.
   */
  correction?: "holm" | "bh" | undefined;
  /** The smallest slice that is tried; by default 20 samples, or a thousandth of all where that is more. */
  minSize?: number | undefined;
  /** Into how many groups of equally many samples numbers are cut: 2 to 50, by default 5. */
  bins?: number | undefined;
  /** How many found slices are reported at most: 1 to 200, by default 20. */
  limit?: number | undefined;
  /** Told how many slices were tried. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface SliceScoresOptions extends FindSlicesOptions {
  /** A feature, or `y_true` for the true labels or values. */
  by: string;
}

export interface CompareSlicesOptions extends FindSlicesOptions {
  /** Slices by this feature alone, or by `y_true`; by default those of every feature. */
  by?: string | undefined;
  /** Pairs experiments of different test sets on the samples that both have. */
  onSharedSamples?: boolean | undefined;
}

const loadJobs = () => loadInTurn(() => import("../jobs/slices.js"));

const findChecks: OptionChecks<FindSlicesOptions> = {
  ...placeChecks,
  score: text,
  level: number,
  seed: number,
  group: text,
  order: text,
  correction: text,
  minSize: number,
  bins: number,
  limit: number,
  onProgress: callback,
};
const scoreChecks: OptionChecks<SliceScoresOptions> = { ...findChecks, by: text };
const compareChecks: OptionChecks<CompareSlicesOptions> = {
  ...findChecks,
  by: text,
  onSharedSamples: flag,
};

/**
 * Searches the features of an experiment's samples, and pairs of them, for slices on which the model is worse
 * than on all others, corrected for the number tried.
 * @throws TrackingError UNKNOWN_EXPERIMENT, UNKNOWN_PROJECT, MISSING_ARGUMENT, INVALID_ARGUMENT,
 * PREDICTIONS_NOT_READABLE
 */
export function findSlices(predictionId: string, options?: FindSlicesOptions): Promise<SliceReport> {
  return answer(options, async () => {
    const [id, checked] = [checkedId(predictionId), checkOptions(options, findChecks)];
    return inCamelCase(await (await loadJobs()).findSlices(id, checked));
  });
}

/**
 * An experiment's score on each group of a column: a feature, or `y_true` for the true labels or values.
 * @throws TrackingError as `findSlices`
 */
export function sliceScores(predictionId: string, options: SliceScoresOptions): Promise<SliceReport> {
  return answer(options, async () => {
    const id = checkedId(predictionId);
    const checked = checkOptions(options, scoreChecks);
    checkedText(checked.by, "by", "the name of a feature, or y_true");
    return inCamelCase(await (await loadJobs()).sliceScores(id, checked));
  });
}

/**
 * Compares two experiments slice by slice, paired by sample: on the groups of the column `by`, or of every
 * feature.
 * @throws TrackingError NOT_COMPARABLE as `compareExperiments`, else as `findSlices`
 */
export function compareSlices(
  a: string,
  b: string,
  options?: CompareSlicesOptions,
): Promise<SliceComparison> {
  return answer(options, async () => {
    const [first, second] = [checkedId(a, "a"), checkedId(b, "b")];
    const checked = checkOptions(options, compareChecks);
    return inCamelCase(await (await loadJobs()).compareSlices(first, second, checked));
  });
}
