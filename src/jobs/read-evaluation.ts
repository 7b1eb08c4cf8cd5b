import type { ExperimentRecord } from "../experiment/experiment-record.js";
import type { Evaluation } from "../judge/pairing/pair-evaluations.js";
import { readPredictions } from "../predictions/read/read-predictions.js";
import { openStore } from "../store/open-store.js";
import type { ReadOptions } from "./find-experiments.js";
import { predictionsFile } from "./read-experiments.js";

/**
 * An experiment with its predictions, without the features of its samples. @throws TrackingError
 * PREDICTIONS_NOT_READABLE
 */
export async function readEvaluation(record: ExperimentRecord, { store }: ReadOptions): Promise<Evaluation> {
  const file = await predictionsFile(openStore(store), record);
  const table = await readPredictions(file, { codes: true, features: false, name: record.predictions });
  return { record, table };
}
