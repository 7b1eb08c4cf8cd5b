import { modelArtifact } from "../../mlflow/artifact-place.js";
import { listFolder } from "../../mlflow/artifacts.js";
import { modelItem, modelStatusOfWire, wireModel } from "../../mlflow/logged-model.js";
import { invalidParameter } from "../../mlflow/mlflow-error.js";
import { missing, type RequestFields } from "../../mlflow/request-fields.js";
import { loggedModelOrder } from "../../mlflow/search/order-by.js";
import { parseFilter } from "../../mlflow/search/parse-filter.js";
import { checkedMaxResults, pageOf } from "../../mlflow/search-items.js";
import { wireFiles } from "./artifact-routes.js";
import type { JsonObject, MlflowCall, MlflowRoutes } from "./mlflow-route.js";

const usualFound = 100;
const mostFound = 50_000;

/** Models that runs made. */
export const loggedModelRoutes: MlflowRoutes = {
  "POST logged-models": async ({ mlflow, fields }) => {
    const id = fields.text("experiment_id");
    if (!mlflow.experiments.find(id)) await mlflow.experiments.refresh();
    const experiment = mlflow.experiments.get(id);
    if (experiment.stage === "deleted") {
      throw invalidParameter(`The experiment ${id} must be in the 'active' state. Current state is deleted.`);
    }
    const model = await mlflow.models.create(experiment, {
      name: fields.optionalText("name") || undefined,
      type: fields.optionalText("model_type") ?? "",
      sourceRunId: fields.optionalText("source_run_id") ?? "",
      params: fields.pairs("params"),
      tags: fields.pairs("tags"),
    });
    return { model: wireModel(model) };
  },
  "POST logged-models/search": searched,
  "GET logged-models/{id}": async ({ mlflow, fields, path }) => {
    const allowDeleted = fields.optionalFlag("allow_deleted") ?? false;
    return { model: wireModel(await mlflow.models.get(path[0]!, { allowDeleted })) };
  },
  "PATCH logged-models/{id}": async ({ mlflow, fields, path }) => {
    const given = fields.text("status");
    const status = modelStatusOfWire(given);
    if (status === undefined) {
      throw invalidParameter(
        `Invalid value ${given.slice(0, 100)} for parameter 'status': give LOGGED_MODEL_PENDING, LOGGED_MODEL_READY or LOGGED_MODEL_UPLOAD_FAILED`,
      );
    }
    return { model: wireModel(await mlflow.models.finalize(path[0]!, status)) };
  },
  "DELETE logged-models/{id}": async ({ mlflow, path }) => {
    await mlflow.models.delete(path[0]!);
    return {};
  },
  "PATCH logged-models/{id}/tags": async ({ mlflow, fields, path }) => {
    await mlflow.models.setTags(path[0]!, fields.pairs("tags"));
    return {};
  },
  "DELETE logged-models/{id}/tags/{key}": async ({ mlflow, path }) => {
    await mlflow.models.deleteTag(path[0]!, path[1]!);
    return {};
  },
  "POST logged-models/{id}/params": async ({ mlflow, fields, path }) => {
    await mlflow.models.logParams(path[0]!, fields.pairs("params"));
    return {};
  },
  "GET logged-models/{id}/artifacts/directories": async ({ mlflow, fields, path }) => {
    const model = await mlflow.models.get(path[0]!);
    const place = modelArtifact(model, fields.optionalText("artifact_directory_path") ?? "");
    // What is kept elsewhere is listed by the client itself.
    const isHere = model.artifactUri.startsWith("mlflow-artifacts:");
    const listed = isHere ? await listFolder(mlflow.store, place) : [];
    return { root_uri: model.artifactUri, ...wireFiles(listed, place.path) };
  },
};

function searched({ mlflow, fields }: MlflowCall): JsonObject {
  if (!fields.has("experiment_ids")) throw missing("experiment_ids");
  const ids = new Set(fields.texts("experiment_ids"));
  const datasets = fields.objects("datasets").map(scopeOf);
  const matches = parseFilter(fields.optionalText("filter") ?? "", "logged_models", { datasets });
  const order = loggedModelOrder(
    fields.objects("order_by").map((clause) => ({
      field_name: clause.text("field_name"),
      ascending: clause.optionalFlag("ascending"),
      dataset_name: clause.optionalText("dataset_name"),
      dataset_digest: clause.optionalText("dataset_digest"),
    })),
    { datasets },
  );
  const candidates = Array.from(mlflow.models.ofExperiments(ids), (model) => ({
    ...modelItem(model),
    model,
  }));
  const { items, nextPageToken } = pageOf(candidates, matches, order, {
    maxResults: checkedMaxResults(fields.optionalInteger("max_results") || undefined, usualFound, mostFound),
    pageToken: fields.optionalText("page_token"),
  });
  return {
    ...(items.length > 0 ? { models: items.map(({ model }) => wireModel(model)) } : {}),
    ...(nextPageToken === undefined ? {} : { next_page_token: nextPageToken }),
  };
}

function scopeOf(dataset: RequestFields): { name: string; digest?: string } {
  const name = dataset.optionalText("dataset_name");
  if (!name) throw invalidParameter("`dataset_name` in the `datasets` clause must be specified.");
  const digest = dataset.optionalText("dataset_digest");
  return digest ? { name, digest } : { name };
}
