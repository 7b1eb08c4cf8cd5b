import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Catalog, CatalogRun } from "../catalog/catalog.js";
import { experimentTitle } from "../experiment/experiment-title.js";
import { given } from "../experiment/given.js";
import { withoutSystem } from "../history/run-state.js";
import { type Artifact, listArtifacts } from "../run/list-artifacts.js";
import { runJson } from "../run/run-json.js";
import type { Store } from "../store/store.js";
import { answers } from "./api-schema.js";
import { pageQuery, projectParameter, sortKeys } from "./catalog-queries.js";
import { listOf } from "./query-parameters.js";
import { runSchema, runsSchema } from "./run-schema.js";

/** Runs: a page of a table, and one by its id. */
export function addRunRoutes(app: OpenAPIHono, { catalog, store }: { catalog: Catalog; store: Store }): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects/{project}/runs",
      request: { params: projectParameter, query: pageQuery },
      responses: answers(runsSchema, "One page of a project's runs"),
    }),
    async (context) => {
      const { project } = context.req.valid("param");
      const { sort, column, ...query } = context.req.valid("query");
      const { signal } = context.req.raw;
      const asked = given({ ...query, sort: sortKeys(sort), columns: listOf(column), signal });
      return context.json({ project, ...(await catalog.runs.page(project, asked)) }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/runs/{id}",
      request: {
        params: z.object({ id: z.string() }),
        query: z.strictObject({ project: z.string().optional() }),
      },
      responses: answers(runSchema, "One run, with what belongs to it"),
    }),
    async (context) => {
      const { id } = context.req.valid("param");
      const { project } = context.req.valid("query");
      const found = await catalog.runs.run(id, given({ project, signal: context.req.raw.signal }));
      const artifacts = await listArtifacts(store, found.run.project, id);
      return context.json(shownRun(found, artifacts), 200);
    },
  );
}

function shownRun(
  { run, lostContact, lastSeenAt, children, experiments }: CatalogRun,
  artifacts: readonly Artifact[],
): z.infer<typeof runSchema> {
  const { writtenAt: _writtenAt, startedAt, endedAt, ...rest } = run;
  const {
    metric_steps: _steps,
    metric_times: _times,
    ...shown
  } = runJson({
    ...rest,
    metrics: withoutSystem(run.metrics), // MLflow's clients log these among the others
  });
  return {
    ...shown,
    title: experimentTitle(run.name, run.runId),
    started_at: startedAt.toISOString(),
    ended_at: endedAt?.toISOString() ?? null,
    lost_contact: lostContact,
    last_seen_at: lastSeenAt?.toISOString() ?? null,
    children,
    experiments,
    artifacts: artifacts.map(({ path, bytes, modified }) => ({
      path,
      bytes,
      modified_at: modified.toISOString(),
    })),
  };
}
