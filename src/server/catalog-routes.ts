import type { HttpBindings } from "@hono/node-server";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";

import type { Catalog, ColumnInfo, SortKey } from "../catalog/catalog.js";
import { recordJson } from "../experiment/record-json.js";
import { TrackingError } from "../tracking-error.js";
import {
  columnListSchema,
  columnsSchema,
  completionsSchema,
  errorAnswers,
  experimentSchema,
  experimentsSchema,
  groupsSchema,
  notFoundAnswer,
  projectsSchema,
  valuesSchema,
} from "./api-schema.js";
import { exportSlots, exportStream, usualPatience } from "./export-stream.js";
import { failure } from "./failure.js";
import { given, listOf, noQuery, several, wholeNumberText } from "./query-parameters.js";
import type { StoreWatch } from "./watch-store.js";

const projectParameter = z.object({ project: z.string() });
const filterQuery = z.strictObject({
  filter: z.string().optional().openapi({ example: "f1_macro > 0.9 AND params.k < 5" }),
});
const count = wholeNumberText.optional();
const selection = filterQuery.extend({
  sort: several.openapi({
    description:
      "A column, then `:desc`, `:asc` or, of a score, `:best`, which a name that itself ends so needs; repeat it for further keys",
  }),
  column: several.openapi({ description: "A column to give; repeat it" }),
});

const answers = (schema: z.ZodType, description: string) => ({
  200: { description, content: { "application/json": { schema } } },
  ...errorAnswers,
  ...notFoundAnswer,
});

export interface CatalogRoutesOptions {
  catalog: Catalog;
  watch: StoreWatch;
  onDefect: (error: unknown) => void;
  /** Milliseconds that a client may read nothing of an export. */
  exportPatience?: number | undefined;
}

