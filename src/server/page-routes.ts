import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";

import type { OpenAPIHono } from "@hono/zod-openapi";

import { upFrom } from "./base-path.js";
import { failure } from "./failure.js";
import { contentSecurityPolicy } from "./security-headers.js";

const types: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/**
 * The dashboard's files. Assets carry a digest in their name and never change; every other address is the one
 * page, which finds its way by the address itself.
 */
export function addPageRoutes(
  app: OpenAPIHono,
  folder: string | undefined,
  embedIn: readonly string[],
): void {
  if (folder === undefined) {
    app.get("*", (context) =>
      failure(context, "NOT_FOUND", "the pages are not built; run npm run build, then start again"),
    );
    return;
  }
  const assets = new Map<string, Buffer>();
  app.get("/assets/:name", async (context) => {
    const name = context.req.param("name");
    const type = types[extname(name)];
    if (!/^[\w.-]+$/.test(name) || type === undefined) {
      return failure(context, "NOT_FOUND", "there is no such file");
    }
    try {
      const bytes = assets.get(name) ?? (await readFile(join(folder, "assets", name)));
      assets.set(name, bytes);
      return context.body(new Uint8Array(bytes), 200, {
        "Content-Type": type,
        "Cache-Control": "public, max-age=31536000, immutable",
      });
    } catch {
      return failure(context, "NOT_FOUND", "there is no such file");
    }
  });

  app.get("/assets/*", (context) => failure(context, "NOT_FOUND", "there is no such file"));

  app.get("*", async (context) => {
    const nonce = randomBytes(16).toString("base64");
    const page = (await readFile(join(folder, "index.html"), "utf8"))
      .replaceAll("__NONCE__", nonce)
      .replaceAll("__BASE__", upFrom(new URL(context.req.url).pathname));
    context.header("Content-Security-Policy", contentSecurityPolicy({ nonce, embedIn }));
    context.header("Cache-Control", "no-store");
    return context.html(page);
  });
}
