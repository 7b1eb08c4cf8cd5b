import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";

import type { Catalog } from "../catalog/catalog.js";
import { writeText } from "../catalog/filter/tokens.js";
import { answers, foundExperimentsSchema } from "./api-schema.js";
import { wholeNumberText } from "./query-parameters.js";
import { foundRunsSchema } from "./run-schema.js";

const usuallyFound = 10;
const mostFound = 50;
const longestText = 200;

/** What is looked for, in words that all stand in `where`. */
const queryOf = (where: string) =>
  z.strictObject({
    text: z
      .string()
      .min(1)
      .max(longestText)
      .openapi({ description: `Words that all stand in ${where}` }),
    project: z.string().optional().openapi({ description: "The project that is looked through first" }),
    limit: wholeNumberText.pipe(z.int().min(1).max(mostFound, `give at most ${mostFound}`)).optional(),
  });

/** Experiments and runs of every project by words, for going straight to one. */
export function addFindRoutes(app: OpenAPIHono, { catalog }: { catalog: Catalog }): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/api/experiments",
      request: { query: queryOf("an experiment's id, name, model, target, user or parameters") },
      responses: answers(
        foundExperimentsSchema,
        "The latest experiments of each project that have the words",
      ),
    }),
    async (context) => {
      const { signal } = context.req.raw;
      const found = await findInProjects(
        catalog,
        context.req.valid("query"),
        signal,
        async (project, asked) => {
          const sort = [{ column: "logged_at", direction: "descending" as const }];
          const page = await catalog.experiments(project, { ...asked, columns: ["name"], sort, signal });
          return page.prediction_ids.map((id, at) => ({
            prediction_id: id,
            project,
            title: page.titles[at] ?? id,
            model: page.models[at] ?? "",
          }));
        },
      );
      return context.json({ experiments: found }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/runs",
      request: { query: queryOf("a run's id, name, user, script, parameters or tags") },
      responses: answers(foundRunsSchema, "The latest runs of each project that have the words"),
    }),
    async (context) => {
      const { signal } = context.req.raw;
      const found = await findInProjects(
        catalog,
        context.req.valid("query"),
        signal,
        async (project, asked) => {
          const sort = [{ column: "started_at", direction: "descending" as const }];
          const page = await catalog.runs.page(project, { ...asked, columns: ["name"], sort, signal });
          return page.run_ids.map((id, at) => ({ run_id: id, project, title: page.titles[at] ?? id }));
        },
      );
      return context.json({ runs: found }, 200);
    },
  );
}

/** Asks project by project, that of the page first, until there are enough. */
async function findInProjects<Found>(
  catalog: Catalog,
  query: z.infer<ReturnType<typeof queryOf>>,
  signal: AbortSignal,
  findIn: (project: string, asked: { filter: string; limit: number }) => Promise<Found[]>,
): Promise<Found[]> {
  const { text, project: first, limit = usuallyFound } = query;
  const words = text.split(/\s+/).filter((word) => word !== "");
  const filter = words.map(writeText).join(" AND ");
  const projects = await catalog.projects({ signal });
  projects.sort((a, b) => Number(b.project === first) - Number(a.project === first));
  const found: Found[] = [];
  for (const { project } of projects) {
    if (found.length >= limit || filter === "") break;
    found.push(...(await findIn(project, { filter, limit: limit - found.length })));
  }
  return found;
}
