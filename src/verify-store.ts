import type { ExperimentRecord } from "./experiment/experiment-record.js";
import type { DigestColumn } from "./experiment/test-set-digest.js";
import { testSetDigest } from "./experiment/test-set-digest.js";
import type { ReadOptions } from "./find-experiments.js";
import type { PredictionTable } from "./predictions/prediction-table.js";
import { readPredictions } from "./predictions/read-predictions.js";
import { predictionsFile } from "./read-experiments.js";
import { incomingFolder } from "./store/folder-store.js";
import { openStore } from "./store/open-store.js";
import type { Store } from "./store/store.js";
import { TrackingError } from "./tracking-error.js";
import { parseLogFileName } from "./tracking-log/log-file-name.js";
import { linesOf, listProjects, logLines, projectFolder } from "./tracking-log/read-log.js";
import { createNextLogFile, repairLogFile } from "./tracking-log/repair-log-file.js";
import { toRecord } from "./tracking-log/row.js";

export const findingKinds = {
  "torn-line": "a line of a tracking log that is no row: a writer was killed, or the file was edited",
  "unreadable-row": "a row with a cell that does not hold what its column promises",
  "duplicate-row": "one of two rows of the same prediction id",
  "stray-file": "a file in a project's folder that is no tracking log",
  "missing-predictions": "a row whose predictions are not there",
  "unreadable-predictions": "a predictions file that cannot be read",
  "wrong-digest":
    "predictions that differ from what their row says: other ids, other true values, or another number",
  "orphaned-predictions": "a predictions file that no row names: its writer was killed before the row",
  "left-over-file": "a file that was being written, or removed, when its writer was killed",
  "row-left-behind": "a row that a killed repair had taken out of its log file",
} as const;

export interface Finding {
  kind: keyof typeof findingKinds;
  project: string | undefined;
  path: string;
  /** Counts from 1, the header, where the finding is a line. */
  line?: number;
  message: string;
  repaired: boolean;
}

export interface VerifyReport {
  projects: number;
  experiments: number;
  findings: Finding[];
}

export interface VerifyOptions extends ReadOptions {
  /** Put right what can be: see `findingKinds` and docs/cli.md. */
  repair?: boolean;
  /** Whether to read every predictions file and check its digest, not just that it is there. Default true. */
  predictions?: boolean;
  /** Files younger than this may belong to a writer at work and are left alone. Default 3,600 s. */
  graceSeconds?: number;
  onProgress?: (done: number, total: number) => void;
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
  const findings: Finding[] = [];
  const job: Job = { store, repair: options.repair ?? false, now, oldEnough, findings };

  await verifyIncoming(job);
  const projects = await listProjects(store);
  const records: ExperimentRecord[] = [];
  for (const project of projects) records.push(...(await verifyLog(job, project)));
  await verifyPredictions(job, records, options.predictions ?? true, options.onProgress);
  await findOrphans(job, new Set(records.map(({ predictions }) => predictions)));
  return { projects: projects.length, experiments: records.length, findings };
}

interface Job {
  store: Store;
  repair: boolean;
  now: () => Date;
  oldEnough: (modified: Date) => boolean;
  findings: Finding[];
}

