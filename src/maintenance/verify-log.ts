import type { Store } from "../store/store.js";
import { format } from "../tracking-log/columns.js";
import { idKey, type KeyList, keyList, type SortedKeys } from "../tracking-log/key-list.js";
import { parseLogFileName } from "../tracking-log/log-file-name.js";
import { logLines, projectFolder } from "../tracking-log/read-log.js";
import { removeLogFile, repairLogFile } from "../tracking-log/repair-log-file.js";
import { newerFormat, toRecord } from "../tracking-log/row.js";
import type { Finding, Findings } from "./verify-findings.js";

export interface VerifyJob {
  store: Store;
  repair: boolean;
  now: () => Date;
  oldEnough: (modified: Date) => boolean;
  findings: Findings;
}

/** What is known of a project's log once it was looked through. */
export interface VerifiedLog {
  project: string;
  /** How many experiments it has. */
  experiments: number;
  /** The ids that have more than one row. */
  repeated: SortedKeys;
}

/**
 * Looks through the log of a project, twice where an id stands twice, and repairs it if asked. Of a row that is all right eight bytes
 * are kept, so that a log of millions is looked through in the memory of a few files.
 * @param allIds gets every id once
 */
export async function verifyLog(job: VerifyJob, project: string, allIds: KeyList): Promise<VerifiedLog> {
  await verifyFiles(job, project);
  const found: Finding[] = []; // what a repair may mend is told after it
  const tell = job.repair
    ? async (finding: Finding) => void found.push(finding)
    : (finding: Finding) => job.findings.add(finding);

  const ids = keyList();
  let unreadable = 0;
  for await (const line of logLines(job.store, project)) {
    const place = { project, path: line.path, line: line.line, repaired: false };
    if ("broken" in line) {
      const message = `${line.broken}: ${JSON.stringify(line.text.slice(0, 80))}`;
      await tell({ ...place, kind: "torn-line", message });
      continue;
    }
    const id = line.cells.get("prediction_id") as string;
    ids.add(...idKey(id));
    const newer = newerFormat(line.cells);
    if (newer !== undefined) {
      const message = `${id} is of format ${newer}, and this version knows ${format}: what is new in it is not shown; update ml-tracking`;
      await job.findings.add({ ...place, kind: "newer-format", message });
    }
    const read = toRecord(line.cells);
    if (!("broken" in read)) continue;
    unreadable += 1;
    await job.findings.add({ ...place, kind: "unreadable-row", message: `${id}: ${read.broken}` });
  }
  const sorted = ids.sorted();
  sorted.addTo(allIds);
  const repeated = sorted.repeated();
  const lastPath =
    repeated.size > 0 ? await findDuplicates(job.store, project, repeated, tell) : () => undefined;
  if (job.repair) await repairFiles(job, project, found, lastPath);
  return { project, experiments: sorted.size - unreadable, repeated };
}

/** What lies in the project's folder beside its log. */
async function verifyFiles(
  { store, repair, findings, oldEnough }: VerifyJob,
  project: string,
): Promise<void> {
  const folder = projectFolder(project);
  for await (const { path, size, version, modified } of store.listFiles(folder)) {
    const name = path.slice(folder.length + 1);
    if (!parseLogFileName(project, name)) {
      const message = `it is no tracking log of ${project}, and other programs read every file here; move it elsewhere`;
      await findings.add({ kind: "stray-file", project, path, message, repaired: false });
    } else if (size === 0 && oldEnough(modified)) {
      const removed = repair && (await removeLogFile(store, project, path, version)) === "removed";
      const message = "it is empty: whoever removed it was stopped; no experiment needs it";
      await findings.add({ kind: "left-over-file", project, path, message, repaired: removed });
    }
  }
  if (!store.localPath) return;
  for (const { name, kind } of await store.list(folder)) {
    if (kind === "file") continue;
    const message =
      "it is no plain file (a folder, a link, a pipe or a device), which nobody reads here; move it elsewhere";
    await findings.add({ kind: "stray-file", project, path: `${folder}/${name}`, message, repaired: false });
  }
}

/**
 * Tells of the rows whose id has another one. Of those in two files the earlier one is the one too many: every repair and every
 * compaction moves rows forwards only.
 * @returns the file that has the last row of an id; undefined of an id that stands once
 */
async function findDuplicates(
  store: Store,
  project: string,
  repeated: SortedKeys,
  tell: (finding: Finding) => Promise<void>,
): Promise<(id: string) => string | undefined> {
  const files: string[] = [];
  const lastFile = new Int32Array(repeated.size).fill(-1);
  const lastLine = new Int32Array(repeated.size);
  for await (const line of logLines(store, project)) {
    if ("broken" in line) continue;
    if (files.at(-1) !== line.path) files.push(line.path);
    const id = line.cells.get("prediction_id") as string;
    const at = repeated.indexOf(...idKey(id));
    if (at < 0) continue;
    const place = { kind: "duplicate-row", project, repaired: false } as const;
    const before = lastFile[at]!;
    if (before === files.length - 1) {
      await tell({ ...place, path: line.path, line: line.line, message: `${id} has a row before this one` });
      continue;
    }
    if (before >= 0) {
      const message = `${id} has a row in ${line.path}, too`;
      await tell({ ...place, path: files[before]!, line: lastLine[at]!, message });
    }
    lastFile[at] = files.length - 1;
    lastLine[at] = line.line;
  }
  return (id) => {
    const at = repeated.indexOf(...idKey(id));
    return at < 0 ? undefined : files[lastFile[at]!];
  };
}

/** Repairs the files that have torn lines or duplicates, and tells of those then. */
async function repairFiles(
  { store, now, findings }: VerifyJob,
  project: string,
  found: readonly Finding[],
  lastPath: (id: string) => string | undefined,
): Promise<void> {
  const repaired = new Set<string>();
  for (const path of new Set(found.map((finding) => finding.path))) {
    const elsewhere = { has: (id: string) => ![undefined, path].includes(lastPath(id)) };
    if (await repairLogFile(store, project, path, now(), elsewhere)) repaired.add(path);
  }
  for (const finding of found) await findings.add({ ...finding, repaired: repaired.has(finding.path) });
}
