import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Catalog } from "../catalog/catalog.js";
import { artifactFolder } from "../run/artifact-path.js";
import type { Store } from "../store/store.js";
import { errorAnswers, notFoundAnswer } from "./api-schema.js";
import { noQuery } from "./query-parameters.js";
import { refusedParameter, storedFile } from "./stored-file.js";

/** The answers of a route that gives a file. */
export function fileAnswers(description: string) {
  return {
    200: {
      description,
      content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } },
    },
    ...errorAnswers,
    ...notFoundAnswer,
  };
}

/** The bytes of an artifact. Its path may have slashes, as they are or as %2F. */
export function addArtifactRoute(
  app: OpenAPIHono,
  { catalog, store }: { catalog: Catalog; store: Store },
): void {
  app.openAPIRegistry.registerPath({
    method: "get",
    path: "/api/runs/{id}/artifacts/{path}",
    request: { params: z.object({ id: z.string(), path: z.string() }), query: noQuery },
    responses: fileAnswers("The bytes of an artifact"),
  });
  app.get("/api/runs/:id/artifacts/:path{.+}", async (context) => {
    const { id, path } = context.req.param();
    const refused = refusedParameter(context);
    if (refused) return refused;
    const { run } = await catalog.runs.run(id, { signal: context.req.raw.signal });
    return storedFile(
      context,
      store,
      { folder: artifactFolder(run.project, id), path },
      `the run ${id} has no artifact ${JSON.stringify(path.slice(0, 200))}; /api/runs/${id} lists those that it has`,
    );
  });
}
