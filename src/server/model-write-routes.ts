import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { gateOf, gateTag } from "../mlflow/alias-gate.js";
import type { Mlflow } from "../mlflow/open-mlflow.js";
import { answers, jsonBody } from "./api-schema.js";
import { modelParameter, shownModel } from "./model-routes.js";
import {
  changedModelSchema,
  changeModelSchema,
  changeVersionSchema,
  setAliasSchema,
} from "./model-schema.js";
import { noQuery } from "./query-parameters.js";
import { writePaths } from "./write-paths.js";

type Tags = Readonly<Record<string, string>>;

/** What is said of registered models, through the same registry as by MLflow's clients. */
export function addModelWriteRoutes(app: OpenAPIHono, { mlflow }: { mlflow: Mlflow }): void {
  const changed = answers(changedModelSchema, "What holds of the model now");
  const model = async (name: string) => shownModel(await mlflow.registry.get(name));

  app.openapi(
    createRoute({
      method: "post",
      path: writePaths.model,
      request: { params: modelParameter, query: noQuery, body: jsonBody(changeModelSchema) },
      responses: changed,
    }),
    async (context) => {
      const { name } = context.req.valid("param");
      const { gated_aliases: gated, ...said } = context.req.valid("json");
      await mlflow.registry.change(
        name,
        (before) => {
          const { tags, ...rest } = changeOf(before.tags, said);
          return { ...rest, tags: gated ? withGate(tags, gated) : tags };
        },
        { isUpdate: true },
      );
      return context.json(await model(name), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: writePaths.modelVersion,
      request: {
        params: modelParameter.extend({ version: z.string() }),
        query: noQuery,
        body: jsonBody(changeVersionSchema),
      },
      responses: changed,
    }),
    async (context) => {
      const { name, version } = context.req.valid("param");
      const said = context.req.valid("json");
      await mlflow.registry.changeVersion(name, version, ({ tags }) => changeOf(tags, said), {
        isUpdate: true,
      });
      return context.json(await model(name), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: writePaths.modelAlias,
      request: { params: modelParameter, query: noQuery, body: jsonBody(setAliasSchema) },
      responses: changed,
    }),
    async (context) => {
      const { name } = context.req.valid("param");
      const { alias, version } = context.req.valid("json");
      if (version === null) await mlflow.registry.deleteAlias(name, alias);
      else await mlflow.registry.setAlias(name, alias, String(version), gateOf(mlflow));
      return context.json(await model(name), 200);
    },
  );
}

function changeOf(
  before: Tags,
  said: z.infer<typeof changeVersionSchema>,
): { description?: string; tags: Tags } {
  const { description, add_tags: added = {}, remove_tags: removed = [] } = said;
  const kept = Object.entries(before).filter(([key]) => !removed.includes(key));
  const tags = Object.fromEntries([...kept, ...Object.entries(added)]);
  return { tags, ...(description === undefined ? {} : { description }) };
}

function withGate({ [gateTag]: _before, ...others }: Tags, aliases: readonly string[]): Tags {
  return aliases.length === 0 ? others : { ...others, [gateTag]: aliases.join(", ") };
}
