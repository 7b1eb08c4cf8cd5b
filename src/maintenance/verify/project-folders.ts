import { trackingLog } from "../../tracking-log/log-shape.js";
import { projectFolders } from "../../tracking-log/project-folders.js";
import type { Known, VerifyJob } from "./verify-job.js";

/** Finds the projects, and tells what else lies where their folders do. */
export async function checkProjectFolders({ store, findings }: VerifyJob): Promise<Pick<Known, "projects">> {
  const { projects, odd } = await projectFolders(store);
  for (const { path, reason } of odd) {
    await findings.add({ kind: "odd-folder", project: undefined, path, message: reason, repaired: false });
  }
  for (const { name, kind } of await store.list(trackingLog.folder)) {
    if (kind === "folder") continue;
    await findings.add({
      kind: "stray-file",
      project: undefined,
      path: `${trackingLog.folder}/${name}`,
      message: "it is no folder of a project; move it elsewhere",
      repaired: false,
    });
  }
  return { projects };
}
