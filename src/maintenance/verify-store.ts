import type { DigestColumn } from "../experiment/digest/test-set-digest.js";
import { testSetDigest } from "../experiment/digest/test-set-digest.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import type { ReadOptions } from "../jobs/find-experiments.js";
import { predictionsFile } from "../jobs/read-experiments.js";
import type { PredictionTable } from "../predictions/prediction-table.js";
import { readPredictions } from "../predictions/read/read-predictions.js";
import { isAboutOneFile } from "../store/folder-failure.js";
import { incomingFolder } from "../store/folder-store.js";
import { openStore } from "../store/open-store.js";
import type { Store } from "../store/store.js";
import { messageOf, TrackingError } from "../tracking-error.js";
import { idKey, keyList, type SortedKeys, textKey } from "../tracking-log/key-list.js";
import { projectFolders } from "../tracking-log/project-folders.js";
import { linesOf, logLines, trackingFolder } from "../tracking-log/read-log.js";
import { createNextLogFile } from "../tracking-log/repair-log-file.js";
import { toRecord } from "../tracking-log/row.js";
import { type Finding, findings } from "./verify-findings.js";
import { type VerifiedLog, type VerifyJob, verifyLog } from "./verify-log.js";

export type { Finding } from "./verify-findings.js";
export { findingKinds } from "./verify-findings.js";

export interface VerifyReport {
  projects: number;
  experiments: number;
  /** The first 10,000; `onFinding` is told of all. */
  findings: Finding[];
  /** How many there are, and how many of them are not repaired. */
  found: number;
  open: number;
}

export interface VerifyOptions extends ReadOptions {
  /** Put right what can be: see `findingKinds` and docs/cli.md. */
  repair?: boolean;
  /** Whether to read every predictions file and check its digest, not just that it is there. Default true. */
  predictions?: boolean;
  /** Files younger than this may belong to a writer at work and are left alone. Default 3,600 s. */
  graceSeconds?: number;
  onProgress?: (done: number, total: number) => void;
  /** Told of each finding, once what can be mended is; what it returns is waited for. */
  onFinding?: (finding: Finding) => void | Promise<void>;
  now?: () => Date;
}

const hour = 3600;

/**
 * Checks a store: every line of every log, every predictions file, and what killed writers left. With `repair`, torn lines,
 * orphaned predictions and left-over files go to `quarantine/` or away, duplicate rows are removed and rows left behind
 * come back; nothing that could be somebody's record is deleted.
 * @throws TrackingError STORE_NOT_READABLE, STORE_NOT_WRITABLE
 */
export async function verifyStore(options: VerifyOptions = {}): Promise<VerifyReport> {
  const store = openStore(options.store);
  const now = options.now ?? (() => new Date());
  const oldEnough = (modified: Date) =>
    now().getTime() - modified.getTime() >= (options.graceSeconds ?? hour) * 1000;
  const job: VerifyJob = {
    store,
    repair: options.repair ?? false,
    now,
    oldEnough,
    findings: findings(options.onFinding),
  };

  await verifyIncoming(job);
  const projects = await verifyFolders(job);
  const ids = keyList();
  const logs: VerifiedLog[] = [];
  for (const project of projects) logs.push(await verifyLog(job, project, ids));
  const experiments = logs.reduce((sum, log) => sum + log.experiments, 0);
  const named = await verifyExperiments(job, logs, ids.sorted().repeated(), {
    readThem: options.predictions ?? true,
    onDone: (done) => options.onProgress?.(Math.min(done, experiments), experiments),
  });
  await findOrphans(job, named);
  const { kept, found, open } = job.findings;
  return { projects: projects.length, experiments, findings: kept, found, open };
}

/** @returns the projects, and tells what else lies where their folders do */
async function verifyFolders({ store, findings: told }: VerifyJob): Promise<string[]> {
  const { projects, odd } = await projectFolders(store);
  for (const { path, reason } of odd) {
    await told.add({ kind: "odd-folder", project: undefined, path, message: reason, repaired: false });
  }
  for (const { name, kind } of await store.list(trackingFolder)) {
    if (kind === "folder") continue;
    await told.add({
      kind: "stray-file",
      project: undefined,
      path: `${trackingFolder}/${name}`,
      message: "it is no folder of a project; move it elsewhere",
      repaired: false,
    });
  }
  return projects;
}

/** What killed writers left under way: half-written files, and log files that a killed repair had taken. */
async function verifyIncoming({ store, repair, oldEnough, findings: told, now }: VerifyJob): Promise<void> {
  for (const { name, kind } of await store.list(incomingFolder)) {
    const path = `${incomingFolder}/${name}`;
    if (kind !== "file") {
      const message = "it is no file that is being written; move it elsewhere";
      await told.add({ kind: "left-over-file", project: undefined, path, message, repaired: false });
      continue;
    }
    const file = await store.stat(path);
    if (!file) continue;
    if (name.endsWith(".taken")) await bringBackRows({ store, repair, findings: told, now }, path);
    else if (oldEnough(file.modified)) {
      await told.add({
        kind: "left-over-file",
        project: undefined,
        path,
        message: "a writer was killed while writing it; no experiment needs it",
        repaired: repair && (await store.removeIfUnchanged(path, file.version)) === "removed",
      });
    }
  }
}

