import { parseLogFileName } from "../../tracking-log/log-file-name.js";
import { type LogShape, trackingLog } from "../../tracking-log/log-shape.js";
import { projectFolder } from "../../tracking-log/read-log.js";
import { removeLogFile } from "../../tracking-log/repair-log-file.js";
import type { VerifyJob } from "./verify-job.js";

/** What lies in the project's folder beside its log. */
export async function verifyLogFiles(
  { store, repair, findings, oldEnough }: VerifyJob,
  project: string,
  log: LogShape = trackingLog,
): Promise<void> {
  const folder = projectFolder(project, log);
  for await (const { path, size, version, modified } of store.listFiles(folder)) {
    const name = path.slice(folder.length + 1);
    if (!parseLogFileName(project, name)) {
      const message = `it is no file of ${log.title} of ${project}, and other programs read every file here; move it elsewhere`;
      await findings.add({ kind: "stray-file", project, path, message, repaired: false });
    } else if (size === 0 && oldEnough(modified)) {
      const removed = repair && (await removeLogFile(store, project, path, version, {}, log)) === "removed";
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
