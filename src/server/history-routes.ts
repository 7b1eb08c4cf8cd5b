import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Catalog } from "../catalog/catalog.js";
import { consoleSchema, historiesSchema } from "../charts/chart-schema.js";
import type { ChartSource } from "../charts/open-charts.js";
import { given } from "../experiment/given.js";
import { isRunId } from "../run/run-id.js";
import { TrackingError } from "../tracking-error.js";
import { answersFromPredictions } from "./api-schema.js";
import { filterQuery, projectParameter, sortKeys } from "./catalog-queries.js";
import { listOf, numberText, several, wholeNumberText } from "./query-parameters.js";

const mostRuns = 1_000;
const mostKeys = 50;
/** Of all series together, where nobody says how many. */
const usualBuckets = { one: 500, all: 60_000, least: 20 };

const answerOfHistories = historiesSchema.extend({ project: z.string() }).openapi("Histories");
const answerOfConsole = consoleSchema.openapi("Console");

const atMost = (most: number) =>
  wholeNumberText.pipe(z.int().min(1).max(most, `give at most ${most}`)).optional();

const historiesQuery = filterQuery.extend({
  runs: z
    .string()
    .max(17 * mostRuns)
    .optional()
    .openapi({
      description: `Run ids with commas between, at most ${mostRuns}; without, those that filter, sort and limit select`,
    }),
  sort: several.openapi({ description: "As for a page of runs" }),
  limit: atMost(mostRuns).openapi({ description: "How many of the runs that are selected; by default 100" }),
  key: several.openapi({ description: `A metric; repeat it, at most ${mostKeys} times` }),
  x: z.enum(["step", "time"]).optional(),
  from: numberText.optional().openapi({ description: "Only points from this step or millisecond on" }),
  to: numberText.optional(),
  buckets: atMost(2_000).openapi({
    description: "Parts into which each series is divided; by default 500, fewer where series are many",
  }),
});

/** What runs logged as time went by: metrics for a chart, and what one printed. */
export function addHistoryRoutes(
  app: OpenAPIHono,
  { catalog, charts }: { catalog: Catalog; charts: ChartSource },
): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects/{project}/histories",
      request: { params: projectParameter, query: historiesQuery },
      responses: answersFromPredictions(
        answerOfHistories,
        "The metrics of many runs, thinned out for a chart",
      ),
    }),
    async (context) => {
      const { project } = context.req.valid("param");
      const {
        runs,
        filter,
        sort,
        limit = 100,
        key,
        x = "step",
        from,
        to,
        buckets,
      } = context.req.valid("query");
      const { signal } = context.req.raw;
      const keys = [...new Set(listOf(key) ?? [])];
      if (keys.length === 0 || keys.length > mostKeys) {
        throw new TrackingError(
          "INVALID_ARGUMENT",
          `key is given ${keys.length} times; name 1 to ${mostKeys} metrics`,
        );
      }
      const ids = runs === undefined ? undefined : runIds(runs);
      const places = ids
        ? await catalog.runs.places(project, ids, { signal })
        : await catalog.runs.selected(project, given({ filter, sort: sortKeys(sort), limit, signal }));
      const series = Math.max(1, places.length * keys.length);
      const { one, all, least } = usualBuckets;
      const parts = buckets ?? Math.max(least, Math.min(one, Math.floor(all / series)));
      const found = await charts.histories(places, { keys, x, from, to, buckets: parts }, signal);
      return context.json({ project, x, buckets: parts, ...found }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/runs/{id}/console",
      request: {
        params: z.object({ id: z.string() }),
        query: z.strictObject({
          from: wholeNumberText.pipe(z.int().min(0)).optional().openapi({
            description: "The number of the first line, from 0; without, the page is the last one",
          }),
          limit: atMost(10_000).openapi({ description: "Lines; by default 1,000" }),
        }),
      },
      responses: answersFromPredictions(answerOfConsole, "A page of what a run printed"),
    }),
    async (context) => {
      const { id } = context.req.valid("param");
      const { from, limit = 1_000 } = context.req.valid("query");
      const { run } = await catalog.runs.run(id, { signal: context.req.raw.signal });
      return context.json(await charts.console(run, { from, limit }), 200);
    },
  );
}

function runIds(text: string): string[] {
  const ids = [...new Set(text.split(",").filter((id) => id !== ""))];
  const wrong = ids.find((id) => !isRunId(id));
  if (wrong !== undefined) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `runs has ${JSON.stringify(wrong.slice(0, 40))}, which is no run id; give run ids with commas between`,
    );
  }
  if (ids.length > mostRuns) {
    throw new TrackingError("INVALID_ARGUMENT", `runs has ${ids.length} run ids; give at most ${mostRuns}`);
  }
  return ids;
}
