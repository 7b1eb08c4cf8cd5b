import { gateOf } from "../../mlflow/alias-gate.js";
import { invalidParameter } from "../../mlflow/mlflow-error.js";
import { isPrompt } from "../../mlflow/model-registry.js";
import type { Mlflow } from "../../mlflow/open-mlflow.js";
import {
  latestVersions,
  registeredItem,
  versionItem,
  wireRegistered,
  wireVersion,
} from "../../mlflow/registered-model.js";
import type { RequestFields } from "../../mlflow/request-fields.js";
import { parseOrderBy } from "../../mlflow/search/order-by.js";
import { parseFilter } from "../../mlflow/search/parse-filter.js";
import type { SearchItem, SearchKind } from "../../mlflow/search/search-item.js";
import { checkedMaxResults, type FoundItems, pageOf } from "../../mlflow/search-items.js";
import { stages } from "../../mlflow/stages.js";
import { resolveSource, type SourceLookUp } from "../../mlflow/version-source.js";
import type { JsonObject, MlflowCall, MlflowRoutes } from "./mlflow-route.js";

/** Registered models, their versions and aliases. */
export const registryRoutes: MlflowRoutes = {
  "POST registered-models/create": async ({ mlflow, fields }) => {
    const model = await mlflow.registry.create({
      name: fields.text("name"),
      description: fields.optionalText("description") ?? "",
      tags: Object.fromEntries(fields.pairs("tags")),
    });
    return { registered_model: wireRegistered(model) };
  },
  "GET registered-models/get": async ({ mlflow, fields }) => {
    return { registered_model: wireRegistered(await mlflow.registry.get(fields.text("name"))) };
  },
  "POST registered-models/rename": async ({ mlflow, fields }) => {
    const model = await mlflow.registry.rename(fields.text("name"), fields.text("new_name"));
    return { registered_model: wireRegistered(model) };
  },
  "PATCH registered-models/update": async ({ mlflow, fields }) => {
    const description = fields.optionalText("description") ?? "";
    const change = () => ({ description });
    const model = await mlflow.registry.change(fields.text("name"), change, { isUpdate: true });
    return { registered_model: wireRegistered(model) };
  },
  "DELETE registered-models/delete": async ({ mlflow, fields }) => {
    await mlflow.registry.delete(fields.text("name"));
    return {};
  },
  "GET registered-models/search": ({ mlflow, fields }) => {
    const candidates = mlflow.registry.models().map((model) => ({ ...registeredItem(model), model }));
    const { items, nextPageToken } = found(candidates, "registered_models", fields, {
      usual: 100,
      most: 1_000,
    });
    const models = items.map(({ model }) => wireRegistered(model));
    return { ...(models.length > 0 ? { registered_models: models } : {}), ...next(nextPageToken) };
  },
  "POST registered-models/get-latest-versions": latest,
  "GET registered-models/get-latest-versions": latest,
  "POST registered-models/set-tag": async ({ mlflow, fields }) => {
    const tag = tagOf(fields);
    await mlflow.registry.change(fields.text("name"), ({ tags }) => ({ tags: { ...tags, ...tag } }));
    return {};
  },
  "DELETE registered-models/delete-tag": async ({ mlflow, fields }) => {
    const key = fields.text("key");
    await mlflow.registry.change(fields.text("name"), ({ tags }) => ({ tags: without(tags, key) }));
    return {};
  },
  "POST registered-models/alias": async ({ mlflow, fields }) => {
    const alias = fields.text("alias");
    await mlflow.registry.setAlias(fields.text("name"), alias, fields.text("version"), gateOf(mlflow));
    return {};
  },
  "GET registered-models/alias": async ({ mlflow, fields }) => {
    const { model, version } = await mlflow.registry.aliased(fields.text("name"), fields.text("alias"));
    return { model_version: wireVersion(version, model) };
  },
  "DELETE registered-models/alias": async ({ mlflow, fields }) => {
    await mlflow.registry.deleteAlias(fields.text("name"), fields.text("alias"));
    return {};
  },

  "POST model-versions/create": createdVersion,
  "GET model-versions/get": async ({ mlflow, fields }) => {
    const { model, version } = await mlflow.registry.version(fields.text("name"), fields.text("version"));
    return { model_version: wireVersion(version, model) };
  },
  "PATCH model-versions/update": async ({ mlflow, fields }) => {
    const [name, number] = [fields.text("name"), fields.text("version")];
    const description = fields.optionalText("description") ?? "";
    const change = () => ({ description });
    const { model, version } = await mlflow.registry.changeVersion(name, number, change, { isUpdate: true });
    return { model_version: wireVersion(version, model) };
  },
  "DELETE model-versions/delete": async ({ mlflow, fields }) => {
    await mlflow.registry.deleteVersion(fields.text("name"), fields.text("version"));
    return {};
  },
  "GET model-versions/search": ({ mlflow, fields }) => {
    const candidates = mlflow.registry.versions().map(({ model, version }) => ({
      ...versionItem(version, model.name),
      model,
      version,
    }));
    const { items, nextPageToken } = found(candidates, "model_versions", fields, {
      usual: 10_000,
      most: 200_000,
    });
    const versions = items.map(({ model, version }) => wireVersion(version, model));
    return { ...(versions.length > 0 ? { model_versions: versions } : {}), ...next(nextPageToken) };
  },
  "GET model-versions/get-download-uri": async ({ mlflow, fields }) => {
    const { version } = await mlflow.registry.version(fields.text("name"), fields.text("version"));
    return { artifact_uri: version.location };
  },
  "POST model-versions/transition-stage": async ({ mlflow, fields }) => {
    const archive = fields.optionalFlag("archive_existing_versions") ?? false;
    const { model, version } = await mlflow.registry.transition(
      fields.text("name"),
      fields.text("version"),
      fields.text("stage"),
      archive,
    );
    return { model_version: wireVersion(version, model) };
  },
  "POST model-versions/set-tag": async ({ mlflow, fields }) => {
    const tag = tagOf(fields);
    await mlflow.registry.changeVersion(fields.text("name"), fields.text("version"), ({ tags }) => ({
      tags: { ...tags, ...tag },
    }));
    return {};
  },
  "DELETE model-versions/delete-tag": async ({ mlflow, fields }) => {
    const key = fields.text("key");
    await mlflow.registry.changeVersion(fields.text("name"), fields.text("version"), ({ tags }) => ({
      tags: without(tags, key),
    }));
    return {};
  },
};

