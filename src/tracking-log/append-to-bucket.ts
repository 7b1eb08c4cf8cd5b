import { orEnd } from "../store/attempts.js";
import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import { isRetired, nextFileName } from "./log-file-name.js";
import type { LogShape } from "./log-shape.js";
import { listLogFiles, projectFolder } from "./read-log.js";
import { refuseOtherCase } from "./refuse-other-case.js";
import { repairLogFile } from "./repair-log-file.js";

/** Rows that are to be added to the log of a project in a bucket. */
export interface BucketRows {
  project: string;
  header: Uint8Array;
  rows: Uint8Array;
  newCsv: boolean;
  now: Date;
  signal: AbortSignal | undefined;
  log: LogShape;
}

/**
 * A file is not written again within this time after the bucket said that it takes no more: GCS takes one
 * write a second.
 */
const restAfterBusy = 1000;
const mostTries = 100;
const mostCrowd = 8;

/**
 * Adds a row where an append writes the file anew. Nobody queues for a file: who loses the race for the most
 * recent one, or is told that it is written too often, starts the next one, and goes on with the files that
 * it started, one after the other. Rows that a process logs at the same time are written together.
 */
export async function appendToBucket(store: Store, { signal, ...what }: BucketRows): Promise<string> {
  if (what.newCsv) return writeRows(store, what, [what.rows], signal);
  const queue = stateOf(store, what.project, what.header);
  const written = new Promise<string>((resolve, reject) => {
    queue.waiting.push({ rows: what.rows, resolve, reject, signal });
    if (!queue.atWork) void work(store, what, queue);
  });
  return orEnd(signal, written);
}

interface WaitingRow {
  rows: Uint8Array;
  resolve: (path: string) => void;
  reject: (error: unknown) => void;
  signal: AbortSignal | undefined;
}

interface Queue {
  waiting: WaitingRow[];
  atWork: boolean;
}

/** Writes what waits, until nothing does. */
async function work(store: Store, what: Omit<BucketRows, "rows" | "signal">, queue: Queue): Promise<void> {
  queue.atWork = true;
  while (queue.waiting.length > 0) {
    const batch = queue.waiting.splice(0).filter(({ signal }) => !signal?.aborted);
    if (batch.length === 0) continue;
    const done = new AbortController();
    try {
      const rows = batch.map((waiting) => waiting.rows);
      const path = await writeRows(store, what, rows, endOfAll(batch, done.signal));
      for (const { resolve } of batch) resolve(path);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      done.abort();
    }
  }
  queue.atWork = false;
}

/** Aborted when all signals of a batch are: one caller's end is not the others'. */
function endOfAll(batch: readonly WaitingRow[], done: AbortSignal): AbortSignal | undefined {
  const signals = batch.flatMap(({ signal }) => signal ?? []);
  if (signals.length < batch.length) return undefined;
  const end = new AbortController();
  let left = signals.length;
  for (const signal of signals) {
    const one = () => {
      left -= 1;
      if (left === 0) end.abort(signal.reason);
    };
    if (signal.aborted) one();
    else signal.addEventListener("abort", one, { once: true, signal: done });
  }
  return end.signal;
}

/** What this process knows of the log files that it may write of a project and a header. */
interface OwnFile {
  path: string;
  /** It started the file; others' files are left to them at the first contention. */
  started: boolean;
  /** Not before this time of `performance.now()`. */
  restsUntil: number;
}

async function writeRows(
  store: Store,
  { project, header, newCsv, now, log }: Omit<BucketRows, "rows" | "signal">,
  rows: readonly Uint8Array[],
  signal: AbortSignal | undefined,
): Promise<string> {
  const lines = Buffer.concat(rows);
  const folder = projectFolder(project, log);
  const state = stateOf(store, project, header);
  const drop = (file: OwnFile) => state.files.splice(state.files.indexOf(file), 1);
  let looked = newCsv;
  let wantsNew = newCsv;
  for (let tries = 0; tries < mostTries; tries++) {
    let file = wantsNew ? undefined : state.files.find(({ restsUntil }) => restsUntil <= performance.now());
    let files: Awaited<ReturnType<typeof listLogFiles>> | undefined;
    if (!file && !looked && state.files.length === 0) {
      // The first row of this process: to the most recent file, as in a folder.
      looked = true;
      files = await listLogFiles(store, project, { signal }, log);
      const latest = files.findLast((one) => !isRetired(one));
      if (latest) {
        file = { path: `${folder}/${latest.name}`, started: false, restsUntil: 0 };
        state.files.push(file);
      }
    }
    if (file) {
      const outcome = await store.append(file.path, lines, { header, signal });
      if (outcome === "appended") {
        if (state.isPaced) file.restsUntil = performance.now() + restAfterBusy;
        return file.path;
      }
      if (outcome === "busy") {
        state.isPaced = true;
        file.restsUntil = performance.now() + restAfterBusy;
        if (!file.started) drop(file);
        wantsNew = !state.files.some(({ restsUntil }) => restsUntil <= performance.now());
        continue;
      }
      drop(file);
      if (outcome === "torn") await repairLogFile(store, project, file.path, { now, log });
      wantsNew ||= outcome === "unfit";
      continue;
    }
    files ??= await listLogFiles(store, project, { signal }, log);
    if (files.length === 0) await refuseOtherCase(store, project);
    // Many writers that want the next name at the same time spread out, more widely the more of them there
    // are.
    const skipped = Math.floor(Math.random() * 2 ** state.crowd);
    const path = `${folder}/${nextFileName(project, files, now, skipped)}`;
    if ((await store.create(path, [header, lines], { signal })) === "created") {
      state.crowd = Math.max(0, state.crowd - 1);
      if (newCsv) state.files.length = 0;
      state.files.push({
        path,
        started: true,
        restsUntil: state.isPaced ? performance.now() + restAfterBusy : 0,
      });
      return path;
    }
    state.crowd = Math.min(mostCrowd, state.crowd + 2);
  }
  throw new TrackingError(
    "STORE_NOT_WRITABLE",
    `cannot add a row to project ${project} in the store ${store.address}: ${mostTries} tries met other writers; run "ml-tracking verify --repair"`,
  );
}

interface LogState extends Queue {
  files: OwnFile[];
  /** The place was seen to take a file's writes at a certain pace only. */
  isPaced: boolean;
  /** How many others seem to want the next file at the same time, as a power of two. */
  crowd: number;
}

const states = new WeakMap<Store, Map<string, LogState>>();
function stateOf(store: Store, project: string, header: Uint8Array): LogState {
  const ofStore = states.get(store) ?? new Map<string, LogState>();
  states.set(store, ofStore);
  const key = `${project}\0${Buffer.from(header).toString()}`;
  const state = ofStore.get(key) ?? { files: [], isPaced: false, crowd: 0, waiting: [], atWork: false };
  ofStore.set(key, state);
  return state;
}
