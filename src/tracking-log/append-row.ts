import { setTimeout as sleep } from "node:timers/promises";

import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import { appendToBucket } from "./append-to-bucket.js";
import { freeFileNames, isRetired } from "./log-file-name.js";
import { type LogShape, trackingLog } from "./log-shape.js";
import { listLogFiles, projectFolder } from "./read-log.js";
import { refuseOtherCase } from "./refuse-other-case.js";
import { repairLogFile } from "./repair-log-file.js";

export interface AppendRowOptions {
  newCsv?: boolean;
  now: Date;
  signal?: AbortSignal | undefined;
  /** By default the log of experiments. */
  log?: LogShape;
}

/**
 * Tries before giving up: each one meets another writer's new file, or a torn line that someone else repairs.
 */
const mostTries = 100;

/**
 * Adds rows to a project's log: to its most recent file, or to a new one when asked, when that file's header
 * differs or it is over the size cap. In a bucket to a file of this process's own, where there is one.
 * Durable when it returns.
 * @param headerText the header that the rows are under, with its line break
 * @param lines one whole CSV line with its line break; several together with `newCsv` only, where they come
 * to be in one piece
 * @returns the path of the file that has the rows
 * @throws TrackingError STORE_NOT_WRITABLE
 */
export async function appendRow(
  store: Store,
  project: string,
  headerText: string,
  lines: string,
  { newCsv = false, now, signal, log = trackingLog }: AppendRowOptions,
): Promise<string> {
  const header = Buffer.from(headerText);
  const rows = Buffer.from(lines);
  if (store.appendsByRewriting) {
    return appendToBucket(store, { project, header, rows, newCsv, now, signal, log });
  }
  const folder = projectFolder(project, log);
  const ownFiles = ownFilesOf(store);
  const shared = await store.sharesAppends();
  let wantsNew = newCsv;
  const nextName = freeFileNames(project, now);
  for (let tries = 0; tries < mostTries; tries++) {
    const files = await listLogFiles(store, project, { signal }, log);
    const latest = files.findLast(
      (file) => !isRetired(file) && (shared || ownFiles.has(`${folder}/${file.name}`)),
    );
    if (latest && !wantsNew) {
      const path = `${folder}/${latest.name}`;
      const outcome = await store.append(path, rows, { header, signal });
      if (outcome === "appended") return path;
      // Where there is no space to write the file anew, the torn line stays until verify, and rows go to the
      // next file.
      if (outcome === "torn") wantsNew = !(await repairUnlessBusy(store, project, path, { now, log }));
      if (outcome === "missing" || outcome === "torn") continue;
    }
    if (files.length === 0) await refuseOtherCase(store, project);
    const path = `${folder}/${nextName(files)}`;
    if ((await store.create(path, [header, rows], { signal })) === "created") {
      ownFiles.add(path);
      return path;
    }
    // Another writer was first with this name: look again. Without newCsv its file is as good as an own one.
  }
  throw new TrackingError(
    "STORE_NOT_WRITABLE",
    `cannot add a row to project ${project} in the store ${store.address}: ${mostTries} tries met other writers or torn lines; run "ml-tracking verify --repair"`,
  );
}

/**
 * A tail without line break is a writer that was killed, or one at work this very moment: the second is
 * waited for. The random wait also lets one of many writers that meet the same tail do the repair.
 * @returns false where it cannot be repaired now
 */
async function repairUnlessBusy(
  store: Store,
  project: string,
  path: string,
  options: { now: Date; log: LogShape },
): Promise<boolean> {
  const before = await store.stat(path);
  await sleep(10 + Math.random() * 40);
  const after = await store.stat(path);
  if (before?.version !== after?.version) return true;
  try {
    await repairLogFile(store, project, path, options);
    return true;
  } catch (error) {
    if (error instanceof TrackingError && error.code === "STORE_NOT_WRITABLE") return false;
    throw error;
  }
}

/** The log files that this process created, for stores where appends are not shared. */
const ownFiles = new WeakMap<Store, Set<string>>();
function ownFilesOf(store: Store): Set<string> {
  let own = ownFiles.get(store);
  if (!own) {
    own = new Set();
    ownFiles.set(store, own);
  }
  return own;
}
