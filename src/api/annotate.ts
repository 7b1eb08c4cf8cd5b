import { shown } from "../experiment/input/values.js";
import { type Annotations, annotate as say } from "../jobs/annotate.js";
import { listTrash as trashOf } from "../jobs/list-trash.js";
import { type PurgedExperiment, purgeTrash as purge } from "../maintenance/purge-trash.js";
import { TrackingError } from "../tracking-error.js";
import { callback, checkedId, checkOptions, flag, type OptionChecks, text, texts } from "./check-options.js";
import { type ExperimentRecord, placeChecks, type ReadExperimentOptions } from "./read-experiments.js";
import { answer } from "./typescript-words.js";

export type { Annotations } from "../jobs/annotate.js";
export type { PurgedExperiment } from "../maintenance/purge-trash.js";

export interface AnnotateOptions extends ReadExperimentOptions {
  /** Who says so; by default the user of the operating system. */
  author?: string | undefined;
}

export interface PurgeOptions extends AnnotateOptions {
  /** These alone; by default everything in the trash. */
  predictionIds?: readonly string[] | undefined;
  /** Told after each experiment. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** An experiment in the trash, and who put it there. */
export interface TrashedExperiment {
  experiment: ExperimentRecord;
  deletedBy: string;
  deletedAt: Date;
}

const annotationChecks: OptionChecks<Annotations> = {
  name: text,
  note: text,
  addTags: texts,
  removeTags: texts,
  starred: flag,
  archived: flag,
  deleted: flag,
};
const annotateChecks: OptionChecks<AnnotateOptions> = { ...placeChecks, author: text };
const purgeChecks: OptionChecks<PurgeOptions> = {
  ...annotateChecks,
  predictionIds: texts,
  onProgress: callback,
};

/**
 * Says something of experiments for everybody: a name, a note, tags, a star, or that they are archived or
 * deleted. It is kept beside their rows, which do not change; what is deleted vanishes everywhere but in the
 * trash.
 * @param predictionIds one, or several
 * @returns the experiments with all that holds of them now
 * @throws TrackingError UNKNOWN_EXPERIMENT, also where one to be restored is not in the trash; UNKNOWN_PROJECT,
 * MISSING_ARGUMENT, STORE_NOT_WRITABLE; INVALID_ARGUMENT where nothing is said, a value cannot be, or an id is in
 * two projects
 */
export function annotate(
  predictionIds: string | readonly string[],
  annotations: Annotations,
  options?: AnnotateOptions,
): Promise<ExperimentRecord[]> {
  return answer(options, async () => {
    const ids = typeof predictionIds === "string" ? [predictionIds] : predictionIds;
    if (!texts.accepts(ids)) checkedId(ids, "predictionIds");
    if (annotations === undefined || annotations === null) {
      throw new TrackingError(
        "MISSING_ARGUMENT",
        'missing argument: annotations; give an object, such as { addTags: ["baseline"] }',
      );
    }
    if (typeof annotations !== "object" || Array.isArray(annotations)) {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `annotations is ${shown(annotations)}; give an object, such as { addTags: ["baseline"] }`,
      );
    }
    return say(ids, checkOptions(annotations, annotationChecks), checkOptions(options, annotateChecks));
  });
}

/**
 * The experiments in the trash of a store, or of one project, the last deleted first.
 * @throws TrackingError UNKNOWN_PROJECT, INVALID_ARGUMENT
 */
export function listTrash(options?: ReadExperimentOptions): Promise<TrashedExperiment[]> {
  return answer(options, async () => trashOf(checkOptions(options, placeChecks)));
}

/**
 * Removes experiments of the trash for good: rows, predictions, and what was said of them. Done again after it
 * was stopped, it goes on.
 * @returns what was removed
 * @throws TrackingError UNKNOWN_PROJECT, STORE_NOT_WRITABLE; INVALID_ARGUMENT where an id that is named is not
 * in the trash
 */
export function purgeTrash(options?: PurgeOptions): Promise<PurgedExperiment[]> {
  return answer(options, async () => purge(checkOptions(options, purgeChecks)));
}
