import type { HttpBindings } from "@hono/node-server";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Catalog } from "../catalog/catalog.js";
import { given } from "../experiment/given.js";
import { errorAnswers, notFoundAnswer } from "./api-schema.js";
import { projectParameter, projectTables, selection, sortKeys } from "./catalog-queries.js";
import { exportSlots, exportStream, usualPatience } from "./export-stream.js";
import { failure } from "./failure.js";
import { listOf } from "./query-parameters.js";

export interface ExportRouteOptions {
  catalog: Catalog;
  onDefect: (error: unknown) => void;
  /** Milliseconds that a client may read nothing of an export. */
  exportPatience?: number | undefined;
}

/** Everything that is selected, as CSV; a few exports at a time. */
export function addExportRoute(
  app: OpenAPIHono,
  { catalog, onDefect, exportPatience }: ExportRouteOptions,
): void {
  const slots = exportSlots();
  for (const { path, rows, table } of projectTables(catalog)) {
    app.openapi(
      createRoute({
        method: "get",
        path: `${path}/export.csv`,
        request: {
          params: projectParameter,
          query: selection.extend({ spreadsheet: z.enum(["true", "false"]).optional() }),
        },
        responses: {
          200: {
            description: `All ${rows} that are selected, not only a page`,
            content: { "text/csv": { schema: z.string() } },
          },
          ...errorAnswers,
          ...notFoundAnswer,
        },
      }),
      async (context) => {
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
        const chunks = table.exportRows(
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
  }
}
