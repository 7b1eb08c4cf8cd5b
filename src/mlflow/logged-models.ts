import { randomBytes } from "node:crypto";
import type { JsonValue } from "../experiment/json-value.js";
import type { Store } from "../store/store.js";
import { addressBelow } from "./artifact-home.js";
import { DocumentLog } from "./document-log.js";
import type { MlflowExperiment } from "./experiments.js";
import { InTurn } from "./in-turn.js";
import {
  type LoggedModel,
  type ModelMetric,
  type ModelStatus,
  modelDocument,
  modelOf,
  withMetrics,
} from "./logged-model.js";
import { checkedKey, longestParam, longestTag } from "./logged-texts.js";
import { doesNotExist, invalidParameter } from "./mlflow-error.js";

/** A metric of a model, as a run logs it. */
export interface MetricOfModel {
  modelId: string;
  metric: ModelMetric;
}

type Pairs = readonly (readonly [key: string, value: string])[];

const forbiddenInNames = ["/", ":", ".", "%", '"', "'"];

/** The logged models of a store: a document each, of which the newest snapshot counts. */
export class LoggedModels {
  readonly #documents: DocumentLog;
  readonly #now: () => Date;
  readonly #turns = new InTurn();
  readonly #read = new WeakMap<object, LoggedModel>();

  constructor(store: Store, now: () => Date) {
    this.#documents = new DocumentLog(store, "logged-models", now);
    this.#now = now;
  }

  /** Takes in what others wrote since. */
  refresh(): Promise<void> {
    return this.#documents.refresh();
  }

