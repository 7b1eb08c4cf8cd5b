import { experimentItem, type MlflowExperiment, wireExperiment } from "../../mlflow/experiments.js";
import { doesNotExist, invalidParameter } from "../../mlflow/mlflow-error.js";
import type { RequestFields } from "../../mlflow/request-fields.js";
import { checkedMaxResults, searchItems } from "../../mlflow/search-items.js";
import type { JsonObject, MlflowCall, MlflowRoutes } from "./mlflow-route.js";

const mostExperiments = 50_000;
const usualExperiments = 1_000;

/** Experiments of MLflow, which are projects of ours. */
export const experimentRoutes: MlflowRoutes = {
  "POST experiments/create": async ({ mlflow, fields }) => {
    const { id } = await mlflow.experiments.create(fields.text("name"), {
      artifactLocation: fields.optionalText("artifact_location"),
      tags: Object.fromEntries(fields.pairs("tags")),
    });
    return { experiment_id: id };
  },
  "GET experiments/get": async ({ mlflow, fields }) => {
    const id = fields.text("experiment_id");
    if (!mlflow.experiments.find(id)) await mlflow.refresh();
    return { experiment: wireExperiment(mlflow.experiments.get(id)) };
  },
  "GET experiments/get-by-name": async ({ mlflow, fields }) => {
    const name = fields.text("experiment_name");
    if (!mlflow.experiments.named(name)) await mlflow.experiments.refresh();
    const found = mlflow.experiments.named(name);
    if (!found) throw doesNotExist(`Could not find experiment with name '${name}'`);
    return { experiment: wireExperiment(found) };
  },
  "POST experiments/search": ({ mlflow, fields }) => searched(mlflow.experiments.all(), fields),
  "GET experiments/search": ({ mlflow, fields }) => searched(mlflow.experiments.all(), fields),
  "POST experiments/update": async ({ mlflow, fields }) => {
    const name = fields.text("new_name");
    await mlflow.experiments.change(fields.text("experiment_id"), ({ stage }) => {
      if (stage === "active") return { name };
      throw invalidParameter(
        "Cannot rename experiment in non-active lifecycle stage. Current stage: deleted",
      );
    });
    return {};
  },
  "POST experiments/delete": (call) => setStage(call, "deleted"),
  "POST experiments/restore": (call) => setStage(call, "active"),
  "POST experiments/set-experiment-tag": async ({ mlflow, fields }) => {
    const id = fields.text("experiment_id");
    const tag = { [fields.text("key")]: fields.optionalText("value") ?? "" };
    await mlflow.experiments.change(id, (experiment) => {
      refuseDeleted(experiment);
      return { tags: { ...experiment.tags, ...tag } };
    });
    return {};
  },
  "POST experiments/delete-experiment-tag": async ({ mlflow, fields }) => {
    const id = fields.text("experiment_id");
    const key = fields.text("key");
    await mlflow.experiments.change(id, (experiment) => {
      refuseDeleted(experiment);
      if (!Object.hasOwn(experiment.tags, key))
        throw doesNotExist(`No tag with key ${key} in experiment with id ${id}`);
      const { [key]: _, ...tags } = experiment.tags;
      return { tags };
    });
    return {};
  },
  "POST experiments/search-datasets": ({ mlflow, fields }) => {
    const summaries = new Map<string, Record<string, string>>();
    for (const id of fields.texts("experiment_ids")) {
      for (const run of mlflow.runs.ofExperiment(id)) {
        if (run.isGone) continue;
        for (const { name, digest, context } of run.datasets()) {
          const summary = { experiment_id: id, name, digest, ...(context === undefined ? {} : { context }) };
          summaries.set(JSON.stringify(summary), summary);
        }
      }
    }
    return summaries.size > 0 ? { dataset_summaries: [...summaries.values()] } : {};
  },
};

/** Moves an experiment into the trash or out of it, and its runs with it. */
async function setStage(
  { mlflow, fields }: MlflowCall,
  stage: MlflowExperiment["stage"],
): Promise<JsonObject> {
  const id = fields.text("experiment_id");
  await mlflow.experiments.change(id, (before) => {
    if (before.stage === stage) throw doesNotExist(`No Experiment with id=${id} exists`);
    return { stage };
  });
  await mlflow.runs.setGone([...mlflow.runs.ofExperiment(id)], stage === "deleted");
  return {};
}

/** @throws MlflowError INVALID_PARAMETER_VALUE where the experiment was deleted */
export function refuseDeleted({ id, stage }: MlflowExperiment): void {
  if (stage === "active") return;
  throw invalidParameter(`The experiment ${id} must be in the 'active' state. Current state is deleted.`);
}

function searched(all: readonly MlflowExperiment[], fields: RequestFields) {
  const view = fields.optionalText("view_type") ?? "ACTIVE_ONLY";
  const candidates = all
    .filter(({ stage }) => view === "ALL" || (stage === "deleted") === (view === "DELETED_ONLY"))
    .map((experiment) => ({ ...experimentItem(experiment), experiment }));
  const { items, nextPageToken } = searchItems(candidates, "experiments", {
    filter: fields.optionalText("filter"),
    orderBy: fields.texts("order_by"),
    maxResults: checkedMaxResults(fields.optionalInteger("max_results"), usualExperiments, mostExperiments),
    pageToken: fields.optionalText("page_token"),
  });
  return {
    ...(items.length > 0 ? { experiments: items.map(({ experiment }) => wireExperiment(experiment)) } : {}),
    ...(nextPageToken === undefined ? {} : { next_page_token: nextPageToken }),
  };
}
