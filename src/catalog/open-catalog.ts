import { setTimeout as sleep } from "node:timers/promises";
import type { Session } from "../duckdb/session.js";
import { taskQueue } from "../duckdb/task-queue.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { isPredictionId } from "../experiment/prediction-id.js";
import { unknownProject } from "../experiment/unknown-project.js";
import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import type { LogProblem } from "../tracking-log/read-log.js";
import type { Catalog, CatalogOptions, QueryOptions, RefreshOptions, RefreshReport } from "./catalog.js";
import {
  type CatalogFile,
  openCatalogFile,
  openLeftCatalogFile,
  replaceCatalogFile,
} from "./catalog-file.js";
import { columnNamed, findColumn } from "./columns/find-column.js";
import { type ProjectColumns, projectColumns } from "./columns/project-columns.js";
import { completeFilter } from "./filter/completions.js";
import { refreshStore, type StoreRefresh } from "./fold/refresh-store.js";
import type { ProjectState } from "./project-state.js";
import { columnSummaries } from "./queries/column-summaries.js";
import { differingColumns } from "./queries/differing-columns.js";
import { distinctValues } from "./queries/distinct-values.js";
import { experimentsPage } from "./queries/experiments-page.js";
import { exportRows } from "./queries/export-rows.js";
import { findExperiments } from "./queries/find-experiments.js";
import { groupExperiments } from "./queries/group-experiments.js";
import { isoTime } from "./queries/select-values.js";

/** So often a query is made again where a refresh came between. */
const mostTries = 5;

/**
 * Opens the catalog of a store as it was left, without a look at the store: call `refresh` for what was logged since.
 * @throws TrackingError CATALOG_NOT_USABLE where it can be kept nowhere
 */
export async function openCatalog(store: Store, options: CatalogOptions = {}): Promise<Catalog> {
  return catalogOf(store, options, await openCatalogFile(store, options));
}

/**
 * Opens a catalog of a store that an earlier process left, and makes none.
 * @returns undefined where there is none that this process can use
 */
export async function openLeftCatalog(
  store: Store,
  options: CatalogOptions = {},
): Promise<Catalog | undefined> {
  const file = await openLeftCatalogFile(store, options);
  return file && catalogOf(store, options, file);
}

