import { idKey, type KeyList, keyList } from "../../tracking-log/key-list.js";
import { format } from "../../tracking-log/log-shape.js";
import { logLines } from "../../tracking-log/read-log.js";
import { newerFormat, toRecord } from "../../tracking-log/row.js";
import { findDuplicates } from "./duplicate-rows.js";
import type { Finding } from "./findings.js";
import { verifyLogFiles } from "./log-files.js";
import { repairFiles } from "./repair-log-files.js";
import type { Known, VerifiedLog, VerifyJob } from "./verify-job.js";

/** Looks through the logs of all projects. */
export async function checkLogLines(
  job: VerifyJob,
  { projects }: Known,
): Promise<Pick<Known, "logs" | "idsInSeveralProjects">> {
  const ids = keyList();
  const logs: VerifiedLog[] = [];
  for (const project of projects) logs.push(await verifyLog(job, project, ids));
  return { logs, idsInSeveralProjects: ids.sorted().repeated() };
}

/**
 * Looks through the log of a project, twice where an id stands twice, and repairs it if asked. Of a row that
 * is all right eight bytes are kept, so that a log of millions is looked through in the memory of a few
 * files.
 * @param allIds gets every id once
 */
async function verifyLog(job: VerifyJob, project: string, allIds: KeyList): Promise<VerifiedLog> {
  await verifyLogFiles(job, project);
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