/** What killed writers left under way: half-written files, and log files that a killed repair had taken. */
async function verifyIncoming({ store, repair, oldEnough, findings, now }: Job): Promise<void> {
  for (const { name } of await store.list(incomingFolder)) {
    const path = `${incomingFolder}/${name}`;
    const file = await store.stat(path);
    if (!file) continue;
    if (name.endsWith(".taken")) await bringBackRows({ store, repair, findings, now }, path);
    else if (oldEnough(file.modified)) {
      findings.push({
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
  { store, repair, findings, now }: Pick<Job, "store" | "repair" | "findings" | "now">,
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
      findings.push({
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

async function verifyLog(job: Job, project: string): Promise<ExperimentRecord[]> {
  const { store, repair, findings, now, oldEnough } = job;
  for await (const { path, size, version, modified } of store.listFiles(projectFolder(project))) {
    const name = path.slice(projectFolder(project).length + 1);
    if (!parseLogFileName(project, name)) {
      findings.push({
        kind: "stray-file",
        project,
        path,
        message: `it is no tracking log of ${project}, and other programs read every file here; move it elsewhere`,
        repaired: false,
      });
    } else if (size === 0 && oldEnough(modified)) {
      findings.push({
        kind: "left-over-file",
        project,
        path,
        message: "it is empty: whoever removed it was stopped; no experiment needs it",
        repaired: repair && (await store.removeIfUnchanged(path, version)) === "removed",
      });
    }
  }

  const records = new Map<string, ExperimentRecord>();
  const lastPlace = new Map<string, Pick<Finding, "path" | "line">>();
  const found: Finding[] = [];
  for await (const line of logLines(store, project)) {
    const place = { project, path: line.path, line: line.line, repaired: false };
    if ("broken" in line) {
      found.push({
        ...place,
        kind: "torn-line",
        message: `${line.broken}: ${JSON.stringify(line.text.slice(0, 80))}`,
      });
      continue;
    }
    const id = line.cells.get("prediction_id") as string;
    const before = lastPlace.get(id);
    if (before?.path === line.path) {
      found.push({ ...place, kind: "duplicate-row", message: `${id} has a row before this one` });
      continue;
    }
    lastPlace.set(id, { path: line.path, line: line.line });
    if (before) {
      // The earlier one goes: every repair and every compaction moves rows forwards only.
      const message = `${id} has a row in ${line.path}, too`;
      found.push({ ...place, ...before, kind: "duplicate-row", message });
      continue;
    }
    const read = toRecord(line.cells);
    if ("broken" in read) found.push({ ...place, kind: "unreadable-row", message: `${id}: ${read.broken}` });
    else records.set(id, read.record);
  }

  if (repair) {
    const broken = found.filter(({ kind }) => kind === "torn-line" || kind === "duplicate-row");
    for (const path of new Set(broken.map((finding) => finding.path))) {
      const elsewhere = new Set([...lastPlace].flatMap(([id, last]) => (last.path === path ? [] : [id])));
      const repaired = await repairLogFile(store, project, path, now(), elsewhere);
      for (const finding of broken) if (finding.path === path) finding.repaired = repaired !== undefined;
    }
  }
  findings.push(...found);
  return [...records.values()];
}

async function verifyPredictions(
  { store, findings }: Job,
  records: readonly ExperimentRecord[],
  readThem: boolean,
  onProgress: VerifyOptions["onProgress"],
): Promise<void> {
  let done = 0;
  for (const record of records) {
    const problem = await problemOfPredictions(store, record, readThem);
    if (problem)
      findings.push({ ...problem, project: record.project, path: record.predictions, repaired: false });
    done += 1;
    onProgress?.(done, records.length);
  }
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
async function findOrphans(
  { store, repair, oldEnough, findings }: Job,
  named: ReadonlySet<string>,
): Promise<void> {
  for await (const { path, size, version, modified } of store.listFiles("predictions")) {
    if (named.has(path) || !oldEnough(modified)) continue;
    const project = path.split("/")[1];
    findings.push({
      kind: "orphaned-predictions",
      project,
      path,
      message: "no row of the tracking log names it: its writer was killed before the row",
      // An empty one is what a removal that was stopped has left.
      repaired:
        repair &&
        (size === 0
          ? (await store.removeIfUnchanged(path, version)) === "removed"
          : await moveToQuarantine(store, path)),
    });
  }
}

async function moveToQuarantine(store: Store, path: string): Promise<boolean> {
  const file = await store.read(path);
  if (!file) return false;
  const created = await store.create(`quarantine/${path}`, [file.bytes]);
  return created === "created" && (await store.removeIfUnchanged(path, file.version)) === "removed";
}