function catalogOf(store: Store, options: CatalogOptions, opened: CatalogFile): Catalog {
  let file = opened;
  let states = byName(file.states);
  let refreshedAt = file.refreshedAt;
  let failure: string | undefined;
  let odd: readonly LogProblem[] = [];
  let generation = Math.max(0, ...file.states.map((state) => state.generation));
  let closed = false;

  /** Starts with an empty catalog where the file turns out to be damaged: it is a cache. */
  const startAgain = async (damaged: CatalogFile): Promise<void> => {
    if (file !== damaged) return; // another query did it
    file = await replaceCatalogFile(store, damaged, options);
    states = byName(file.states);
    generation += 1;
    await fold({});
  };

  const fold = async ({ signal, onProgress, project }: RefreshOptions): Promise<StoreRefresh> => {
    const used = file;
    const session = await used.sessions.open(signal);
    try {
      const done = await refreshStore(
        {
          store,
          session,
          scratch: used.scratch,
          batchBytes: options.batchBytes ?? 256 * 2 ** 20,
          now: () => new Date(),
          nextGeneration: () => generation + 1,
          onProgress,
          onProject: (name, state) => {
            generation += 1;
            if (state) states.set(name, state);
            else states.delete(name);
          },
        },
        [...states.values()],
        project,
      );
      failure = undefined;
      odd = done.odd;
      refreshedAt = new Date();
      return done;
    } catch (error) {
      if (!signal?.aborted && !closed) failure = error instanceof Error ? error.message : String(error);
      throw error;
    } finally {
      await used.sessions.end(session);
    }
  };

  const queue = taskQueue();

  const problems = () => [
    ...odd,
    ...[...states.values()].flatMap(({ files }) =>
      [...files.values()]
        .sort((a, b) => (a.place < b.place ? -1 : 1))
        .flatMap((log) => [...log.problems].sort((a, b) => a.line - b.line)),
    ),
  ];
  const countAll = () => [...states.values()].reduce((sum, { experiments }) => sum + experiments, 0);

  const refresh = async (refreshOptions: RefreshOptions): Promise<RefreshReport> => {
    const start = performance.now();
    const before = countAll();
    const used = file;
    let done: StoreRefresh;
    try {
      done = await fold(refreshOptions);
    } catch (error) {
      if (!isDamage(error)) throw error;
      await startAgain(used);
      done = await fold(refreshOptions);
    }
    const { odd: _odd, ...rest } = done;
    return {
      ...rest,
      addedExperiments: countAll() - before,
      milliseconds: performance.now() - start,
      problems: problems(),
    };
  };

  /** Answers from one state of the catalog; once more where that was replaced meanwhile, or the file is damaged. */
  const answer = async <T>(
    signal: AbortSignal | undefined,
    work: (session: Session) => Promise<T>,
  ): Promise<T> => {
    for (let tries = 0; ; tries++) {
      const used = file;
      try {
        return await runWith(signal, work);
      } catch (error) {
        if (tries >= mostTries) throw error;
        await recover(error, used, signal);
      }
    }
  };
  /** Makes another try worth while, or throws the error on. */
  const recover = async (
    error: unknown,
    used: CatalogFile,
    signal: AbortSignal | undefined,
  ): Promise<void> => {
    if (signal?.aborted || error instanceof TrackingError || closed) throw error;
    if (isDamage(error)) await queue.add(() => startAgain(used));
    else if (isOutdated(error)) await sleep(10);
    else throw error;
  };
  const runWith = async <T>(
    signal: AbortSignal | undefined,
    work: (session: Session) => Promise<T>,
  ): Promise<T> => {
    const used = file;
    const session = await used.sessions.open(signal);
    try {
      return await work(session);
    } finally {
      await used.sessions.end(session);
    }
  };

  const columnsOf = (project: string): ProjectColumns => {
    const state = states.get(project);
    if (!state)
      throw unknownProject(
        project,
        [...states.keys()],
        store.address,
        "nothing has been read from there yet",
      );
    return projectColumns(state);
  };

  return {
    address: store.address,

    refresh: (refreshOptions = {}) => queue.join(refreshOptions, refresh),

    status: () => ({
      address: store.address,
      stale: failure !== undefined,
      reason: failure,
      refreshedAt,
      experiments: countAll(),
      problems: problems(),
      file: file.path,
      generation,
    }),

    projects: async () =>
      [...states.values()]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, experiments, lastLoggedAt, kinds }) => ({
          name,
          experiments,
          lastLoggedAt: lastLoggedAt === null ? undefined : isoTime(lastLoggedAt),
          kinds,
        })),

    columns: (project, { signal } = {}) =>
      answer(signal, (session) => columnSummaries(session, columnsOf(project))),

    experiments: (project, query = {}) =>
      answer(query.signal, (session) => experimentsPage(session, columnsOf(project), query)),

    experiment: (predictionId, { signal, project } = {}) =>
      answer(signal, async (session) => {
        if (project !== undefined) columnsOf(project);
        const among = [...states.values()].filter(({ name }) => project === undefined || name === project);
        const found = isPredictionId(predictionId)
          ? await firstFound(session, among, predictionId)
          : undefined;
        if (found) return found;
        throw new TrackingError(
          "UNKNOWN_EXPERIMENT",
          `unknown experiment: there is no ${JSON.stringify(predictionId.slice(0, 60))}${project === undefined ? "" : ` in project ${project}`} in the store ${store.address}`,
        );
      }),

    records: (predictionIds, { signal, project } = {}) =>
      answer(signal, async (session) => {
        const found: ExperimentRecord[] = [];
        for (const state of states.values()) {
          if (project !== undefined && state.name !== project) continue;
          found.push(...(await findExperiments(session, state, predictionIds)));
        }
        return found;
      }),

    differingColumns: (project, { signal, filter } = {}) =>
      answer(signal, (session) => differingColumns(session, columnsOf(project), filter)),

    groups: (project, query) =>
      answer(query.signal, (session) => groupExperiments(session, columnsOf(project), query)),

    distinctValues: (project, column, query = {}) =>
      answer(query.signal, (session) => distinctValues(session, columnsOf(project), column, query)),

    completions: (project, text, cursor, { signal }: QueryOptions = {}) =>
      answer(signal, (session) => {
        const columns = columnsOf(project);
        return completeFilter(text, cursor, {
          columns: columns.all.map(({ info }) => info),
          find: ({ parts }) => {
            const found = findColumn(columns, parts);
            return "unknown" in found ? undefined : found.info;
          },
          values: (column, prefix, limit) =>
            distinctValues(session, columns, columnNamed(columns, column.name).info.name, { prefix, limit }),
        });
      }),

    async *exportRows(project, query = {}) {
      for (let tries = 0; ; tries++) {
        const used = file;
        const session = await used.sessions.open(query.signal);
        let begun = false;
        try {
          for await (const text of exportRows(session, columnsOf(project), query)) {
            begun = true;
            yield text;
          }
          return;
        } catch (error) {
          if (begun || tries >= mostTries) throw error;
          await recover(error, used, query.signal);
        } finally {
          await used.sessions.end(session);
        }
      }
    },

    connect: () => file.sessions.connect(),

    async close() {
      if (closed) return;
      closed = true;
      const used = file;
      await used.close(closedCatalog());
      await queue.idle();
      if (file !== used) await file.close(closedCatalog());
    },
  };
}

async function firstFound(
  session: Session,
  among: readonly ProjectState[],
  predictionId: string,
): Promise<ExperimentRecord | undefined> {
  for (const state of among) {
    const [found] = await findExperiments(session, state, [predictionId]);
    if (found) return found;
  }
}

function closedCatalog(): TrackingError {
  return new TrackingError("CATALOG_NOT_USABLE", "the catalog is closed; open it again with openCatalog");
}

function byName(states: readonly ProjectState[]): Map<string, ProjectState> {
  return new Map(states.map((state) => [state.name, state]));
}

function isDamage(error: unknown): boolean {
  return (
    !(error instanceof TrackingError) &&
    /corrupt|checksum|INTERNAL Error|FATAL Error|database has been invalidated/i.test(String(error))
  );
}

/** A refresh put a table in the place of the one that was asked for; what it is called now is known in a moment. */
function isOutdated(error: unknown): boolean {
  return /(Catalog|Binder) Error/.test(String(error));
}
