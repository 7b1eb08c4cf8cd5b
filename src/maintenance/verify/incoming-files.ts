import { incomingFolder } from "../../store/folder-writing.js";
import { bringBackRows } from "./rows-left-behind.js";
import type { VerifyJob } from "./verify-job.js";

/** What killed writers left under way: half-written files, and log files that a killed repair had taken. */
export async function checkIncomingFiles(job: VerifyJob): Promise<undefined> {
  const { store, repair, oldEnough, findings } = job;
  for (const { name, kind } of await store.list(incomingFolder)) {
    const path = `${incomingFolder}/${name}`;
    if (kind !== "file") {
      const message = "it is no file that is being written; move it elsewhere";
      await findings.add({ kind: "left-over-file", project: undefined, path, message, repaired: false });
      continue;
    }
    const file = await store.stat(path);
    if (!file) continue;
    if (name.endsWith(".taken")) await bringBackRows(job, path);
    else if (oldEnough(file.modified)) {
      await findings.add({
        kind: "left-over-file",
        project: undefined,
        path,
        message: "a writer was killed while writing it; no experiment needs it",
        repaired: repair && (await store.removeIfUnchanged(path, file.version)) === "removed",
      });
    }
  }
}
