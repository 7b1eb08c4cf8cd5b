import { type DigestColumn, testSetDigest } from "../../experiment/digest/test-set-digest.js";
import type { ExperimentRecord } from "../../experiment/experiment-record.js";
import { predictionsFile } from "../../jobs/read-experiments.js";
import type { PredictionTable } from "../../predictions/prediction-table.js";
import { readPredictions } from "../../predictions/read/read-predictions.js";
import type { Store } from "../../store/store.js";
import { TrackingError } from "../../tracking-error.js";
import type { Finding } from "./findings.js";

/**
 * What is wrong with the predictions of an experiment: missing, unreadable, or not those that its row
 * describes.
 * @param isRenamed says of the path of a row of format 1 whether a compaction has renamed the file
 */
export async function problemOfPredictions(
  store: Store,
  record: ExperimentRecord,
  isRenamed: (path: string) => Promise<boolean>,
  readThem: boolean,
  signal: AbortSignal | undefined,
): Promise<Pick<Finding, "kind" | "message"> | undefined> {
  const id = record.predictionId;
  try {
    if (!(await store.stat(record.predictions)) && !(await isRenamed(record.predictions))) {
      return {
        kind: "missing-predictions",
        message: `the predictions of ${id} are not there; bring them back from a backup, its row is intact`,
      };
    }
    if (!readThem) return undefined;
    const table = await readPredictions(await predictionsFile(store, record), signal ? { signal } : {});
    if (table.rows !== record.samples) {
      return {
        kind: "wrong-digest",
        message: `the predictions of ${id} have ${table.rows} samples, its row says ${record.samples}`,
      };
    }
    const digest = digestOf(table);
    if (digest === record.testSetDigest) return undefined;
    return {
      kind: "wrong-digest",
      message: `the predictions of ${id} have the test-set digest ${digest}, its row says ${record.testSetDigest}`,
    };
  } catch (error) {
    if (!(error instanceof TrackingError)) throw error;
    return { kind: "unreadable-predictions", message: `${id}: ${error.message}` };
  }
}

function digestOf({ columns, metadata }: PredictionTable): string {
  const yTrue = columns.find(({ name }) => name === "y_true");
  if (!yTrue) throw new TrackingError("PREDICTIONS_NOT_READABLE", "the predictions have no column y_true");
  const ids =
    columns.find(({ name }) => name === "sample_id") ?? idsInMetadata(metadata["ml_tracking.test_set"]);
  return testSetDigest(ids, yTrue);
}

/** The ids of a test set that is not aligned with the predictions: a JSON array of strings or integers. */
function idsInMetadata(text: string | undefined): DigestColumn {
  if (text === undefined) {
    throw new TrackingError(
      "PREDICTIONS_NOT_READABLE",
      "the predictions have neither a column sample_id nor the ids of the test set",
    );
  }
  const trimmed = text.trim();
  if (trimmed.startsWith('["')) return { type: "string", values: JSON.parse(trimmed) as string[] };
  // Not JSON.parse: integers beyond 2^53 stand here digit by digit.
  const integers = trimmed.slice(1, -1).split(",").map(BigInt);
  return { type: "integer", values: BigInt64Array.from(integers) };
}
