import { annotationLog, toAnnotation } from "../../annotations/annotation-line.js";
import { projectFolders } from "../../tracking-log/project-folders.js";
import { logLines, projectFolder } from "../../tracking-log/read-log.js";
import { repairLogFile } from "../../tracking-log/repair-log-file.js";
import { unfinishedPurges } from "../unfinished-purges.js";
import type { Finding } from "./findings.js";
import { verifyLogFiles } from "./log-files.js";
import type { VerifyJob } from "./verify-job.js";

/** Looks through what was said of projects and experiments, and repairs its files if asked. */
export async function checkAnnotations(job: VerifyJob): Promise<undefined> {
  const { projects, odd } = await projectFolders(job.store, annotationLog);
  for (const { path, reason } of odd) {
    await job.findings.add({
      kind: "odd-folder",
      project: undefined,
      path,
      message: reason,
      repaired: false,
    });
  }
  for (const project of projects) {
    await verifyLogFiles(job, project, annotationLog);
    await verifyLines(job, project);
    for (const id of await unfinishedPurges(job.store, project)) {
      await job.findings.add({
        kind: "unfinished-purge",
        project,
        path: projectFolder(project, annotationLog),
        message: `the purge of ${id} was stopped half done, or is under way; "ml-tracking purge" finishes it`,
        repaired: false,
      });
    }
  }
}

async function verifyLines(job: VerifyJob, project: string): Promise<void> {
  const { store, repair, findings, now } = job;
  const torn: Finding[] = [];
  for await (const line of logLines(store, project, annotationLog)) {
    const place = { project, path: line.path, line: line.line, repaired: false };
    if ("broken" in line) {
      const message = `${line.broken}: ${JSON.stringify(line.text.slice(0, 80))}`;
      torn.push({ ...place, kind: "torn-line", message });
      continue;
    }
    const read = toAnnotation(line.cells);
    if ("unknown" in read) {
      const message = `${read.unknown}: it is passed over; update ml-tracking`;
      await findings.add({ ...place, kind: "newer-format", message });
    } else if ("broken" in read) {
      await findings.add({ ...place, kind: "unreadable-row", message: read.broken });
    }
  }
  const repaired = new Set<string>();
  for (const path of repair ? new Set(torn.map((finding) => finding.path)) : []) {
    if (await repairLogFile(store, project, path, { now: now(), log: annotationLog })) repaired.add(path);
  }
  for (const finding of torn) await findings.add({ ...finding, repaired: repaired.has(finding.path) });
}
