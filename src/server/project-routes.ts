import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";

import type { Catalog } from "../catalog/catalog.js";
import { answers, columnListSchema, columnsSchema, projectsSchema } from "./api-schema.js";
import { filterQuery, projectParameter } from "./catalog-queries.js";
import { given, noQuery } from "./query-parameters.js";

/** The projects, and the columns of one. */
export function addProjectRoutes(app: OpenAPIHono, { catalog }: { catalog: Catalog }): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects",
      request: { query: noQuery },
      responses: answers(projectsSchema, "The projects"),
    }),
    async (context) => {
      const projects = await catalog.projects({ signal: context.req.raw.signal });
      return context.json({ store: catalog.address, projects }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects/{project}/columns",
      request: { params: projectParameter, query: noQuery },
      responses: answers(columnsSchema, "Every column of a project"),
    }),
    async (context) => {
      const { project } = context.req.valid("param");
      const columns = await catalog.columns(project, { signal: context.req.raw.signal });
      return context.json({ project, columns }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects/{project}/differing-columns",
      request: { params: projectParameter, query: filterQuery },
      responses: answers(columnListSchema, "The columns in which the experiments differ"),
    }),
    async (context) => {
      const { project } = context.req.valid("param");
      const { filter } = context.req.valid("query");
      const columns = await catalog.differingColumns(
        project,
        given({ filter, signal: context.req.raw.signal }),
      );
      return context.json({ project, columns }, 200);
    },
  );
}
