import { createHash } from "node:crypto";

/** An experiment on its way to its store: all but the bytes of its predictions. */
export interface SpooledRecord {
  /** The store's address. */
  store: string;
  project: string;
  predictionId: string;
  /** Path of the predictions in the store. */
  predictions: string;
  /** Header of the log file that the row belongs to, with its line break. */
  header: string;
  /** The row, with its line break. */
  line: string;
  newCsv: boolean;
  loggedAt: Date;
}

/** Of a file of the spool. */
export const spoolFormat = 1;

/**
 * One file a record: the record as a line of JSON, the bytes of its Parquet file, and the SHA-256 of all
 * before.
 */
export function* spoolFile(
  record: SpooledRecord,
  reason: string,
  predictions: Iterable<Uint8Array>,
): Generator<Uint8Array> {
  const digest = createHash("sha256");
  const head = Buffer.from(`${JSON.stringify({ format: spoolFormat, ...record, reason })}\n`);
  digest.update(head);
  yield head;
  for (const chunk of predictions) {
    digest.update(chunk);
    yield chunk;
  }
  yield digest.digest();
}
