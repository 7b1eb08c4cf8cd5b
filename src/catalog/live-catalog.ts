import type { FoundAnnotations } from "../annotations/read-annotations.js";
import { type TaskQueue, taskQueue } from "../duckdb/task-queue.js";
import { unknownProject } from "../experiment/unknown-project.js";
import { followRuns, type RunFollower } from "../history/follow-runs.js";
import type { Store } from "../store/store.js";
import type { LogProblem } from "../tracking-log/read-log.js";
import type { CatalogOptions, CatalogStatus } from "./catalog.js";
import type { CatalogFile } from "./catalog-file.js";
import { type ProjectColumns, projectColumns } from "./columns/project-columns.js";
import type { CatalogLog } from "./logs/catalog-log.js";
import type { ProjectState } from "./project-state.js";
import { lastEmptyId, nothingOf } from "./schema.js";

/** Which of a project's tables is asked for. */
export type TableOf = CatalogLog["of"];

/** What an open catalog knows; changes with every refresh. */
export interface LiveCatalog {
  readonly store: Store;
  readonly options: CatalogOptions;
  /** Refreshes one after the other. */
  readonly queue: TaskQueue;
  file: CatalogFile;
  /** By table and name. */
  states: Record<TableOf, Map<string, ProjectState>>;
  /** Those of projects that have nothing in a table, as far as they were asked for. */
  readonly empty: Record<TableOf, Map<string, ProjectState>>;
  /** What was said of the projects, as the last refresh saw it. */
  annotations: Map<string, FoundAnnotations>;
  refreshedAt: Date | undefined;
  readonly follower: RunFollower;
  /** Why the last refresh failed. */
  failure: string | undefined;
  /** Folders beside the projects whose names no project can have, and events of runs that cannot be read. */
  odd: readonly LogProblem[];
  generation: number;
  closed: boolean;
}

export function liveCatalog(store: Store, options: CatalogOptions, file: CatalogFile): LiveCatalog {
  return {
    store,
    options,
    queue: taskQueue(),
    file,
    states: byTable(file.states),
    empty: byTable([]),
    annotations: new Map(),
    refreshedAt: file.refreshedAt,
    follower: followRuns(store),
    failure: undefined,
    odd: [],
    generation: Math.max(0, ...file.states.map((state) => state.generation)),
    closed: false,
  };
}

export function byTable(states: readonly ProjectState[]): LiveCatalog["states"] {
  const table = (of: TableOf) =>
    new Map(states.flatMap((state) => (state.of === of ? [[state.name, state] as const] : [])));
  return { experiments: table("experiments"), runs: table("runs") };
}

export function allStates({ states }: LiveCatalog): ProjectState[] {
  return [...states.experiments.values(), ...states.runs.values()];
}

/** An id that no project's tables have. */
export function unusedId(live: LiveCatalog): number {
  return Math.max(lastEmptyId, ...allStates(live).map(({ id }) => id)) + 1;
}

/** Every project that has experiments or runs. */
export function projectNames({ states }: LiveCatalog): string[] {
  return [...new Set([...states.experiments.keys(), ...states.runs.keys()])].sort();
}

export function statusOf(live: LiveCatalog): CatalogStatus {
  return {
    address: live.store.address,
    stale: live.failure !== undefined,
    reason: live.failure,
    refreshedAt: live.refreshedAt,
    experiments: countRows(live, "experiments"),
    runs: countRows(live, "runs"),
    problems: problemsOf(live),
    file: live.file.path,
    generation: live.generation,
  };
}

/** In the order of files and lines. */
export function problemsOf(live: LiveCatalog): LogProblem[] {
  return [
    ...live.odd,
    ...allStates(live).flatMap(({ files }) =>
      [...files.values()]
        .sort((a, b) => (a.place < b.place ? -1 : 1))
        .flatMap((log) => [...log.problems].sort((a, b) => a.line - b.line)),
    ),
    ...[...live.annotations.values()].flatMap(({ problems }) => problems),
  ];
}

export function countRows({ states }: LiveCatalog, of: TableOf): number {
  return [...states[of].values()].reduce((sum, { rows }) => sum + rows, 0);
}

/**
 * What can be asked for in a project's experiments or runs.
 * @throws TrackingError UNKNOWN_PROJECT where it has neither
 */
export function columnsOf(live: LiveCatalog, of: TableOf, project: string): ProjectColumns {
  const state = live.states[of].get(project);
  if (state) return projectColumns(state);
  const names = projectNames(live);
  if (names.includes(project)) {
    const nothing = live.empty[of].get(project) ?? nothingOf(of, project);
    live.empty[of].set(project, nothing);
    return projectColumns(nothing);
  }
  throw unknownProject(project, names, live.store.address, "nothing has been read from there yet");
}
