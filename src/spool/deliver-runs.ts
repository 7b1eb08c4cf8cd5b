import { randomBytes } from "node:crypto";
import { eventsFileName, newWriter, parseHistoryFile } from "../history/history-folder.js";
import { settleRun } from "../history/settle-run.js";
import { runHeader, runLog } from "../run/run-line.js";
import type { Store } from "../store/store.js";
import { messageOf, TrackingError } from "../tracking-error.js";
import { appendRow } from "../tracking-log/append-row.js";
import { linesOf } from "../tracking-log/read-log.js";
import { runSpool, waitingFiles } from "./run-spool.js";

/** What became of the files of runs that waited for a store. */
export interface RunDelivery {
  /** The ids of the runs that are in the store now with all that waited. */
  delivered: string[];
  remaining: { file: string; reason: string }[];
}

/**
 * Delivers the files of runs that wait for a store. Whoever else does so at the same time, and whenever this is
 * stopped, nothing is lost or counted twice: of lines that are written twice, in a run log or among events,
 * readers take one.
 */
export async function deliverRuns(
  store: Store,
  {
    folders,
    now,
    waitingFor = store.address,
  }: { folders: readonly string[]; now: () => Date; waitingFor?: string },
): Promise<RunDelivery> {
  const delivery: RunDelivery = { delivered: [], remaining: [] };
  for (const folder of folders) {
    const spool = runSpool(folder, waitingFor);
    const touched = new Map<string, string>();
    for (const path of await waitingFiles(spool)) {
      try {
        await deliverFile({ store, spool, path, now }, touched);
      } catch (error) {
        const file = (await spool.localPath?.(path)) ?? path;
        delivery.remaining.push({ file, reason: messageOf(error) });
      }
    }
    for (const [runId, project] of touched) {
      await settleRun(store, runId, { project, now: now() });
      delivery.delivered.push(runId);
    }
  }
  return delivery;
}

interface WaitingFile {
  store: Store;
  spool: Store;
  path: string;
  now: () => Date;
}

/** A process that still writes to it makes this begin again; what was delivered already does no harm. */
async function deliverFile(
  { store, spool, path, now }: WaitingFile,
  touched: Map<string, string>,
): Promise<void> {
  for (;;) {
    const file = await spool.read(path);
    if (!file) return;
    const [part, project, ...rest] = path.split("/") as [string, string, ...string[]];
    if (part === "runs") await deliverRows(store, project, path, file.bytes, now(), touched);
    else if (part === "artifacts") {
      await replace(store, path, file.bytes);
      touched.set(rest[0]!, project);
    } else {
      if (parseHistoryFile(rest[2] ?? "")?.kind !== "events") {
        throw new TrackingError("STORE_NOT_WRITABLE", "it is no file of a run's events");
      }
      const name = eventsFileName(newWriter(randomBytes), 1); // one that was delivered in part has its own
      await store.create(`${part}/${project}/${rest[0]}/${rest[1]}/${name}`, [file.bytes]);
      touched.set(rest[1]!, project);
    }
    if ((await spool.removeIfUnchanged(path, file.version)) !== "changed") return;
  }
}

async function deliverRows(
  store: Store,
  project: string,
  path: string,
  bytes: Uint8Array,
  now: Date,
  touched: Map<string, string>,
): Promise<void> {
  for (const line of linesOf(path, bytes, runLog)) {
    if (!("cells" in line)) continue; // torn: whoever wrote it was told that it is not kept
    await appendRow(store, project, runHeader, `${line.text}\n`, { now, log: runLog });
    touched.set(line.cells.get("run_id")!, project);
  }
}

async function replace(store: Store, path: string, bytes: Uint8Array): Promise<void> {
  while ((await store.create(path, [bytes])) === "exists") {
    const before = await store.stat(path);
    if (before) await store.removeIfUnchanged(path, before.version);
  }
}
