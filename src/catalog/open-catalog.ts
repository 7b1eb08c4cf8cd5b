import { type AnnotatedRecord, annotated, isGone } from "../annotations/annotated-record.js";
import { foldAnnotations, type ProjectAnnotations } from "../annotations/fold-annotations.js";
import { goneExperiment } from "../annotations/gone-experiment.js";
import { primaryScoreOf } from "../annotations/primary-scores.js";
import type { Session } from "../duckdb/session.js";
import { isPredictionId } from "../experiment/prediction-id.js";
import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import { addedScores } from "./added-scores.js";
import { answerQuery } from "./answer-query.js";
import type { Catalog, CatalogOptions, RecordOptions } from "./catalog.js";
import { type CatalogFile, openCatalogFile, openLeftCatalogFile } from "./catalog-file.js";
import type { CatalogProject } from "./catalog-schema.js";
import { columnsOf, type LiveCatalog, liveCatalog, projectNames, statusOf } from "./live-catalog.js";
import { trashTable } from "./project-state.js";
import { projectTable } from "./project-table.js";
import { bestCourse } from "./queries/best-course.js";
import { experimentsPage } from "./queries/experiments-page.js";
import { findExperiments } from "./queries/find-experiments.js";
import { isoTime } from "./queries/select-values.js";
import { refreshCatalog } from "./refresh-catalog.js";
import { runsTable } from "./runs-table.js";

/**
 * Opens the catalog of a store as it was left, without a look at the store: call `refresh` for what was
 * logged since.
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

/** Nothing is said of a project that was not looked at yet. */
function annotationsOf({ annotations }: LiveCatalog, project: string): ProjectAnnotations {
  return annotations.get(project) ?? foldAnnotations(project, []);
}

function catalogProject(live: LiveCatalog, name: string): CatalogProject {
  const annotations = annotationsOf(live, name);
  const { project: experiments } = columnsOf(live, "experiments", name);
  const { project: runs } = columnsOf(live, "runs", name);
  const lastActivity = Math.max(
    ...[experiments.lastAt, runs.lastAt, annotations.saidAt].map((at) => at ?? -Infinity),
  );
  return {
    project: name,
    experiments: experiments.rows,
    runs: runs.rows,
    running: runs.running,
    last_logged_at: experiments.lastAt === null ? null : isoTime(experiments.lastAt),
    last_activity_at: lastActivity === -Infinity ? null : isoTime(lastActivity),
    archived: experiments.archived,
    starred: experiments.starred,
    users: [...new Set([...experiments.users, ...runs.users])],
    kinds: experiments.kinds,
    primary_scores: (["classification", "regression"] as const)
      .filter((kind) => experiments.kinds.includes(kind))
      .map((kind) => primaryScoreOf(annotations, kind)),
  };
}

function catalogOf(store: Store, options: CatalogOptions, opened: CatalogFile): Catalog {
  const live = liveCatalog(store, options, opened);
  const columns = (project: string) => columnsOf(live, "experiments", project);
  const answer = async <T>(signal: AbortSignal | undefined, work: (session: Session) => Promise<T>) =>
    answerQuery(live, signal, work);
  const records = async (session: Session, predictionIds: readonly string[], asked: RecordOptions) => {
    const found: AnnotatedRecord[] = [];
    for (const state of live.states.experiments.values()) {
      if (asked.project !== undefined && state.name !== asked.project) continue;
      const tables = asked.inTrash ? [state.table, trashTable(state)] : [state.table];
      for (const table of tables) {
        const some = await findExperiments(session, state, predictionIds, table);
        found.push(...some.map((record) => annotated(record, annotationsOf(live, state.name))));
      }
    }
    return found;
  };

  return {
    address: store.address,

    refresh: (refreshOptions = {}) =>
      live.queue.join(refreshOptions, (merged) => refreshCatalog(live, merged)),

    status: () => statusOf(live),

    projects: async () => projectNames(live).map((name) => catalogProject(live, name)),

    ...projectTable(live, "experiments"),
    runs: runsTable(live),
    added: addedScores(live),

    experiments: (project, query = {}) =>
      answer(query.signal, (session) => experimentsPage(session, columns(project), query)),

    experiment: (predictionId, { signal, ...asked } = {}) =>
      answer(signal, async (session) => {
        const { project } = asked;
        if (project !== undefined) columns(project);
        const [found] = isPredictionId(predictionId) ? await records(session, [predictionId], asked) : [];
        if (found) return found;
        const of = [...live.annotations.values()].find((each) => isGone(each, predictionId));
        if (of) throw goneExperiment(of, predictionId, store.address);
        throw new TrackingError(
          "UNKNOWN_EXPERIMENT",
          `unknown experiment: there is no ${JSON.stringify(predictionId.slice(0, 60))}${project === undefined ? "" : ` in project ${project}`} in the store ${store.address}`,
        );
      }),

    records: (predictionIds, { signal, ...asked } = {}) =>
      answer(signal, (session) => records(session, predictionIds, asked)),

    bestCourse: (project, query, { signal } = {}) =>
      answer(signal, (session) => bestCourse(session, columns(project), query)),

    annotations: async (project) => annotationsOf(live, columns(project).project.name),

    async close() {
      if (live.closed) return;
      live.closed = true;
      const used = live.file;
      await used.close(closedCatalog());
      await live.queue.idle();
      if (live.file !== used) await live.file.close(closedCatalog());
    },
  };
}

function closedCatalog(): TrackingError {
  return new TrackingError("CATALOG_NOT_USABLE", "the catalog is closed; open it again with openCatalog");
}
