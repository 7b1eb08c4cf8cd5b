import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { streamSSE } from "hono/streaming";

import type { Catalog } from "../catalog/catalog.js";
import { inSnakeCase } from "../experiment/snake-case.js";
import { scoreRegistry } from "../scores/registry.js";
import { errorAnswers, scoresSchema, statusSchema } from "./api-schema.js";
import { noQuery } from "./query-parameters.js";
import type { StoreWatch } from "./watch-store.js";

interface StatusRoutesOptions {
  version: string;
  catalog: Catalog;
  watch: StoreWatch;
  readOnly: boolean;
}

/** Where the catalog stands, what the scores mean, and word of every change. */
export function addStatusRoutes(
  app: OpenAPIHono,
  { version, catalog, watch, readOnly }: StatusRoutesOptions,
): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/api/status",
      request: { query: noQuery },
      responses: {
        200: {
          description: "Where the catalog stands",
          content: { "application/json": { schema: statusSchema } },
        },
        ...errorAnswers,
      },
    }),
    (context) => {
      const status = catalog.status();
      return context.json(
        {
          version,
          store: status.address,
          experiments: status.experiments,
          runs: status.runs,
          read_only: readOnly,
          stale: status.stale,
          reason: status.reason ?? null,
          refreshed_at: status.refreshedAt?.toISOString() ?? null,
          generation: status.generation,
          problem_count: status.problems.length,
          problems: status.problems.slice(0, 100).map(({ path, line, reason }) => ({ path, line, reason })),
        },
        200,
      );
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/scores",
      request: { query: noQuery },
      responses: {
        200: {
          description: "What each score means",
          content: { "application/json": { schema: scoresSchema } },
        },
        ...errorAnswers,
      },
    }),
    (context) =>
      context.json(
        {
          scores: scoreRegistry.map((score) => ({
            name: score.name,
            title: score.title,
            kind: score.kind,
            headline: score.headline,
            ...inSnakeCase({ needsScore: score.needsScore, binaryOnly: score.binaryOnly }),
            min: finite(score.range[0]),
            max: finite(score.range[1]),
            direction: score.direction,
            best: score.best,
            meaning: score.meaning,
          })),
        },
        200,
      ),
  );

  // Server-sent events: `change` with the new generation; a comment now and then, so that a dead connection
  // shows.
  app.get("/api/events", (context) => {
    // nginx and others hold an answer back until it is long enough, unless told.
    context.header("X-Accel-Buffering", "no");
    context.header("Cache-Control", "no-store, no-transform");
    return streamSSE(context, async (stream) => {
      const queue: number[] = [catalog.status().generation];
      let wake = () => {};
      const stop = watch.onChange((generation) => {
        queue.push(generation);
        wake();
      });
      stream.onAbort(() => {
        stop();
        wake();
      });
      while (!stream.aborted) {
        const generation = queue.shift();
        if (generation !== undefined) {
          await stream.writeSSE({ event: "change", data: JSON.stringify({ generation }) });
          continue;
        }
        let heartbeat: NodeJS.Timeout | undefined;
        await new Promise<void>((resolve) => {
          wake = resolve;
          heartbeat = setTimeout(resolve, 15_000);
        });
        clearTimeout(heartbeat);
        if (queue.length === 0 && !stream.aborted) await stream.write(": still here\n\n");
      }
      stop();
    });
  });
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
