import type { JsonValue } from "../experiment/json-value.js";
import { textsOf } from "./experiments.js";
import type { SearchItem } from "./search/search-item.js";
import { stages } from "./stages.js";
import { wirePairs } from "./wire-pairs.js";

type JsonObject = Readonly<Record<string, JsonValue>>;

/** A name under which versions of a model are kept. */
export interface RegisteredModel {
  /** Stays the same when it is renamed. */
  id: string;
  name: string;
  /** How many names it has had: which of its claims on a name holds. */
  names: number;
  description: string;
  tags: Readonly<Record<string, string>>;
  createdAt: number;
  updatedAt: number;
  isDeleted: boolean;
}

/** Which version of a registered model has an alias. */
export interface ModelAlias {
  /** Of the registered model. */
  model: string;
  alias: string;
  version: number;
  isDeleted: boolean;
}

/** A registered model with what belongs to it, each of which is written by itself. */
export interface WholeModel extends RegisteredModel {
  /** Those that are not deleted. */
  versions: readonly ModelVersion[];
  /** Numbers of those versions. */
  aliases: Readonly<Record<string, number>>;
}

/** A version of a registered model. */
export interface ModelVersion {
  /** Of the registered model. */
  model: string;
  version: number;
  /** As it was given, such as `models:/m-...`. */
  source: string;
  /** Where its files are. */
  location: string;
  /** Empty where no run made it. */
  runId: string;
  modelId: string;
  runLink: string;
  description: string;
  tags: Readonly<Record<string, string>>;
  stage: (typeof stages)[number];
  createdAt: number;
  updatedAt: number;
  isDeleted: boolean;
}

export function registeredDocument(model: RegisteredModel): Record<string, JsonValue> {
  return {
    name: model.name,
    names: model.names,
    description: model.description,
    tags: { ...model.tags },
    created_at: model.createdAt,
    updated_at: model.updatedAt,
    ...(model.isDeleted ? { deleted: true } : {}),
  };
}

/** @returns undefined where the document is none of a registered model */
export function registeredOf(id: string, document: JsonObject): RegisteredModel | undefined {
  const { text, number } = reader(document);
  const { name } = document;
  if (typeof name !== "string" || !/^[0-9a-f]{16}$/.test(id)) return undefined; // the id names a folder
  return {
    id,
    name,
    names: number("names"),
    description: text("description"),
    tags: textsOf(document["tags"]),
    createdAt: number("created_at"),
    updatedAt: number("updated_at"),
    isDeleted: document["deleted"] === true,
  };
}

export function versionDocument(version: ModelVersion): Record<string, JsonValue> {
  return {
    model: version.model,
    version: version.version,
    source: version.source,
    location: version.location,
    run_id: version.runId,
    model_id: version.modelId,
    run_link: version.runLink,
    description: version.description,
    tags: { ...version.tags },
    stage: version.stage,
    created_at: version.createdAt,
    updated_at: version.updatedAt,
    ...(version.isDeleted ? { deleted: true } : {}),
  };
}

/** @returns undefined where the document is none of a version */
export function versionOf(document: JsonObject): ModelVersion | undefined {
  const { text, number } = reader(document);
  const version = number("version");
  if (text("model") === "" || !Number.isSafeInteger(version) || version < 1) return undefined;
  return {
    model: text("model"),
    version,
    source: text("source"),
    location: text("location"),
    runId: text("run_id"),
    modelId: text("model_id"),
    runLink: text("run_link"),
    description: text("description"),
    tags: textsOf(document["tags"]),
    stage: stages.find((stage) => stage === document["stage"]) ?? "None",
    createdAt: number("created_at"),
    updatedAt: number("updated_at"),
    isDeleted: document["deleted"] === true,
  };
}

export function aliasDocument({ model, alias, version, isDeleted }: ModelAlias): Record<string, JsonValue> {
  return { model, alias, version, ...(isDeleted ? { deleted: true } : {}) };
}

/** @returns undefined where the document is none of an alias */
export function aliasOf(document: JsonObject): ModelAlias | undefined {
  const { text, number } = reader(document);
  const [model, alias] = [text("model"), text("alias")];
  if (model === "" || alias === "") return undefined;
  return { model, alias, version: number("version"), isDeleted: document["deleted"] === true };
}

function reader(document: JsonObject) {
  return {
    text: (member: string) => {
      const value = document[member];
      return typeof value === "string" ? value : "";
    },
    number: (member: string) => {
      const value = document[member];
      return typeof value === "number" ? value : 0;
    },
  };
}

/** The newest version of each stage, the oldest first. */
export function latestVersions(versions: Iterable<ModelVersion>): ModelVersion[] {
  const latest = new Map<string, ModelVersion>();
  for (const version of versions) {
    const known = latest.get(version.stage);
    if (!known || version.version > known.version) latest.set(version.stage, version);
  }
  return [...latest.values()].sort((a, b) => a.version - b.version);
}

/** A registered model as the search sees it. */
export function registeredItem(model: RegisteredModel): SearchItem {
  const attributes: Readonly<Record<string, string | number>> = {
    name: model.name,
    last_updated_timestamp: model.updatedAt,
  };
  return itemOf(attributes, model.tags);
}

/** A version as the search sees it. */
export function versionItem(version: ModelVersion, name: string): SearchItem {
  const attributes: Readonly<Record<string, string | number>> = {
    name,
    version_number: version.version,
    run_id: version.runId,
    source_path: version.source,
    creation_timestamp: version.createdAt,
    last_updated_timestamp: version.updatedAt,
  };
  return itemOf(attributes, version.tags);
}

function itemOf(
  attributes: Readonly<Record<string, string | number>>,
  tags: Readonly<Record<string, string>>,
): SearchItem {
  return {
    attribute: (name) => attributes[name],
    metric: () => undefined,
    param: () => undefined,
    tag: (key) => (Object.hasOwn(tags, key) ? tags[key] : undefined),
  };
}

/** A registered model as the wire has it. */
export function wireRegistered(model: WholeModel): Record<string, JsonValue> {
  const latest = latestVersions(model.versions).map((version) => wireVersion(version, model));
  const aliases = Object.entries(model.aliases).map(([alias, version]) => ({
    alias,
    version: String(version),
  }));
  const tags = wirePairs(model.tags);
  return {
    name: model.name,
    creation_timestamp: model.createdAt,
    last_updated_timestamp: model.updatedAt,
    ...(model.description === "" ? {} : { description: model.description }),
    ...(latest.length > 0 ? { latest_versions: latest } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(aliases.length > 0 ? { aliases } : {}),
  };
}

/** A version as the wire has it; its number is a text there. */
export function wireVersion(version: ModelVersion, model: WholeModel): Record<string, JsonValue> {
  const tags = wirePairs(version.tags);
  const aliases = Object.keys(model.aliases).filter((alias) => model.aliases[alias] === version.version);
  return {
    name: model.name,
    version: String(version.version),
    creation_timestamp: version.createdAt,
    last_updated_timestamp: version.updatedAt,
    current_stage: version.stage,
    description: version.description,
    source: version.source,
    run_id: version.runId,
    status: "READY",
    ...(tags.length > 0 ? { tags } : {}),
    run_link: version.runLink,
    ...(aliases.length > 0 ? { aliases } : {}),
  };
}
