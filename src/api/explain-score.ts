import { shown } from "../experiment/input/values.js";
import { TrackingError } from "../tracking-error.js";
import { checkedId, checkOptions, type OptionChecks, text } from "./check-options.js";
import { inCamelCase } from "./in-camel-case.js";
import type { MetricsCheck, ScoreExplanation } from "./judged-types.js";
import { loadInTurn } from "./load-in-turn.js";
import { placeChecks, type ReadExperimentOptions } from "./read-experiments.js";
import { answer } from "./typescript-words.js";

export interface ExplainScoreOptions extends ReadExperimentOptions {
  /** What the number is called where it comes from: `aucpr`, `val_f1`, `xgboost:aucpr`. */
  name?: string | undefined;
  /** The library that gave it, such as `xgboost`. */
  library?: string | undefined;
}

const checks: OptionChecks<ExplainScoreOptions> = { ...placeChecks, name: text, library: text };

/**
 * Says which definitions of which libraries give a number for an experiment's predictions; where none does,
 * which common accidents would, and what comes nearest.
 * @param value the number, or its text, which says how many digits are known: `"0.8805"`, `"88.05%"`
 * @throws TrackingError UNKNOWN_EXPERIMENT, UNKNOWN_PROJECT, MISSING_ARGUMENT, INVALID_ARGUMENT,
 * PREDICTIONS_NOT_READABLE
 */
export function explainScore(
  predictionId: string,
  value: number | string,
  options?: ExplainScoreOptions,
): Promise<ScoreExplanation> {
  return answer(options, async () => {
    const id = checkedId(predictionId);
    if (value === undefined || value === null) {
      throw new TrackingError(
        "MISSING_ARGUMENT",
        "missing argument: value; give the number to explain, such as 0.8805",
      );
    }
    if (typeof value !== "number" && typeof value !== "string") {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `value is ${shown(value)}; give a number, or its text with the digits that are known`,
      );
    }
    const checked = checkOptions(options, checks);
    const jobs = await loadInTurn(() => import("../jobs/explain-score.js"));
    return inCamelCase(await jobs.explainScore(id, { ...checked, value: String(value) }));
  });
}

/**
 * Holds the metrics of the run that an experiment belongs to, whatever client logged them, against the
 * experiment's predictions: those that go by the name of a score and are not of training data.
 * @throws TrackingError UNKNOWN_EXPERIMENT, UNKNOWN_PROJECT, UNKNOWN_RUN, MISSING_ARGUMENT, INVALID_ARGUMENT
 * where it belongs to no run, PREDICTIONS_NOT_READABLE
 */
export function checkRunMetrics(
  predictionId: string,
  options?: ReadExperimentOptions,
): Promise<MetricsCheck> {
  return answer(options, async () => {
    const id = checkedId(predictionId);
    const checked = checkOptions(options, placeChecks);
    const jobs = await loadInTurn(() => import("../jobs/check-run-metrics.js"));
    return inCamelCase(await jobs.checkRunMetrics(id, checked));
  });
}
