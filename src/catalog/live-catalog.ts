import type { FoundAnnotations } from "../annotations/read-annotations.js";
import { type TaskQueue, taskQueue } from "../duckdb/task-queue.js";
import { unknownProject } from "../experiment/unknown-project.js";
import type { Store } from "../store/store.js";
import type { LogProblem } from "../tracking-log/read-log.js";
import type { CatalogOptions, CatalogStatus } from "./catalog.js";
import type { CatalogFile } from "./catalog-file.js";
import { type ProjectColumns, projectColumns } from "./columns/project-columns.js";
import type { ProjectState } from "./project-state.js";

/** What an open catalog knows; changes with every refresh. */
export interface LiveCatalog {
  readonly store: Store;
  readonly options: CatalogOptions;
  /** Refreshes one after the other. */
  readonly queue: TaskQueue;
  file: CatalogFile;
  states: Map<string, ProjectState>;
  /** What was said of the projects, as the last refresh saw it. */
  annotations: Map<string, FoundAnnotations>;
  refreshedAt: Date | undefined;
  /** Why the last refresh failed. */
  failure: string | undefined;
  /** Folders beside the projects whose names no project can have. */
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
    states: byName(file.states),
    annotations: new Map(),
    refreshedAt: file.refreshedAt,
    failure: undefined,
    odd: [],
    generation: Math.max(0, ...file.states.map((state) => state.generation)),
    closed: false,
  };
}

export function byName(states: readonly ProjectState[]): Map<string, ProjectState> {
  return new Map(states.map((state) => [state.name, state]));
}

export function statusOf(live: LiveCatalog): CatalogStatus {
  return {
    address: live.store.address,
    stale: live.failure !== undefined,
    reason: live.failure,
    refreshedAt: live.refreshedAt,
    experiments: countExperiments(live),
    problems: problemsOf(live),
    file: live.file.path,
    generation: live.generation,
  };
}

/** In the order of files and lines. */
export function problemsOf({ odd, states, annotations }: LiveCatalog): LogProblem[] {
  return [
    ...odd,
    ...[...states.values()].flatMap(({ files }) =>
      [...files.values()]
        .sort((a, b) => (a.place < b.place ? -1 : 1))
        .flatMap((log) => [...log.problems].sort((a, b) => a.line - b.line)),
    ),
    ...[...annotations.values()].flatMap(({ problems }) => problems),
  ];
}

export function countExperiments({ states }: LiveCatalog): number {
  return [...states.values()].reduce((sum, { experiments }) => sum + experiments, 0);
}

/** @throws TrackingError UNKNOWN_PROJECT */
export function columnsOf({ states, store }: LiveCatalog, project: string): ProjectColumns {
  const state = states.get(project);
  if (state) return projectColumns(state);
  throw unknownProject(project, [...states.keys()], store.address, "nothing has been read from there yet");
}
