import { annotationLog } from "../../annotations/annotation-line.js";
import { emptyFolder } from "../../store/empty-folder.js";
import { parseLogFileName } from "../../tracking-log/log-file-name.js";
import { type LogShape, trackingLog } from "../../tracking-log/log-shape.js";
import { projectFolders } from "../../tracking-log/project-folders.js";
import type { CheckJob, LogFileToCheck, WarehouseCheck } from "./check-job.js";
import { mostFiles, whyOddName } from "./object-names.js";

/** The most that BigQuery reads of a CSV file without compression, whose fields have no line breaks. */
const largestCsv = 5 * 10 ** 12;

/** Finds what a wildcard such as `tracking/*.csv` takes: every CSV file, however deep it lies. */
export const checkLogFiles: WarehouseCheck = async (job) => {
  const logFiles: LogFileToCheck[] = [];
  let projects = 0;
  for (const log of [trackingLog, annotationLog]) {
    const folders = await projectFolders(job.store, log);
    if (log === trackingLog) projects = folders.projects.length;
    for (const { path, reason } of folders.odd) {
      if (path.endsWith("/")) continue; // two slashes in a row: told of with the file
      await job.tell({ kind: "odd-folder", path, message: reason });
    }
    const found = await findCsvFiles(job, log, new Set(folders.odd.map(({ path }) => path)));
    if (job.isBigQuery && found.length > mostFiles) {
      const message = `${found.length} log files, over ${mostFiles}: each query lists and opens them all`;
      await job.tell({ kind: "too-many-files", path: log.folder, message });
    }
    logFiles.push(...found);
  }
  return { projects, logFiles };
};

async function findCsvFiles(
  { store, isBigQuery, tell }: CheckJob,
  log: LogShape,
  oddFolders: ReadonlySet<string>,
): Promise<LogFileToCheck[]> {
  const found: LogFileToCheck[] = [];
  for await (const { path, size } of store.listFiles(log.folder)) {
    if (!path.endsWith(".csv") || path.startsWith(`${log.folder}/${emptyFolder}/`)) continue;
    const odd = whyOddName(path);
    if (odd !== undefined) {
      if (isBigQuery) await tell({ kind: "odd-object-name", path, message: `its name has ${odd}` });
      continue; // the store does not read it either
    }
    const [, folder = "", name = "", ...deeper] = path.split("/");
    const isLog = deeper.length === 0 && parseLogFileName(folder.normalize("NFC"), name) !== undefined;
    if (!isLog && !oddFolders.has(`${log.folder}/${folder}`)) {
      const message = `it is no file of ${log.title}, and the lines of every CSV file here are read as rows`;
      await tell({ kind: "stray-file", path, message });
    }
    if (isBigQuery && size > largestCsv) {
      const message = `it has ${size} bytes, over ${largestCsv}; its lines were not looked at`;
      await tell({ kind: "too-large-file", path, message });
    } else if (size > 0) found.push({ path, size, log });
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
