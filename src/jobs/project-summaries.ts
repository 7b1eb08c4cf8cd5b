import { openStore } from "../store/open-store.js";
import type { Store } from "../store/store.js";
import { projectFolders } from "../tracking-log/project-folders.js";
import { type LogProblem, readLog } from "../tracking-log/read-log.js";
import { scanRows } from "../tracking-log/scan-rows.js";
import type { ReadOptions } from "./find-experiments.js";
import { isWorthACatalog, leftCatalog, logBytes, smallLog } from "./left-catalog.js";

/** A project at a glance. */
export interface ProjectSummary {
  project: string;
  experiments: number;
  /** ISO 8601 in UTC; null where there is no experiment. */
  last_logged_at: string | null;
  /** Lines of its log that cannot be read. */
  problems: number;
}

export interface ProjectSummaries {
  projects: ProjectSummary[];
  /** Folders beside them whose names no project can have. */
  odd: LogProblem[];
}

/**
 * The projects of a store, by name: from the catalog that an earlier command or dashboard left where the logs
 * are large.
 */
export async function projectSummaries({ store: address }: ReadOptions): Promise<ProjectSummaries> {
  const store = openStore(address);
  const { projects: names, odd } = await projectFolders(store);
  if (isWorthACatalog(store, await logBytes(store, names))) {
    const catalog = await leftCatalog(store, names);
    if (catalog) {
      try {
        const { problems } = catalog.status();
        const projects = (await catalog.projects()).map(
          ({ project, experiments, last_logged_at }): ProjectSummary => ({
            project,
            experiments,
            last_logged_at,
            problems: problems.filter(({ path }) => path.split("/")[1] === project).length,
          }),
        );
        return { projects, odd };
      } finally {
        await catalog.close();
      }
    }
  }
  const projects: ProjectSummary[] = [];
  for (const name of names) projects.push(await summaryOf(store, name));
  return { projects, odd };
}

async function summaryOf(store: Store, project: string): Promise<ProjectSummary> {
  let last = Number.NEGATIVE_INFINITY;
  const seen = (time: number) => {
    if (time > last) last = time;
  };
  const summary = (experiments: number, problems: number) => ({
    project,
    experiments,
    last_logged_at: Number.isFinite(last) ? new Date(last).toISOString() : null,
    problems,
  });
  if ((await logBytes(store, [project])) < smallLog) {
    const { experiments, problems } = await readLog(store, project);
    for (const { loggedAt } of experiments) seen(loggedAt.getTime());
    return summary(experiments.length, problems.length);
  }
  const { rows, problems } = await scanRows(store, project, ["logged_at"], ({ cells }) =>
    seen(Date.parse(cells[0]!)),
  );
  return summary(rows, problems.length);
}