  /** A model, deleted or not. */
  #find(id: string): LoggedModel | undefined {
    const document = this.#documents.get(id);
    return document && this.#modelOf(id, document);
  }

  #modelOf(id: string, document: Readonly<Record<string, JsonValue>>): LoggedModel | undefined {
    const known = this.#read.get(document);
    if (known) return known;
    const model = modelOf(id, document);
    if (model) this.#read.set(document, model);
    return model;
  }

  /** @throws MlflowError RESOURCE_DOES_NOT_EXIST */
  async get(id: string, { allowDeleted = false } = {}): Promise<LoggedModel> {
    if (!this.#find(id)) await this.refresh();
    const found = this.#find(id);
    if (found && (allowDeleted || !found.isDeleted)) return found;
    throw doesNotExist(`Logged model with ID '${id.slice(0, 100)}' not found.`);
  }

  /** Those of some experiments that are not deleted. */
  *ofExperiments(ids: ReadonlySet<string>): Generator<LoggedModel> {
    for (const [id, document] of this.#documents.entries()) {
      const model = this.#modelOf(id, document);
      if (model && !model.isDeleted && ids.has(model.experimentId)) yield model;
    }
  }

  /** Those of a run that are not deleted, the earliest first. */
  *ofRun(runId: string): Generator<LoggedModel> {
    for (const [id, document] of this.#documents.entries()) {
      const model = this.#modelOf(id, document);
      if (model && !model.isDeleted && model.sourceRunId === runId) yield model;
    }
  }

  async create(
    experiment: MlflowExperiment,
    given: { name: string | undefined; type: string; sourceRunId: string; params: Pairs; tags: Pairs },
  ): Promise<LoggedModel> {
    const id = `m-${randomBytes(16).toString("hex")}`;
    const now = this.#now().getTime();
    const model: LoggedModel = {
      id,
      experimentId: experiment.id,
      project: experiment.project,
      name: checkedName(given.name ?? `model-${id.slice(2, 10)}`),
      type: given.type,
      status: "PENDING",
      sourceRunId: given.sourceRunId,
      artifactUri: addressBelow(experiment, `models/${id}/artifacts`),
      params: cut(given.params, longestParam),
      tags: cut(given.tags, longestTag),
      metrics: [],
      createdAt: now,
      updatedAt: now,
      isDeleted: false,
    };
    return this.#put(model);
  }

  finalize(id: string, status: ModelStatus): Promise<LoggedModel> {
    return this.#change(id, () => ({ status, updatedAt: this.#now().getTime() }));
  }

  /** One that is deleted already stays so. */
  async delete(id: string): Promise<void> {
    await this.#turns.run(id, async () => {
      await this.refresh();
      const model = await this.get(id, { allowDeleted: true });
      if (!model.isDeleted) await this.#put({ ...model, isDeleted: true, updatedAt: this.#now().getTime() });
    });
  }

  setTags(id: string, tags: Pairs): Promise<LoggedModel> {
    const more = cut(tags, longestTag);
    return this.#change(id, (model) => ({ tags: { ...model.tags, ...more } }));
  }

  /** @throws MlflowError RESOURCE_DOES_NOT_EXIST where it has no such tag */
  deleteTag(id: string, key: string): Promise<LoggedModel> {
    return this.#change(id, (model) => {
      if (!Object.hasOwn(model.tags, key)) {
        throw doesNotExist(`No tag with key '${key}' found for model with ID '${id}'.`);
      }
      const { [key]: _, ...tags } = model.tags;
      return { tags };
    });
  }

  /** Notes that a model was registered, where MLflow's client looks for it. */
  noteVersion(id: string, name: string, version: string): Promise<LoggedModel> {
    return this.#change(id, ({ tags }) => {
      const before = Object.hasOwn(tags, versionsTag) ? tags[versionsTag]! : "[]";
      return { tags: { ...tags, [versionsTag]: withVersion(before, name, version) } };
    });
  }

  /** @throws MlflowError INVALID_PARAMETER_VALUE where one has another value already */
  logParams(id: string, params: Pairs): Promise<LoggedModel> {
    const more = cut(params, longestParam);
    return this.#change(id, (model) => {
      for (const [key, value] of Object.entries(more)) {
        if (Object.hasOwn(model.params, key) && model.params[key] !== value) {
          throw invalidParameter(
            `Changing param values is not allowed. Param with key='${key}' was already logged with value='${model.params[key]}' for model ID='${id}'. Attempted logging new value '${value}'.`,
          );
        }
      }
      return { params: { ...model.params, ...more } };
    });
  }

  /** Keeps the latest metrics of each model: a document a model, durable when it returns. */
  async logMetrics(metrics: readonly MetricOfModel[]): Promise<void> {
    for (const id of new Set(metrics.map(({ modelId }) => modelId))) {
      const some = metrics.filter((each) => each.modelId === id).map(({ metric }) => metric);
      await this.#change(id, (model) => ({ metrics: withMetrics(model.metrics, some) }));
    }
  }

  /** Changes a model after what every server wrote of it. */
  #change(id: string, change: (model: LoggedModel) => Partial<LoggedModel>): Promise<LoggedModel> {
    return this.#turns.run(id, async () => {
      await this.refresh();
      const before = await this.get(id);
      return this.#put({ ...before, ...change(before) });
    });
  }

  async #put(model: LoggedModel): Promise<LoggedModel> {
    await this.#documents.put(model.id, modelDocument(model));
    return model;
  }
}

const versionsTag = "mlflow.modelVersions";

/** The value of the tag with one more version; what is no JSON list stays as it is. */
function withVersion(before: string, name: string, version: string): string {
  try {
    const list = JSON.parse(before) as unknown;
    return Array.isArray(list) ? JSON.stringify([...(list as unknown[]), { name, version }]) : before;
  } catch {
    return before;
  }
}

function checkedName(name: string): string {
  if (name !== "" && name.isWellFormed() && !forbiddenInNames.some((each) => name.includes(each))) {
    return name;
  }
  throw invalidParameter(
    `Invalid model name ('${name.slice(0, 200)}') provided. Model name must be a non-empty string and cannot contain any of these: ${forbiddenInNames.join(" ")}`,
  );
}

function cut(pairs: Pairs, longest: number): Record<string, string> {
  return Object.fromEntries(pairs.map(([key, value]) => [checkedKey(key), value.slice(0, longest)]));
}
