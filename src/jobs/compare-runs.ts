import { readAnnotations } from "../annotations/read-annotations.js";
import { checkedSettings } from "../judge/compare-settings.js";
import type { Evaluation } from "../judge/pairing/pair-evaluations.js";
import { judgeRuns, type RunsSettings } from "../judge/runs/judge-runs.js";
import type { RunsComparison } from "../judge/runs/runs-schema.js";
import { openStore } from "../store/open-store.js";
import { TrackingError } from "../tracking-error.js";
import { comparedScore } from "./compared-score.js";
import { findExperiments, type Place } from "./find-experiments.js";
import { readEvaluation } from "./read-evaluation.js";

export interface CompareRunsOptions extends Place, RunsSettings {}

const mostRuns = 200;
const mostModels = 20;

/**
 * Compares models with the first one, each by several experiments: runs with other seeds on one test set,
 * folds of a cross-validation, or several data sets; which of these is told by the test sets.
 * @param models of each model, 2 prediction ids or more; the first is what the others are compared with
 * @throws TrackingError NOT_COMPARABLE where the models were not evaluated on the same test sets, or a score
 * is missing; INVALID_ARGUMENT, UNKNOWN_EXPERIMENT, PREDICTIONS_NOT_READABLE
 */
export async function compareRuns(
  models: readonly (readonly string[])[],
  options: CompareRunsOptions = {},
): Promise<RunsComparison> {
  checkedSettings(options);
  if (models.length < 2 || models.length > mostModels) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${models.length} ${models.length === 1 ? "model is" : "models are"} given; give the runs of 2 to ${mostModels}`,
    );
  }
  for (const [i, ids] of models.entries()) {
    if (ids.length < 2) {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `model ${i + 1} has ${ids.length} run${ids.length === 1 ? `, ${ids[0]}` : "s"}; give 2 or more of each, or compare single experiments`,
      );
    }
  }
  const all = models.flat();
  const twice = all.find((id, i) => all.indexOf(id) < i);
  if (twice !== undefined) {
    throw new TrackingError("INVALID_ARGUMENT", `experiment ${twice} is given twice; give each run once`);
  }
  if (all.length > mostRuns) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${all.length} runs are given; at most ${mostRuns} are compared`,
    );
  }
  const records = (await findExperiments(all, options)).map(([record]) => record);
  const evaluations: Evaluation[] = [];
  for (const record of records) evaluations.push(await readEvaluation(record, options));
  const annotations = await readAnnotations(openStore(options.store, options.signal), records[0]!.project);
  const score = options.score ?? comparedScore(records, annotations);
  return judgeRuns(
    models.map((ids) => evaluations.splice(0, ids.length)),
    { ...options, score },
  );
}
