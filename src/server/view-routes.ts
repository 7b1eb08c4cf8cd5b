import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";

import {
  defaultViewSchema,
  saveViewSchema,
  type Views,
  viewsSchema,
} from "../annotations/annotation-schema.js";
import { appendAnnotations } from "../annotations/append-annotations.js";
import type { JsonValue } from "../experiment/json-value.js";
import { savedViews, viewChange } from "../jobs/views.js";
import type { WriteRoutesOptions } from "./annotation-routes.js";
import { answers, jsonBody } from "./api-schema.js";
import { projectParameter } from "./catalog-queries.js";
import { noQuery } from "./query-parameters.js";
import { writePaths } from "./write-paths.js";

/** The states of a project's table that were saved under a name, for everybody. */
export function addViewRoutes(app: OpenAPIHono, { store, catalog, watch, author }: WriteRoutesOptions): void {
  const views = async (project: string): Promise<Views> =>
    savedViews(project, await catalog.annotations(project));
  const say = async (project: string, change: Parameters<typeof viewChange>[1]): Promise<Views> => {
    const checked = viewChange(await views(project), change);
    await appendAnnotations(store, project, [checked], { author, now: new Date() });
    await watch.lookNow();
    return views(project);
  };

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects/{project}/views",
      request: { params: projectParameter, query: noQuery },
      responses: answers(viewsSchema, "The views of a project"),
    }),
    async (context) => context.json(await views(context.req.valid("param").project), 200),
  );

  app.openapi(
    createRoute({
      method: "post",
      path: writePaths.views,
      request: { params: projectParameter, query: noQuery, body: jsonBody(saveViewSchema) },
      responses: answers(viewsSchema, "The views of a project, this one included, or without it"),
    }),
    async (context) => {
      const { name, state } = context.req.valid("json");
      const { project } = context.req.valid("param");
      // It came as JSON.
      const value = state as JsonValue;
      return context.json(await say(project, { action: "view", key: name, value }), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: writePaths.defaultView,
      request: { params: projectParameter, query: noQuery, body: jsonBody(defaultViewSchema) },
      responses: answers(viewsSchema, "The views of a project, and the one that it opens with now"),
    }),
    async (context) => {
      const { name } = context.req.valid("json");
      const { project } = context.req.valid("param");
      return context.json(await say(project, { action: "default_view", value: name }), 200);
    },
  );
}