async function bringBackRows(
  { store, repair, findings: told, now }: Omit<VerifyJob, "oldEnough">,
  path: string,
): Promise<void> {
  const file = await store.read(path);
  if (!file) return;
  const rowsOf = new Map<string, Map<string, string>>();
  for (const line of linesOf(path, file.bytes)) {
    if (!("cells" in line)) continue;
    const project = line.cells.get("project") ?? "";
    const rows = rowsOf.get(project) ?? new Map<string, string>();
    rows.set(line.cells.get("prediction_id") as string, line.text);
    rowsOf.set(project, rows);
  }
  const header = file.bytes.subarray(0, file.bytes.indexOf(0x0a) + 1);
  for (const [project, rows] of rowsOf) {
    for await (const line of logLines(store, project)) {
      if ("cells" in line) rows.delete(line.cells.get("prediction_id") as string);
    }
    if (rows.size === 0) continue;
    if (repair) {
      const text = [...rows.values()].map((row) => `${row}\n`).join("");
      await createNextLogFile(store, project, now(), [header, Buffer.from(text)]);
    }
    for (const id of rows.keys()) {
      await told.add({
        kind: "row-left-behind",
        project,
        path,
        message: `the row of ${id} is not in the tracking log, but in a file that a killed repair took away`,
        repaired: repair,
      });
    }
  }
  if (repair) await store.removeIfUnchanged(path, file.version);
}

/** So many are looked for at the same time where they are not read. */
const lookedForAtOnce = 64;

/**
 * Looks at the predictions of every experiment, whose rows are read once more.
 * @param twice ids that stand in more than one project
 * @returns digests of the paths that rows name
 */
async function verifyExperiments(
  { store, findings: told }: VerifyJob,
  logs: readonly VerifiedLog[],
  twice: SortedKeys,
  { readThem, onDone }: { readThem: boolean; onDone: (done: number) => void },
): Promise<SortedKeys> {
  const named = keyList();
  const firstProject = new Int32Array(twice.size).fill(-1);
  let done = 0;
  let waiting: ExperimentRecord[] = [];
  const look = async () => {
    const batch = waiting;
    waiting = [];
    const problems = await Promise.all(
      batch.map(async (record) => ({ record, problem: await problemOfPredictions(store, record, readThem) })),
    );
    for (const { record, problem } of problems) {
      if (problem) {
        await told.add({ ...problem, project: record.project, path: record.predictions, repaired: false });
      }
    }
    done += batch.length;
    onDone(done);
  };
  for (const [number, { project, repeated }] of logs.entries()) {
    const seen = new Uint8Array(repeated.size);
    for await (const line of logLines(store, project)) {
      if ("broken" in line) continue;
      const id = line.cells.get("prediction_id") as string;
      const key = idKey(id);
      named.add(...textKey(line.cells.get("predictions") ?? ""));
      const again = repeated.indexOf(...key);
      if (again >= 0 && seen[again]) continue;
      if (again >= 0) seen[again] = 1;
      const elsewhere = twice.indexOf(...key);
      const first = elsewhere < 0 ? -1 : firstProject[elsewhere]!;
      if (first >= 0) {
        const message = `${id} is an experiment of the project ${logs[first]!.project}, too: name the project with --project to get this one`;
        const place = { project, path: line.path, line: line.line, repaired: false };
        await told.add({ ...place, kind: "id-in-two-projects", message });
      } else if (elsewhere >= 0) firstProject[elsewhere] = number;
      const read = toRecord(line.cells);
      if ("broken" in read) continue;
      waiting.push(read.record);
      if (waiting.length >= (readThem ? 1 : lookedForAtOnce)) await look();
    }
  }
  await look();
  return named.sorted();
}

async function problemOfPredictions(
  store: Store,
  record: ExperimentRecord,
  readThem: boolean,
): Promise<Pick<Finding, "kind" | "message"> | undefined> {
  const id = record.predictionId;
  try {
    if ((await store.stat(record.predictions)) === undefined) {
      return {
        kind: "missing-predictions",
        message: `the predictions of ${id} are not there; bring them back from a backup, its row is intact`,
      };
    }
    if (!readThem) return undefined;
    const table = await readPredictions(await predictionsFile(store, record));
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

/** Predictions that no row names, old enough that no writer is about to add the row. */
async function findOrphans(job: VerifyJob, named: SortedKeys): Promise<void> {
  const { store, repair, oldEnough, findings: told } = job;
  try {
    for await (const { path, size, version, modified } of store.listFiles("predictions")) {
      if (named.has(...textKey(path)) || !oldEnough(modified)) continue;
      // An empty one is what a removal that was stopped has left.
      const mend = async () =>
        size === 0
          ? (await store.removeIfUnchanged(path, version)) === "removed"
          : await moveToQuarantine(store, path);
      await told.add({
        kind: "orphaned-predictions",
        project: path.split("/")[1],
        path,
        message: "no row of the tracking log names it: its writer was killed before the row",
        repaired: repair && (await mend()),
      });
    }
  } catch (error) {
    if (!isAboutOneFile(error)) throw error;
    const message = messageOf(error);
    await told.add({
      kind: "unreadable-predictions",
      project: undefined,
      path: "predictions",
      message,
      repaired: false,
    });
  }
}

async function moveToQuarantine(store: Store, path: string): Promise<boolean> {
  const file = await store.read(path);
  if (!file) return false;
  const created = await store.create(`quarantine/${path}`, [file.bytes]);
  return created === "created" && (await store.removeIfUnchanged(path, file.version)) === "removed";
}
