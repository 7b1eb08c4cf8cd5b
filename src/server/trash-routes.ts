import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import {
  deletedRunsSchema,
  deleteRunsSchema,
  purgedSchema,
  purgeSchema,
  trashSchema,
} from "../annotations/annotation-schema.js";
import { experimentTitle } from "../experiment/experiment-title.js";
import { given } from "../experiment/given.js";
import { deleteRuns, listTrashedRuns } from "../jobs/delete-runs.js";
import { purgeRuns } from "../maintenance/purge-runs.js";
import { purgeTrash } from "../maintenance/purge-trash.js";
import { isRunId } from "../run/run-id.js";
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
          if (state === "deleted" && !isRunId(id)) deleted.push({ id, project: name, said: stateSaid! });
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
      const inTrash = await listTrashedRuns({ store: store.address, ...given({ project }) });
      const runs = inTrash.map(({ run, deletedBy, deletedAt }) => ({
        run_id: run.runId,
        project: run.project,
        title: experimentTitle(run.name, run.runId),
        deleted_by: deletedBy,
        deleted_at: deletedAt.toISOString(),
      }));
      return context.json({ total: deleted.length, bytes, runs, experiments }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: writePaths.deleteRuns,
      request: { query: noQuery, body: jsonBody(deleteRunsSchema) },
      responses: answers(deletedRunsSchema, "The runs, and whether they are in the trash now"),
    }),
    async (context) => {
      const { run_ids: runIds, deleted, project } = context.req.valid("json");
      const place = { store: store.address, ...given({ project }) };
      const done = await deleteRuns(runIds, { deleted, author, ...place });
      await watch.lookNow();
      const runs = done.map(({ runId, project: of }) => ({ run_id: runId, project: of, deleted }));
      return context.json({ runs }, 200);
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
      const place = { author, ...given({ project }) };
      const runs = predictionIds ? [] : await purgeRuns({ store: store.address, ...place });
      const purged = await purgeTrash({ store, ...place, ...given({ predictionIds }) });
      await watch.lookNow();
      return context.json(
        {
          purged: purged.map(({ predictionId, project: of, bytes }) => ({
            prediction_id: predictionId,
            project: of,
            bytes,
          })),
          runs: runs.map(({ runId, project: of, bytes }) => ({ run_id: runId, project: of, bytes })),
          bytes: [...purged, ...runs].reduce((sum, { bytes }) => sum + bytes, 0),
        },
        200,
      );
    },
  );
}
