import { isRunId } from "../run/run-id.js";
import { TrackingError } from "../tracking-error.js";
import { answerQuery } from "./answer-query.js";
import type { RunsTable } from "./catalog.js";
import { columnsOf, type LiveCatalog, projectNames } from "./live-catalog.js";
import { projectTable } from "./project-table.js";
import { findRun } from "./queries/find-run.js";
import { runEvaluations } from "./queries/run-evaluations.js";
import { runPlaces, selectedPlaces } from "./queries/run-places.js";
import { runsPage } from "./queries/runs-page.js";

/** What can be asked of the runs of a store. */
export function runsTable(live: LiveCatalog): RunsTable {
  return {
    ...projectTable(live, "runs"),

    page: (project, query = {}) =>
      answerQuery(live, query.signal, (session) =>
        runsPage(session, columnsOf(live, "runs", project), query),
      ),

    places: (project, runIds, { signal } = {}) =>
      answerQuery(live, signal, (session) =>
        runPlaces(session, columnsOf(live, "runs", project).project, runIds),
      ),

    selected: (project, query = {}) =>
      answerQuery(live, query.signal, (session) =>
        selectedPlaces(session, columnsOf(live, "runs", project), query),
      ),

    run: (runId, { signal, project } = {}) =>
      answerQuery(live, signal, async (session) => {
        const names = project === undefined ? [...live.states.runs.keys()] : [project];
        for (const name of isRunId(runId) ? names : []) {
          const { project: runs } = columnsOf(live, "runs", name);
          const { project: experiments } = columnsOf(live, "experiments", name);
          const found = await findRun(session, runs, experiments, runId);
          if (found) return found;
        }
        throw new TrackingError(
          "UNKNOWN_RUN",
          `unknown run: there is no ${JSON.stringify(runId.slice(0, 60))}${project === undefined ? "" : ` in project ${project}`} in the store ${live.store.address}`,
        );
      }),

    evaluations: (runIds, { signal } = {}) =>
      answerQuery(live, signal, async (session) => {
        const found = [];
        for (const name of runIds.length > 0 ? projectNames(live) : []) {
          const { project: runs } = columnsOf(live, "runs", name);
          const { project: experiments } = columnsOf(live, "experiments", name);
          found.push(...(await runEvaluations(session, runs, experiments, runIds)));
        }
        return found;
      }),
  };
}
