import { createRoute, type OpenAPIHono, type z } from "@hono/zod-openapi";
import type { Catalog } from "../catalog/catalog.js";
import type { CatalogProject } from "../catalog/catalog-schema.js";
import { experimentTitle } from "../experiment/experiment-title.js";
import { given } from "../experiment/given.js";
import { catalogBest } from "../jobs/catalog-best.js";
import type { Mlflow } from "../mlflow/open-mlflow.js";
import { findScore } from "../scores/registry.js";
import { answers, columnListSchema, columnsSchema, projectsSchema } from "./api-schema.js";
import { filterQuery, projectParameter, projectTables } from "./catalog-queries.js";
import { noQuery } from "./query-parameters.js";

/** The projects, and the columns of the experiments and of the runs of one. */
export function addProjectRoutes(
  app: OpenAPIHono,
  { catalog, mlflow }: { catalog: Catalog; mlflow: Mlflow },
): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects",
      request: { query: noQuery },
      responses: answers(projectsSchema, "The projects"),
    }),
    async (context) => {
      const { signal } = context.req.raw;
      const projects = [];
      const found = await catalog.projects({ signal });
      const names = await mlflow.experiments.namesByProject();
      for (const project of found) {
        const name = names.get(project.project) ?? project.project;
        const mlflow_name = name === project.project ? null : name;
        projects.push({ ...project, mlflow_name, ...(await bestOf(catalog, project, signal)) });
      }
      return context.json({ store: catalog.address, projects }, 200);
    },
  );

  for (const { path, rows, table } of projectTables(catalog)) {
    app.openapi(
      createRoute({
        method: "get",
        path: `${path}/columns`,
        request: { params: projectParameter, query: noQuery },
        responses: answers(columnsSchema, `Every column of a project's ${rows}`),
      }),
      async (context) => {
        const { project } = context.req.valid("param");
        const columns = await table.columns(project, { signal: context.req.raw.signal });
        return context.json({ project, columns }, 200);
      },
    );

    app.openapi(
      createRoute({
        method: "get",
        path: `${path}/differing-columns`,
        request: { params: projectParameter, query: filterQuery },
        responses: answers(columnListSchema, `The columns in which the ${rows} differ`),
      }),
      async (context) => {
        const { project } = context.req.valid("param");
        const { filter } = context.req.valid("query");
        const columns = await table.differingColumns(
          project,
          given({ filter, signal: context.req.raw.signal }),
        );
        return context.json({ project, columns }, 200);
      },
    );
  }
}

type Overview = Pick<z.infer<typeof projectsSchema>["projects"][number], "best" | "course">;

/** The best experiment of a project, and how it came about. */
async function bestOf(
  catalog: Catalog,
  { project, primary_scores: primaryScores }: CatalogProject,
  signal: AbortSignal,
): Promise<Overview> {
  const best = await catalogBest(catalog, project, primaryScores, signal);
  if (!best) return { best, course: [] };
  const { prediction_id: id, score } = best;
  const [record] = await catalog.records([id], { project, signal });
  if (!record) return { best: null, course: [] }; // deleted at this very moment
  const course = await catalog.bestCourse(project, best, { signal });
  const { direction } = findScore(score)!;
  const { name, model, kind } = record;
  const title = experimentTitle(name, id);
  return { best: { ...best, name: name ?? null, title, model, kind, direction }, course };
}
