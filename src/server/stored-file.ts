import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Store, StoreFile } from "../store/store.js";
import { failure } from "./failure.js";

const partSize = 4 * 2 ** 20;

/**
 * The bytes of a file that a run kept, for saving: a browser neither shows nor runs what anybody put into the
 * store.
 * @param place of the file below a folder of the store
 * @param absent what is said where there is none
 */
export async function storedFile(
  context: Context,
  store: Store,
  { folder, path }: { folder: string; path: string },
  absent: string,
): Promise<Response> {
  const file = `${folder}/${path}`;
  const found = leadsAstray(path) ? undefined : await fileAt(store, file);
  if (!found) return failure(context, "NOT_FOUND", absent);
  const { outgoing } = (context.env ?? {}) as Partial<HttpBindings>;
  const cut = () => void outgoing?.destroy();
  return new Response(bytesOf(store, file, found.size, cut), {
    headers: {
      "Content-Type": "application/octet-stream",
      "Content-Length": String(found.size),
      "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(path.split("/").at(-1)!)}`,
      "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'self'",
    },
  });
}

/** A refusal where an address of a file has parameters, of which none is understood. */
export function refusedParameter(context: Context): Response | undefined {
  const [unknown] = Object.keys(context.req.query());
  if (unknown === undefined) return undefined;
  return failure(
    context,
    "INVALID_ARGUMENT",
    `unknown parameter: ${unknown.slice(0, 200)}; none is understood here`,
  );
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
