import { annotationLog, toAnnotation } from "../../annotations/annotation-line.js";
import type { RowCells } from "../../tracking-log/log-shape.js";
import { projectFolders } from "../../tracking-log/project-folders.js";
import { projectFolder } from "../../tracking-log/read-log.js";
import { unfinishedPurges } from "../unfinished-purges.js";
import type { Finding } from "./findings.js";
import type { VerifyJob } from "./verify-job.js";
import { verifyRows } from "./verify-rows.js";

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
    await verifyRows(job, project, annotationLog, problemOf);
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

function problemOf(cells: RowCells): Pick<Finding, "kind" | "message"> | undefined {
  const read = toAnnotation(cells);
  if ("unknown" in read) {
    return { kind: "newer-format", message: `${read.unknown}: it is passed over; update ml-tracking` };
  }
  return "broken" in read ? { kind: "unreadable-row", message: read.broken } : undefined;
}
