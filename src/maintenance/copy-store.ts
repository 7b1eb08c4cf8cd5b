import { documentLog } from "../mlflow/document-log.js";
import { predictionsFolder } from "../predictions/predictions-path.js";
import { isAboutOneFile } from "../store/folder-failure.js";
import { inParallel } from "../store/in-parallel.js";
import { openStore } from "../store/open-store.js";
import type { CallOptions, Store } from "../store/store.js";
import { messageOf, TrackingError } from "../tracking-error.js";
import { isRetired, parseLogFileName } from "../tracking-log/log-file-name.js";
import { namedProjects } from "../tracking-log/named-projects.js";
import { projectFolders } from "../tracking-log/project-folders.js";
import { refuseOtherCase } from "../tracking-log/refuse-other-case.js";
import { createNextLogFile } from "../tracking-log/repair-log-file.js";
import { copyAnnotations, purgedExperiments } from "./copy-annotations.js";
import { copyDocuments } from "./copy-documents.js";
import { copyFile } from "./copy-file.js";
import type { CopyProblem } from "./copy-problem.js";
import { copyRuns } from "./copy-runs.js";
import { type CopiedRow, type LogFileRows, logFileRows } from "./log-rows.js";

export interface CopyOptions extends CallOptions {
  /** Addresses of the two stores. */
  from: string;
  to: string;
  /** Copy this project alone. */
  project?: string;
  /** Take predictions that are there with the same size for the same, instead of reading both. */
  quick?: boolean;
  onProgress?: (done: number, total: number) => void;
}

export interface CopyReport {
  from: string;
  to: string;
  projects: number;
  /** Experiments that were copied now, and those that were there. */
  copied: number;
  already: number;
  /** Experiments that were left out, since either store has purged them. */
  purged: number;
  /** Lines of what was said of projects and experiments that were copied now. */
  annotations: number;
  /** Runs of which a row was copied now. */
  runs: number;
  /** Experiments and models of MLflow's clients, versions and aliases, of which a row was copied now. */
  documents: number;
  /** Bytes of predictions, events and artifacts that were copied now. */
  bytes: number;
  /** What is not there as it is in the store that was copied. Everything else is. */
  problems: CopyProblem[];
}

/** Files that are copied at the same time. */
const atOnce = 8;

/**
 * Copies experiments from one store to another: of each log file first the predictions, then, as the commit,
 * its rows. What is there already is compared instead, so that a copy that was killed is taken up by doing it
 * again; nothing is ever overwritten or removed. What either store has purged is left out. A log file that the other store has nothing of is created
 * under the same name with the same bytes; single rows that it lacks go to a next log file.
 * @throws TrackingError UNKNOWN_PROJECT, INVALID_ARGUMENT; STORE_NOT_READABLE, STORE_NOT_WRITABLE where a
 * store fails
 */
export async function copyStore(options: CopyOptions): Promise<CopyReport> {
  const { quick = false, signal } = options;
  const [from, to] = [openStore(options.from, signal), openStore(options.to, signal)];
  if (from.address === to.address) {
    throw new TrackingError("INVALID_ARGUMENT", `both stores are ${to.address}; name another one to copy to`);
  }
  const projects = await namedProjects(from, options.project);
  const { odd } = options.project === undefined ? await projectFolders(from) : { odd: [] };
  const isEmpty =
    projects.length === 0 && odd.length === 0 && (await from.list(documentLog.folder)).length === 0;
  if (isEmpty) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `there is no project in the store ${from.address}, so there is nothing to copy; name the store that has the experiments first, then the one to copy to`,
    );
  }
  const report: CopyReport = {
    from: from.address,
    to: to.address,
    projects: projects.length,
    copied: 0,
    already: 0,
    purged: 0,
    annotations: 0,
    runs: 0,
    documents: 0,
    bytes: 0,
    problems: odd.map(({ path, reason }) => ({
      kind: "odd-folder",
      project: path.slice(path.indexOf("/") + 1),
      predictionId: undefined,
      path,
      message: reason,
    })),
  };
  let total = 0;
  let done = 0;
  const jobs: ProjectCopy[] = [];
  for (const project of projects) {
    const folder = predictionsFolder(project);
    const [sizes, sizesThere] = await Promise.all([
      sizesOf(from, folder, signal),
      sizesOf(to, folder, signal),
    ]);
    total += sizes.size;
    const onCopied = () => options.onProgress?.(Math.min(++done, total), total);
    jobs.push({ from, to, project, sizes, sizesThere, quick, signal, report, onCopied });
  }
  options.onProgress?.(0, total);
  for (const job of jobs) await copyProject(job);
  const project = options.project === undefined ? undefined : projects[0];
  const { documents, problems } = await copyDocuments({ from, to, project, signal });
  report.documents = documents;
  report.problems.push(...problems);
  return report;
}

async function sizesOf(
  store: Store,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  try {
    for await (const { path, size } of store.listFiles(folder, { signal })) sizes.set(path, size);
  } catch (error) {
    if (!isAboutOneFile(error)) throw error; // what a folder that cannot be listed has is asked for by name
  }
  return sizes;
}

