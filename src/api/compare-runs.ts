import { shown } from "../experiment/input/values.js";
import { compareRuns as compareModels } from "../jobs/compare-runs.js";
import { TrackingError } from "../tracking-error.js";
import { checkOptions, number, type OptionChecks, text, texts } from "./check-options.js";
import { inCamelCase } from "./in-camel-case.js";
import type { RunsComparison, RunsDesign, ScoreName } from "./judged-types.js";
import { placeChecks, type ReadExperimentOptions } from "./read-experiments.js";
import { answer } from "./typescript-words.js";

export interface CompareRunsOptions extends ReadExperimentOptions {
  /** The score that the verdict is about; by default the project's primary score. */
  score?: ScoreName | undefined;
  /** How sure intervals and verdicts are; by default 0.95. */
  level?: number | undefined;
  /** What the runs are, where the test sets do not say it right. */
  as?: RunsDesign | undefined;
  /** A feature whose equal values make a group of samples that depend on each other. */
  group?: string | undefined;
  /** A feature by which samples follow each other in time. */
  order?: string | undefined;
}

const checks: OptionChecks<CompareRunsOptions> = {
  ...placeChecks,
  score: text,
  level: number,
  as: text,
  group: text,
  order: text,
};

/**
 * Compares models with the first one, each by several experiments: runs with other seeds on one test set,
 * folds of a cross-validation, or several data sets; which of these is told by the test sets.
 * @param models of each model, 2 prediction ids or more; the first is what the others are compared with
 * @throws TrackingError NOT_COMPARABLE where the models were not evaluated on the same test sets, or a score
 * is missing; MISSING_ARGUMENT, INVALID_ARGUMENT, UNKNOWN_EXPERIMENT, PREDICTIONS_NOT_READABLE
 */
export function compareRuns(
  models: readonly (readonly string[])[],
  options?: CompareRunsOptions,
): Promise<RunsComparison> {
  return answer(async () => {
    if (!Array.isArray(models) || !models.every(texts.accepts)) {
      const isMissing = (models as unknown) === undefined;
      throw new TrackingError(
        isMissing ? "MISSING_ARGUMENT" : "INVALID_ARGUMENT",
        `${isMissing ? "missing argument: models" : `models is ${shown(models)}`}; give an array with the prediction ids of each model, such as [[a1, a2], [b1, b2]]`,
      );
    }
    return inCamelCase(await compareModels(models, checkOptions(options, checks)));
  });
}