/** What the catalog answers: projects, tables, groups, values, completions, one experiment, and everything as CSV. */
export function addCatalogRoutes(
  app: OpenAPIHono,
  { catalog, watch, onDefect, exportPatience }: CatalogRoutesOptions,
): void {
  const slots = exportSlots();
  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects",
      request: { query: noQuery },
      responses: answers(projectsSchema, "The projects"),
    }),
    async (context) => {
      await watch.freshen();
      const projects = await catalog.projects({ signal: context.req.raw.signal });
      return context.json(
        {
          store: catalog.address,
          projects: projects.map(({ name, experiments, lastLoggedAt, kinds }) => ({
            project: name,
            experiments,
            last_logged_at: lastLoggedAt ?? null,
            kinds,
          })),
        },
        200,
      );
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
      await watch.freshen();
      const { project } = context.req.valid("param");
      const columns = await catalog.columns(project, { signal: context.req.raw.signal });
      return context.json(
        {
          project,
          columns: columns.map((column) => ({
            ...columnJson(column),
            count: column.count,
            distinct: column.distinct,
            min: column.min ?? null,
            max: column.max ?? null,
          })),
        },
        200,
      );
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
      await watch.freshen();
      const { project } = context.req.valid("param");
      const { filter } = context.req.valid("query");
      const columns = await catalog.differingColumns(
        project,
        given({ filter, signal: context.req.raw.signal }),
      );
      return context.json({ project, columns: columns.map(columnJson) }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects/{project}/experiments",
      request: {
        params: projectParameter,
        query: selection.extend({
          limit: count,
          offset: count,
          cursor: z.string().optional(),
        }),
      },
      responses: answers(experimentsSchema, "One page of a project's experiments"),
    }),
    async (context) => {
      await watch.freshen();
      const { project } = context.req.valid("param");
      const { filter, sort, column, limit, offset, cursor } = context.req.valid("query");
      const page = await catalog.experiments(
        project,
        given({
          filter,
          sort: sortKeys(sort),
          columns: listOf(column),
          limit,
          offset,
          cursor,
          signal: context.req.raw.signal,
        }),
      );
      return context.json(
        {
          project,
          columns: page.columns.map(columnJson),
          omitted_columns: page.omittedColumns,
          prediction_ids: page.predictionIds,
          rows: page.rows,
          total: page.total,
          next: page.next ?? null,
        },
        200,
      );
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects/{project}/groups",
      request: {
        params: projectParameter,
        query: filterQuery.extend({ by: several, value: several, limit: count }),
      },
      responses: answers(groupsSchema, "Experiments put together by equal values"),
    }),
    async (context) => {
      await watch.freshen();
      const { project } = context.req.valid("param");
      const { filter, by, value, limit } = context.req.valid("query");
      const found = await catalog.groups(project, {
        by: listOf(by) ?? [],
        ...given({ filter, values: listOf(value), limit, signal: context.req.raw.signal }),
      });
      return context.json(
        {
          project,
          by: found.by.map(columnJson),
          values: found.values.map(columnJson),
          total: found.total,
          groups: found.groups.map((group) => ({
            key: group.key,
            count: group.count,
            values: group.values.map((statistics) => ({
              count: statistics.count,
              mean: statistics.mean ?? null,
              standard_deviation: statistics.standardDeviation ?? null,
              min: statistics.min ?? null,
              max: statistics.max ?? null,
              best: statistics.best
                ? { value: statistics.best.value, prediction_id: statistics.best.predictionId }
                : null,
            })),
          })),
        },
        200,
      );
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects/{project}/values",
      request: {
        params: projectParameter,
        query: filterQuery.extend({
          column: z.string(),
          prefix: z.string().optional(),
          limit: count,
        }),
      },
      responses: answers(valuesSchema, "Values of a column, the most frequent first"),
    }),
    async (context) => {
      await watch.freshen();
      const { project } = context.req.valid("param");
      const { column, filter, prefix, limit } = context.req.valid("query");
      const query = given({ filter, prefix, limit, signal: context.req.raw.signal });
      return context.json({ column, values: await catalog.distinctValues(project, column, query) }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects/{project}/completions",
      request: {
        params: projectParameter,
        query: z.strictObject({ text: z.string().max(10_000), cursor: wholeNumberText }),
      },
      responses: answers(completionsSchema, "What may stand at the cursor of a filter"),
    }),
    async (context) => {
      await watch.freshen();
      const { project } = context.req.valid("param");
      const { text, cursor } = context.req.valid("query");
      if (cursor < 0 || cursor > text.length) {
        throw new TrackingError(
          "INVALID_ARGUMENT",
          `cursor is ${cursor}; give a place from 0 to ${text.length}, the length of the text`,
        );
      }
      const options = { signal: context.req.raw.signal };
      return context.json({ completions: await catalog.completions(project, text, cursor, options) }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/projects/{project}/export.csv",
      request: {
        params: projectParameter,
        query: selection.extend({ spreadsheet: z.enum(["true", "false"]).optional() }),
      },
      responses: {
        200: {
          description: "Everything selected, not only a page",
          content: { "text/csv": { schema: z.string() } },
        },
        ...errorAnswers,
        ...notFoundAnswer,
      },
    }),
    async (context) => {
      await watch.freshen();
      const { project } = context.req.valid("param");
      const { filter, sort, column, spreadsheet } = context.req.valid("query");
      const free = slots.take();
      if (!free) {
        return failure(
          context,
          "BUSY",
          `${slots.most} exports are under way, as many as are made at the same time; try again in a few seconds`,
        );
      }
      const chunks = catalog.exportRows(
        project,
        given({
          filter,
          sort: sortKeys(sort),
          columns: listOf(column),
          forSpreadsheet: spreadsheet === "true",
          signal: context.req.raw.signal,
        }),
      );
      let first: IteratorResult<string, void>;
      try {
        first = await chunks.next(); // a bad query fails here, before the answer has begun
      } catch (error) {
        free();
        throw error;
      }
      const cut = (error: unknown) => {
        const { outgoing }: Partial<HttpBindings> = context.env ?? {};
        outgoing?.destroy();
        if (error !== undefined && !context.req.raw.signal.aborted) onDefect(error);
      };
      const patience = exportPatience ?? usualPatience;
      return new Response(exportStream({ first, rest: chunks, patience, cut, onEnd: free }), {
        headers: {
          "Content-Type": "text/csv; charset=utf-8",
          "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(project)}.csv`,
        },
      });
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/experiments/{id}",
      request: {
        params: z.object({ id: z.string() }),
        query: z.strictObject({ project: z.string().optional() }),
      },
      responses: answers(experimentSchema, "One experiment"),
    }),
    async (context) => {
      await watch.freshen();
      const { id } = context.req.valid("param");
      const { project } = context.req.valid("query");
      const record = await catalog.experiment(id, given({ project, signal: context.req.raw.signal }));
      return context.json(recordJson(record), 200);
    },
  );
}

function columnJson({ name, filterName, kind, type }: ColumnInfo) {
  return { name, filter_name: filterName, kind, type };
}

const directions = { asc: "ascending", desc: "descending", best: "best" } as const;

function sortKeys(texts: string | readonly string[] | undefined): readonly SortKey[] | undefined {
  return listOf(texts)?.map((text): SortKey => {
    const key = /^(.*):(asc|desc|best)$/s.exec(text);
    if (!key) return { column: text, direction: "ascending" };
    if (key[1] === "")
      throw new TrackingError("INVALID_ARGUMENT", `sort is ${JSON.stringify(text)}; name a column`);
    return { column: key[1] as string, direction: directions[key[2] as keyof typeof directions] };
  });
}
