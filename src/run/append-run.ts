import type { Store } from "../store/store.js";
import { appendRow } from "../tracking-log/append-row.js";
import { runHeader, runLine, runLog } from "./run-line.js";
import type { RunRecord } from "./run-record.js";

/**
 * Writes a snapshot of a run down; durable when it returns.
 * @throws TrackingError STORE_NOT_WRITABLE
 */
export async function appendRun(store: Store, run: RunRecord, signal?: AbortSignal): Promise<void> {
  await appendRow(store, run.project, runHeader, runLine(run), { now: run.writtenAt, log: runLog, signal });
}
