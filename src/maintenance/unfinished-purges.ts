import { readAnnotations } from "../annotations/read-annotations.js";
import { rowsOfProject } from "../jobs/find-experiments.js";
import type { Store } from "../store/store.js";

/**
 * The experiments of a project of which a purge has said that they are purged, and not removed everything: it
 * was stopped, or is under way.
 */
export async function unfinishedPurges(store: Store, project: string): Promise<string[]> {
  const { experiments } = await readAnnotations(store, project);
  const purged = [...experiments].filter(([, { state }]) => state === "purged");
  const rows = await rowsOfProject(
    store,
    project,
    purged.map(([id]) => id),
  );
  const withRow = new Set(rows.map(({ predictionId }) => predictionId));
  return purged.flatMap(([id, { linesBesidePurge }]) =>
    linesBesidePurge > 0 || withRow.has(id) ? [id] : [],
  );
}