interface ProjectCopy {
  from: Store;
  to: Store;
  project: string;
  /** Of the predictions, by path, in either store. */
  sizes: ReadonlyMap<string, number>;
  sizesThere: ReadonlyMap<string, number>;
  quick: boolean;
  signal: AbortSignal | undefined;
  report: CopyReport;
  onCopied: () => void;
}

async function copyProject(job: ProjectCopy): Promise<void> {
  const { from, to, project, signal } = job;
  await refuseOtherCase(to, project);
  const there = new Map<string, CopiedRow>();
  for await (const { rows } of logFileRows(to, project, { signal })) {
    for (const row of rows) there.set(row.predictionId, row);
  }
  const purged = await purgedExperiments(from, to, project);
  const seen = new Set<string>();
  for await (const { rows, ...file } of logFileRows(from, project, { signal })) {
    const wanted = rows.filter(({ predictionId }) => !purged.has(predictionId));
    for (const { predictionId } of rows) {
      if (!purged.has(predictionId) || seen.has(predictionId)) continue;
      seen.add(predictionId);
      job.report.purged += 1;
      job.onCopied();
    }
    await copyLogFile(job, { ...file, rows: wanted, isWhole: wanted.length === rows.length }, there, seen);
  }
  job.report.annotations += await copyAnnotations(from, to, project, { signal });
  const { runs, bytes, problems } = await copyRuns({ from, to, project, quick: job.quick, signal });
  job.report.runs += runs;
  job.report.bytes += bytes;
  job.report.problems.push(...problems);
}

/** The predictions that a log file's rows name, and then the rows. */
async function copyLogFile(
  job: ProjectCopy,
  { path, header, rows, broken, isWhole: hasAll }: LogFileRows & { isWhole: boolean },
  there: ReadonlyMap<string, CopiedRow>,
  seen: Set<string>,
): Promise<void> {
  const { to, project, signal, report, onCopied } = job;
  for (const { line, reason } of broken) {
    const message = `line ${line} is no row, and was not copied: ${reason}`;
    report.problems.push({ kind: "not-copied", project, predictionId: undefined, path, message });
  }
  // A repair that was interrupted leaves a row twice; the first is the one that counts.
  const distinct = rows.filter(({ predictionId }) => !seen.has(predictionId) && seen.add(predictionId));
  const fit = new Set<CopiedRow>();
  await inParallel(distinct, atOnce, async (row) => {
    const problem = await copyPredictions(job, row, there.get(row.predictionId));
    if (problem) report.problems.push(problem);
    if (!problem || rowAlone.has(problem.kind)) fit.add(row);
    onCopied();
  });
  const missing = distinct.filter((row) => fit.has(row) && !there.has(row.predictionId));
  report.already += fit.size - missing.length;
  if (missing.length === 0) return;
  const chunks = [header, ...missing.map(({ text }) => text)].map((text) => Buffer.from(text));
  // The same file under the same name, unless the other store has some of its rows, or a file of that name.
  const log = parseLogFileName(project, path.slice(path.lastIndexOf("/") + 1));
  const isWhole = hasAll && missing.length === rows.length && log !== undefined && !isRetired(log);
  if (!isWhole || (await to.create(path, chunks, { signal })) === "exists") {
    await createNextLogFile(to, project, new Date(), chunks);
  }
  report.copied += missing.length;
}

/** What is wrong with the predictions alone. */
const rowAlone = new Set<CopyProblem["kind"]>(["missing-predictions", "unreadable-predictions"]);

/** @param rowThere the row that the other store has of this experiment, maybe of another format */
async function copyPredictions(
  { from, to, project, sizes, sizesThere, quick, signal, report }: ProjectCopy,
  { predictionId, predictions: path, digest }: CopiedRow,
  rowThere: CopiedRow | undefined,
): Promise<CopyProblem | undefined> {
  const problem = (kind: CopyProblem["kind"], message: string): CopyProblem => ({
    kind,
    project,
    predictionId,
    path,
    message: `${predictionId}: ${message}`,
  });
  if (rowThere !== undefined && rowThere.digest !== digest) {
    return problem("conflict", "its row differs from the one that is there");
  }
  if (!path.startsWith(`${predictionsFolder(project)}/`)) {
    return problem("not-copied", `its row names ${JSON.stringify(path)} as its predictions`);
  }
  const pathThere = rowThere?.predictions ?? path;
  let size: number | undefined;
  let outcome: Awaited<ReturnType<typeof copyFile>>;
  try {
    size = sizes.get(path) ?? (await from.stat(path, { signal }))?.size;
    if (size === undefined) return problem("missing-predictions", `${path} is not there; its row was copied`);
    const sizeThere = sizesThere.get(pathThere);
    outcome = await copyFile({ from, to, path, pathThere, size, sizeThere, quick, signal });
  } catch (error) {
    if (!isAboutOneFile(error)) throw error;
    return problem("unreadable-predictions", messageOf(error));
  }
  switch (outcome) {
    case "different":
      return problem(
        "conflict",
        `${path} is there with other content; "ml-tracking verify" on both stores says which is damaged: take that away and copy again`,
      );
    case "damaged":
      return problem(
        "damaged-copy",
        `${path} came out with other content than it was written with; take it away there and copy again`,
      );
    case "copied":
      report.bytes += size;
      return undefined;
    case "already":
      return undefined;
  }
}
