import type { LogShape, RowCells } from "../../tracking-log/log-shape.js";
import { logLines } from "../../tracking-log/read-log.js";
import { repairLogFile } from "../../tracking-log/repair-log-file.js";
import type { Finding } from "./findings.js";
import { verifyLogFiles } from "./log-files.js";
import type { VerifyJob } from "./verify-job.js";

/**
 * Looks through a log of which nothing but its lines is checked, and repairs its files if asked.
 * @param problemOf what is wrong with a row; undefined where it is as it should be
 */
export async function verifyRows(
  job: VerifyJob,
  project: string,
  log: LogShape,
  problemOf: (cells: RowCells) => Pick<Finding, "kind" | "message"> | undefined,
): Promise<void> {
  const { store, repair, findings, now } = job;
  await verifyLogFiles(job, project, log);
  const torn: Finding[] = [];
  for await (const line of logLines(store, project, log)) {
    const place = { project, path: line.path, line: line.line, repaired: false };
    if ("broken" in line) {
      const message = `${line.broken}: ${JSON.stringify(line.text.slice(0, 80))}`;
      torn.push({ ...place, kind: "torn-line", message });
      continue;
    }
    const problem = problemOf(line.cells);
    if (problem) await findings.add({ ...place, ...problem });
  }
  const repaired = new Set<string>();
  for (const path of repair ? new Set(torn.map((finding) => finding.path)) : []) {
    if (await repairLogFile(store, project, path, { now: now(), log })) repaired.add(path);
  }
  for (const finding of torn) await findings.add({ ...finding, repaired: repaired.has(finding.path) });
}
