import type { Store } from "../store/store.js";
import { projectFolders } from "./project-folders.js";
import { linesOf, listLogFiles, projectFolder } from "./read-log.js";

/** The projects, but for one, that have an experiment of this id. Only files in which the id stands somewhere are read line by line. */
export async function otherProjectsWith(
  store: Store,
  predictionId: string,
  project: string,
): Promise<string[]> {
  const { projects } = await projectFolders(store);
  const found: string[] = [];
  for (const other of projects)
    if (other !== project && (await has(store, other, predictionId))) found.push(other);
  return found;
}

async function has(store: Store, project: string, predictionId: string): Promise<boolean> {
  for (const { name } of await listLogFiles(store, project)) {
    const path = `${projectFolder(project)}/${name}`;
    const file = await store.read(path);
    if (!file || !Buffer.from(file.bytes).includes(predictionId)) continue;
    for (const line of linesOf(path, file.bytes)) {
      if ("cells" in line && line.cells.get("prediction_id") === predictionId) return true;
    }
  }
  return false;
}
