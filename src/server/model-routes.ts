import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Catalog } from "../catalog/catalog.js";
import { gatedAliases, gateTag } from "../mlflow/alias-gate.js";
import { isPrompt } from "../mlflow/model-registry.js";
import type { Mlflow } from "../mlflow/open-mlflow.js";
import type { ModelVersion, WholeModel } from "../mlflow/registered-model.js";
import { answers } from "./api-schema.js";
import { count } from "./catalog-queries.js";
import { type changedModelSchema, modelSchema, modelsSchema } from "./model-schema.js";
import { noQuery, wholeNumberText } from "./query-parameters.js";
import { versionStandings } from "./version-standing.js";

export const modelParameter = z.object({ name: z.string() });
const usualLimit = 25;
const mostListed = 200;

/** The registered models of the store, as MLflow's clients register them. */
export function addModelRoutes(
  app: OpenAPIHono,
  { catalog, mlflow }: { catalog: Catalog; mlflow: Mlflow },
): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/api/models",
      request: { query: noQuery },
      responses: answers(modelsSchema, "The registered models, by name"),
    }),
    async (context) => {
      await mlflow.registry.refresh();
      const models = mlflow.registry.models().filter(({ tags }) => !isPrompt(tags));
      models.sort((a, b) => (a.name < b.name ? -1 : 1));
      const shown = models.map((model) => {
        const [newest] = newestFirst(model.versions);
        return {
          ...shownModel(model),
          versions: model.versions.length,
          newest: newest
            ? { version: newest.version, created_at: new Date(newest.createdAt).toISOString() }
            : null,
        };
      });
      return context.json({ models: shown }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/models/{name}",
      request: {
        params: modelParameter,
        query: z.strictObject({
          limit: count,
          offset: count,
          version: wholeNumberText
            .optional()
            .openapi({ description: "Gives the page that has this version, in place of `offset`" }),
        }),
      },
      responses: answers(modelSchema, "A registered model and a page of its versions"),
    }),
    async (context) => {
      const { name } = context.req.valid("param");
      const { limit: asked = usualLimit, offset: from = 0, version } = context.req.valid("query");
      const limit = Math.min(Math.max(asked, 1), mostListed);
      await mlflow.registry.refresh();
      const model = await mlflow.registry.get(name);
      const all = newestFirst(model.versions);
      let offset = Math.max(from, 0);
      if (version !== undefined) {
        const { version: found } = await mlflow.registry.version(name, String(version));
        offset = Math.floor(all.findIndex((each) => each.version === found.version) / limit) * limit;
      }
      const shown = all.slice(offset, offset + limit);
      const standings = await versionStandings(catalog, model, { all, shown }, context.req.raw.signal);
      return context.json({ ...shownModel(model), total: all.length, offset, versions: standings }, 200);
    },
  );
}

export function shownModel(model: WholeModel): z.infer<typeof changedModelSchema> {
  const { [gateTag]: _gate, ...tags } = model.tags;
  return {
    name: model.name,
    description: model.description,
    tags,
    aliases: Object.entries(model.aliases).map(([alias, version]) => ({ alias, version })),
    gated_aliases: gatedAliases(model),
    created_at: new Date(model.createdAt).toISOString(),
    updated_at: new Date(model.updatedAt).toISOString(),
  };
}

function newestFirst(versions: readonly ModelVersion[]): ModelVersion[] {
  return [...versions].sort((a, b) => b.version - a.version);
}
