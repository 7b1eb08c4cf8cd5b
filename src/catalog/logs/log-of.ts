import type { ProjectState } from "../project-state.js";
import type { CatalogLog } from "./catalog-log.js";
import { experimentsLog } from "./experiments-log.js";
import { runsLog } from "./runs-log.js";

export const catalogLogs = { experiments: experimentsLog, runs: runsLog } as const;

/** The log that a project's state is of. */
export function logOf({ of }: Pick<ProjectState, "of">): CatalogLog {
  return catalogLogs[of];
}
