import type { MetricsCheck } from "../definitions/explanation-schema.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { readEvents } from "../history/read-events.js";
import { eventsState, withEvents } from "../history/run-state.js";
import { checkMetrics } from "../judge/check-metrics.js";
import { findRun } from "../run/find-run.js";
import { openStore } from "../store/open-store.js";
import { TrackingError } from "../tracking-error.js";
import { findExperiment, type Place } from "./find-experiments.js";
import { readEvaluation } from "./read-evaluation.js";

/**
 * Holds the metrics of an experiment's run, whatever client logged them, against its predictions.
 * @throws TrackingError UNKNOWN_EXPERIMENT, UNKNOWN_PROJECT, INVALID_ARGUMENT where it belongs to no run,
 * UNKNOWN_RUN, PREDICTIONS_NOT_READABLE
 */
export async function checkRunMetrics(predictionId: string, place: Place = {}): Promise<MetricsCheck> {
  const record = await findExperiment(predictionId, place);
  const runId = runOf(record);
  const store = openStore(place.store, place.signal);
  const run = await findRun(store, runId, record.project);
  const { metrics } = withEvents(run, eventsState((await readEvents(store, run)).events));
  return checkMetrics(await readEvaluation(record, place), { runId, metrics });
}

/** @throws TrackingError INVALID_ARGUMENT */
export function runOf({ predictionId, runId }: ExperimentRecord): string {
  if (runId !== undefined) return runId;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `experiment ${predictionId} belongs to no run, whose metrics could be checked; give a number to explain, such as 0.8805: --value, value in code`,
  );
}
