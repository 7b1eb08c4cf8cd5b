import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";

import type { Catalog } from "../catalog/catalog.js";
import { writeText } from "../catalog/filter/tokens.js";
import { answers, foundExperimentsSchema } from "./api-schema.js";
import { wholeNumberText } from "./query-parameters.js";

const usuallyFound = 10;
const mostFound = 50;
const longestText = 200;

/** Experiments of every project by words, for going straight to one. */
export function addFindRoutes(app: OpenAPIHono, { catalog }: { catalog: Catalog }): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/api/experiments",
      request: {
        query: z.strictObject({
          text: z.string().min(1).max(longestText).openapi({
            description:
              "Words that all stand in an experiment's id, name, model, target, user or parameters",
          }),
          project: z.string().optional().openapi({ description: "The project that is looked through first" }),
          limit: wholeNumberText.pipe(z.int().min(1).max(mostFound, `give at most ${mostFound}`)).optional(),
        }),
      },
      responses: answers(
        foundExperimentsSchema,
        "The latest experiments of each project that have the words",
      ),
    }),
    async (context) => {
      const { text, project: first, limit = usuallyFound } = context.req.valid("query");
      const { signal } = context.req.raw;
      const words = text.split(/\s+/).filter((word) => word !== "");
      const filter = words.map(writeText).join(" AND ");
      const projects = await catalog.projects({ signal });
      projects.sort((a, b) => Number(b.project === first) - Number(a.project === first));
      const found: z.infer<typeof foundExperimentsSchema>["experiments"] = [];
      for (const { project } of projects) {
        if (found.length >= limit || filter === "") break;
        const page = await catalog.experiments(project, {
          filter,
          columns: ["name"],
          sort: [{ column: "logged_at", direction: "descending" }],
          limit: limit - found.length,
          signal,
        });
        for (const [at, id] of page.prediction_ids.entries()) {
          const [title, model] = [page.titles[at] ?? id, page.models[at] ?? ""];
          found.push({ prediction_id: id, project, title, model });
        }
      }
      return context.json({ experiments: found }, 200);
    },
  );
}
