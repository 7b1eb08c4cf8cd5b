import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { purgedSchema, purgeSchema, trashSchema } from "../annotations/annotation-schema.js";
import { experimentTitle } from "../experiment/experiment-title.js";
import { given } from "../experiment/given.js";
import { purgeTrash } from "../maintenance/purge-trash.js";
import { inParallel } from "../store/in-parallel.js";
import type { WriteRoutesOptions } from "./annotation-routes.js";
import { answers, jsonBody } from "./api-schema.js";
import { count } from "./catalog-queries.js";
import { noQuery } from "./query-parameters.js";
import { writePaths } from "./write-paths.js";

const usualLimit = 100;
const mostListed = 1000;
/** Files that are looked at at the same time. */
const atOnce = 16;

/** What is in the trash, and its end. */
export function addTrashRoutes(
  app: OpenAPIHono,
  { store, catalog, watch, author }: WriteRoutesOptions,
): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/api/trash",
      request: { query: z.strictObject({ project: z.string().optional(), limit: count, offset: count }) },
      responses: answers(trashSchema, "The experiments in the trash, and the bytes that a purge frees"),
    }),
    async (context) => {
      const { project, limit = usualLimit, offset = 0 } = context.req.valid("query");
      const names =
        project === undefined ? (await catalog.projects()).map((each) => each.project) : [project];
      const deleted = [];
      for (const name of names) {
        for (const [id, { state, stateSaid }] of (await catalog.annotations(name)).experiments) {
          if (state === "deleted") deleted.push({ id, project: name, said: stateSaid! });
        }
      }
      deleted.sort((a, b) => b.said.writtenAt.getTime() - a.said.writtenAt.getTime());
      const listed = deleted.slice(offset, offset + Math.min(Math.max(limit, 1), mostListed));
      const experiments: z.infer<typeof trashSchema>["experiments"] = [];
      const sizes = new Map<string, number>();
      for (const name of new Set(listed.map((each) => each.project))) {
        const ids = listed.filter((each) => each.project === name).map(({ id }) => id);
        const records = await catalog.records(ids, { project: name, inTrash: true });
        await inParallel(records, atOnce, async ({ predictions }) => {
          sizes.set(predictions, (await store.stat(predictions))?.size ?? 0);
        });
        for (const record of records) {
          const { author: deletedBy, writtenAt } = listed.find(({ id }) => id === record.predictionId)!.said;
          experiments.push({
            prediction_id: record.predictionId,
            project: name,
            name: record.name ?? null,
            title: experimentTitle(record.name, record.predictionId),
            kind: record.kind,
            model: record.model,
            logged_at: record.loggedAt.toISOString(),
            deleted_by: deletedBy,
            deleted_at: writtenAt.toISOString(),
            bytes: sizes.get(record.predictions)!,
          });
        }
      }
      experiments.sort((a, b) => (a.deleted_at < b.deleted_at ? 1 : -1));
      const bytes = experiments.reduce((sum, each) => sum + each.bytes, 0);
      return context.json({ total: deleted.length, bytes, experiments }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: writePaths.purge,
      request: { query: noQuery, body: jsonBody(purgeSchema) },
      responses: answers(purgedSchema, "What was removed for good"),
    }),
    async (context) => {
      const { prediction_ids: predictionIds, project } = context.req.valid("json");
      const purged = await purgeTrash({ store, author, ...given({ predictionIds, project }) });
      await watch.lookNow();
      return context.json(
        {
          purged: purged.map(({ predictionId, project: of, bytes }) => ({
            prediction_id: predictionId,
            project: of,
            bytes,
          })),
          bytes: purged.reduce((sum, { bytes }) => sum + bytes, 0),
        },
        200,
      );
    },
  );
}
