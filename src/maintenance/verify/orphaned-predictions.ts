import { pathsInRows, predictionsFolder } from "../../predictions/predictions-path.js";
import { emptyFolder } from "../../store/empty-folder.js";
import { isAboutOneFile } from "../../store/folder-failure.js";
import type { Store } from "../../store/store.js";
import { messageOf } from "../../tracking-error.js";
import { textKey } from "../../tracking-log/key-list.js";
import type { Known, VerifyJob } from "./verify-job.js";

/** Predictions that no row names, old enough that no writer is about to add the row. */
export async function checkOrphanedPredictions(
  { store, repair, oldEnough, findings }: VerifyJob,
  { namedPredictions }: Known,
): Promise<undefined> {
  try {
    for await (const { path, size, version, modified } of store.listFiles("predictions")) {
      if (path.startsWith(`${predictionsFolder(emptyFolder)}/`)) continue;
      const isNamed = pathsInRows(path).some((name) => namedPredictions.has(...textKey(name)));
      if (isNamed || !oldEnough(modified)) continue;
      // An empty one is what a removal that was stopped has left.
      const mend = async () =>
        size === 0
          ? (await store.removeIfUnchanged(path, version)) === "removed"
          : await moveToQuarantine(store, path);
      await findings.add({
        kind: "orphaned-predictions",
        project: path.split("/")[1],
        path,
        message: "no row of the tracking log names it: its writer was killed before the row",
        repaired: repair && (await mend()),
      });
    }
  } catch (error) {
    if (!isAboutOneFile(error)) throw error;
    const message = messageOf(error);
    await findings.add({
      kind: "unreadable-predictions",
      project: undefined,
      path: "predictions",
      message,
      repaired: false,
    });
  }
}

async function moveToQuarantine(store: Store, path: string): Promise<boolean> {
  const file = await store.read(path);
  if (!file) return false;
  const created = await store.create(`quarantine/${path}`, [file.bytes]);
  return created === "created" && (await store.removeIfUnchanged(path, file.version)) === "removed";
}