async function latest({ mlflow, fields }: MlflowCall): Promise<JsonObject> {
  const model = await mlflow.registry.get(fields.text("name"));
  const asked = fields.texts("stages").map((given) => {
    const stage = stages.find((each) => each.toLowerCase() === given.toLowerCase());
    if (stage !== undefined) return stage;
    throw invalidParameter(
      `Invalid Model Version stage: ${given.slice(0, 50)}. Value must be one of ${stages.join(", ")}.`,
    );
  });
  const wanted = new Set(asked.length > 0 ? asked : stages);
  const some = latestVersions(model.versions).filter(({ stage }) => wanted.has(stage));
  return some.length > 0 ? { model_versions: some.map((version) => wireVersion(version, model)) } : {};
}

async function createdVersion({ mlflow, fields }: MlflowCall): Promise<JsonObject> {
  const name = fields.text("name");
  const source = fields.text("source");
  const runId = fields.optionalText("run_id") || undefined;
  const modelId = fields.optionalText("model_id") || undefined;
  const tags = Object.fromEntries(fields.pairs("tags"));
  await mlflow.registry.get(name);
  const resolved = isPrompt(tags)
    ? { source, location: source, runId: runId ?? "", modelId: modelId ?? "" }
    : await resolveSource(source, { runId, modelId }, lookUp(mlflow));
  const { model, version } = await mlflow.registry.createVersion(name, resolved, {
    description: fields.optionalText("description") ?? "",
    runLink: fields.optionalText("run_link") ?? "",
    tags,
  });
  if (modelId !== undefined && !isPrompt(tags)) {
    await mlflow.models.noteVersion(modelId, name, String(version.version));
  }
  return { model_version: wireVersion(version, model) };
}

function lookUp({ models, runs, registry }: Mlflow): SourceLookUp {
  return {
    model: (id) => models.get(id),
    run: (id) => runs.get(id),
    version: async (name, place) => {
      const { version } =
        "alias" in place
          ? await registry.aliased(name, place.alias)
          : await registry.version(name, place.version);
      return version;
    },
  };
}

function found<T extends SearchItem>(
  candidates: readonly T[],
  kind: SearchKind,
  fields: RequestFields,
  { usual, most }: { usual: number; most: number },
): FoundItems<T> {
  // Without a filter, too: it leaves prompts out.
  const matches = parseFilter(fields.optionalText("filter") ?? "", kind);
  return pageOf(candidates, matches, parseOrderBy(fields.texts("order_by"), kind), {
    maxResults: checkedMaxResults(fields.optionalInteger("max_results"), usual, most),
    pageToken: fields.optionalText("page_token"),
  });
}

function next(token: string | undefined): JsonObject {
  return token === undefined ? {} : { next_page_token: token };
}

function tagOf(fields: RequestFields): Record<string, string> {
  return { [fields.text("key")]: fields.optionalText("value") ?? "" };
}

function without(tags: Readonly<Record<string, string>>, key: string): Record<string, string> {
  const { [key]: _, ...others } = tags;
  return others;
}
