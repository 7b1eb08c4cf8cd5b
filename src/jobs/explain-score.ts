import type { ScoreExplanation } from "../definitions/explanation-schema.js";
import { type ExplainSettings, explainEvaluation } from "../judge/explain-evaluation.js";
import { findExperiment, type Place } from "./find-experiments.js";
import { readEvaluation } from "./read-evaluation.js";

export interface ExplainOptions extends Place, ExplainSettings {}

/**
 * Says which definitions of which libraries give a number for an experiment's predictions.
 * @throws TrackingError UNKNOWN_EXPERIMENT, UNKNOWN_PROJECT, INVALID_ARGUMENT, PREDICTIONS_NOT_READABLE
 */
export async function explainScore(predictionId: string, options: ExplainOptions): Promise<ScoreExplanation> {
  const { value, name, library, ...place } = options;
  const record = await findExperiment(predictionId, place);
  return explainEvaluation(await readEvaluation(record, place), { value, name, library });
}
