import { projectFolders } from "../../tracking-log/project-folders.js";
import { trackingFolder } from "../../tracking-log/read-log.js";
import type { Known, VerifyJob } from "./verify-job.js";

/** Finds the projects, and tells what else lies where their folders do. */
export async function checkProjectFolders({ store, findings }: VerifyJob): Promise<Pick<Known, "projects">> {
  const { projects, odd } = await projectFolders(store);
  for (const { path, reason } of odd) {
    await findings.add({ kind: "odd-folder", project: undefined, path, message: reason, repaired: false });
  }
  for (const { name, kind } of await store.list(trackingFolder)) {
    if (kind === "folder") continue;
    await findings.add({
      kind: "stray-file",
      project: undefined,
      path: `${trackingFolder}/${name}`,
      message: "it is no folder of a project; move it elsewhere",
      repaired: false,
    });
  }
  return { projects };
}
