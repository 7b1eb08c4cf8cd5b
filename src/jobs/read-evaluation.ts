import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { type ReadSettings, readJudgedTable } from "../judge/dependence/dependence.js";
import type { Evaluation } from "../judge/pairing/pair-evaluations.js";
import { openStore } from "../store/open-store.js";
import type { ReadOptions } from "./find-experiments.js";
import { predictionsFile } from "./read-experiments.js";

/**
 * An experiment with its predictions; of the features only the one by which samples depend on each other,
 * and those that added scores name.
 * @throws TrackingError PREDICTIONS_NOT_READABLE, INVALID_ARGUMENT
 */
export async function readEvaluation(
  record: ExperimentRecord,
  { store, signal, ...settings }: ReadOptions & ReadSettings,
): Promise<Evaluation> {
  const file = await predictionsFile(openStore(store, signal), record);
  const table = await readJudgedTable(file, record.predictions, settings);
  return { record, table };
}
