import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { LoggedModel } from "../mlflow/logged-model.js";
import type { Mlflow } from "../mlflow/open-mlflow.js";
import { artifactFolder } from "../run/artifact-path.js";
import { listArtifacts } from "../run/list-artifacts.js";
import { metricJson } from "../run/metric-number.js";
import { answers } from "./api-schema.js";
import { fileAnswers } from "./artifact-route.js";
import { loggedModelSchema, mlflowExperimentSchema, runModelsSchema } from "./model-schema.js";
import { noQuery } from "./query-parameters.js";
import { refusedParameter, storedFile } from "./stored-file.js";

const idParameter = z.object({ id: z.string() });

/** The models that runs logged with MLflow's clients, and what these call a project. */
export function addLoggedModelRoutes(app: OpenAPIHono, { mlflow }: { mlflow: Mlflow }): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/api/runs/{id}/models",
      request: { params: idParameter, query: noQuery },
      responses: answers(runModelsSchema, "The models that a run logged, the earliest first"),
    }),
    async (context) => {
      const { id } = context.req.valid("param");
      await refreshModels(mlflow);
      const registered = registeredModels(mlflow);
      const models = [];
      for (const model of mlflow.models.ofRun(id)) models.push(await shownModel(mlflow, model, registered));
      return context.json({ run_id: id, models }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/logged-models/{id}",
      request: { params: idParameter, query: noQuery },
      responses: answers(loggedModelSchema, "A logged model"),
    }),
    async (context) => {
      await refreshModels(mlflow);
      const model = await mlflow.models.get(context.req.valid("param").id);
      return context.json(await shownModel(mlflow, model, registeredModels(mlflow)), 200);
    },
  );

  app.openAPIRegistry.registerPath({
    method: "get",
    path: "/api/logged-models/{id}/files/{path}",
    request: { params: idParameter.extend({ path: z.string() }), query: noQuery },
    responses: fileAnswers("The bytes of a file of a logged model"),
  });
  app.get("/api/logged-models/:id/files/:path{.+}", async (context) => {
    const { id, path } = context.req.param();
    const refused = refusedParameter(context);
    if (refused) return refused;
    const { project } = await mlflow.models.get(id);
    const folder = artifactFolder(project, id);
    const absent = `the model ${id} has no file ${JSON.stringify(path.slice(0, 200))}; /api/logged-models/${id} lists those that it has`;
    return storedFile(context, mlflow.store, { folder, path }, absent);
  });

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/mlflow/experiments/{id}",
      request: { params: idParameter, query: noQuery },
      responses: answers(mlflowExperimentSchema, "The project that MLflow's clients know by a number"),
    }),
    async (context) => {
      await mlflow.experiments.refresh();
      const { id, name, project } = mlflow.experiments.get(context.req.valid("param").id);
      return context.json({ experiment_id: id, name, project }, 200);
    },
  );
}

async function refreshModels({ models, registry }: Mlflow): Promise<void> {
  await models.refresh();
  await registry.refresh();
}

type Registered = ReadonlyMap<string, { name: string; version: number }[]>;

/** The versions of registered models, by the id of the logged model. */
function registeredModels({ registry }: Mlflow): Registered {
  const found = new Map<string, { name: string; version: number }[]>();
  for (const { model, version } of registry.versions()) {
    if (version.modelId === "") continue;
    const others = found.get(version.modelId) ?? [];
    found.set(version.modelId, [...others, { name: model.name, version: version.version }]);
  }
  return found;
}

async function shownModel(
  { store }: Mlflow,
  model: LoggedModel,
  registered: Registered,
): Promise<z.infer<typeof loggedModelSchema>> {
  const files = await listArtifacts(store, model.project, model.id);
  return {
    model_id: model.id,
    project: model.project,
    run_id: model.sourceRunId || null,
    name: model.name,
    type: model.type || null,
    status: model.status,
    parameters: { ...model.params },
    tags: { ...model.tags },
    metrics: model.metrics.map(({ key, value, step, dataset = null }) => ({
      key,
      value: metricJson(value),
      step,
      dataset,
    })),
    registered_as: [...(registered.get(model.id) ?? [])],
    created_at: new Date(model.createdAt).toISOString(),
    files: files.map(({ path, bytes, modified }) => ({ path, bytes, modified_at: modified.toISOString() })),
  };
}
