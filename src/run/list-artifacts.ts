import type { Store } from "../store/store.js";
import { artifactFolder } from "./artifact-path.js";

export interface Artifact {
  /** Below the run's folder of artifacts. */
  path: string;
  bytes: number;
  modified: Date;
}

/** The files of a run, by path; what it recorded by itself too. */
export async function listArtifacts(store: Store, project: string, runId: string): Promise<Artifact[]> {
  const folder = artifactFolder(project, runId);
  const found: Artifact[] = [];
  for await (const { path, size, modified } of store.listFiles(folder)) {
    found.push({ path: path.slice(folder.length + 1), bytes: size, modified });
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
