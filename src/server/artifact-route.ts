import type { HttpBindings } from "@hono/node-server";
import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Catalog } from "../catalog/catalog.js";
import { artifactFolder } from "../run/artifact-path.js";
import type { Store, StoreFile } from "../store/store.js";
import { errorAnswers, notFoundAnswer } from "./api-schema.js";
import { failure } from "./failure.js";
import { noQuery } from "./query-parameters.js";

const partSize = 4 * 2 ** 20;

/**
 * The bytes of an artifact, for saving: a browser neither shows nor runs what anybody put into the store. Its
 * path may have slashes, as they are or as %2F.
 */
export function addArtifactRoute(
  app: OpenAPIHono,
  { catalog, store }: { catalog: Catalog; store: Store },
): void {
  app.openAPIRegistry.registerPath({
    method: "get",
    path: "/api/runs/{id}/artifacts/{path}",
    request: { params: z.object({ id: z.string(), path: z.string() }), query: noQuery },
    responses: {
      200: {
        description: "The bytes of an artifact",
        content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } },
      },
      ...errorAnswers,
      ...notFoundAnswer,
    },
  });
  app.get("/api/runs/:id/artifacts/:path{.+}", async (context) => {
    const { id, path } = context.req.param();
    const [unknown] = Object.keys(context.req.query());
    if (unknown !== undefined) {
      return failure(
        context,
        "INVALID_ARGUMENT",
        `unknown parameter: ${unknown.slice(0, 200)}; none is understood here`,
      );
    }
    const { run } = await catalog.runs.run(id, { signal: context.req.raw.signal });
    const file = `${artifactFolder(run.project, id)}/${path}`;
    const found = leadsAstray(path) ? undefined : await fileAt(store, file);
    if (!found) {
      return failure(
        context,
        "NOT_FOUND",
        `the run ${id} has no artifact ${JSON.stringify(path.slice(0, 200))}; /api/runs/${id} lists those that it has`,
      );
    }
    const { outgoing }: Partial<HttpBindings> = context.env ?? {};
    const cut = () => void outgoing?.destroy();
    return new Response(bytesOf(store, file, found.size, cut), {
      headers: {
        "Content-Type": "application/octet-stream",
        "Content-Length": String(found.size),
        "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(path.split("/").at(-1)!)}`,
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'self'",
      },
    });
  });
}

function leadsAstray(path: string): boolean {
  return /[\\\0]/.test(path) || path.split("/").some((part) => part === "" || part === "." || part === "..");
}

async function fileAt(store: Store, path: string): Promise<StoreFile | undefined> {
  try {
    return await store.stat(path);
  } catch (error) {
    const at = path.lastIndexOf("/");
    const entries = await store.list(path.slice(0, at));
    const isFolder = entries.some(({ name, kind }) => name === path.slice(at + 1) && kind === "folder");
    if (isFolder) return undefined;
    throw error;
  }
}

/** @param cut ends the connection, so that a part is never taken for the whole */
function bytesOf(store: Store, path: string, size: number, cut: () => void): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          if (at < size) {
            const part = await store.readRange(path, at, Math.min(at + partSize, size));
            if (part.length === 0) throw new Error(`${path} became shorter while it was read`);
            at += part.length;
            controller.enqueue(part);
          }
          if (at >= size) controller.close();
        } catch (error) {
          cut();
          controller.error(error);
        }
      },
    },
    { highWaterMark: 0 },
  );
}
