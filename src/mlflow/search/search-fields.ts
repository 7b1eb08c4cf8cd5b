import { invalidParameter } from "../mlflow-error.js";
import { unquoted } from "./filter-tokens.js";
import type { SearchKind } from "./search-item.js";

export type Entity = "attribute" | "metric" | "parameter" | "tag" | "dataset";

/** `id` is a whole number of any length, as text; `version` a number that a filter may write as text. */
export type AttributeType = "text" | "number" | "integer" | "version" | "id" | "status";

/** What a filter or an order names: an attribute by its own name, anything else by its key. */
export type Field =
  | { entity: "attribute"; key: string; type: AttributeType }
  | { entity: Exclude<Entity, "attribute">; key: string };

export interface Tie {
  key: string;
  ascending: boolean;
}

/** What MLflow searches by, for one kind of item. */
export interface KindFields {
  /** What may stand before the dot. */
  entities: Readonly<Record<string, Entity>>;
  /** Every attribute, for its type. */
  attributes: Readonly<Record<string, AttributeType>>;
  /** Other names of attributes. */
  aliases: Readonly<Record<string, string>>;
  /** The names that a filter may use. */
  filtered: readonly string[];
  /** The names that an order may use. */
  ordered: readonly string[];
  /** The attributes that take IN and NOT IN, and the other entities that do. */
  lists: readonly string[];
  listed: readonly Entity[];
  /** The entities that take IS NULL. */
  nullable: readonly Entity[];
  /** The order that nobody asked for, and what settles ties in one that somebody did. */
  unasked: readonly Tie[];
  ties: readonly Tie[];
  /** Whether an order may name one field twice. */
  repeats: boolean;
  /** Whether a text may be written without quotes. */
  bareTexts: boolean;
}

const attribute = "attribute";
const tags = { tag: "tag", tags: "tag" } as const;

const runAttributes = ["run_id", "run_name", "user_id", "status", "start_time", "end_time", "artifact_uri"];
const experimentAttributes = ["name", "experiment_id", "creation_time", "last_update_time"];
const modelAttributes = ["name", "model_id", "model_type", "status", "source_run_id", "experiment_id"];
const modelTimes = ["creation_timestamp", "creation_time", "last_updated_timestamp", "last_updated_time"];

export const fieldsOf: Readonly<Record<SearchKind, KindFields>> = {
  runs: {
    entities: {
      metric: "metric",
      metrics: "metric",
      parameter: "parameter",
      parameters: "parameter",
      param: "parameter",
      params: "parameter",
      ...tags,
      attribute,
      attributes: attribute,
      attr: attribute,
      run: attribute,
      dataset: "dataset",
      datasets: "dataset",
    },
    attributes: {
      run_id: "text",
      run_name: "text",
      user_id: "text",
      status: "text",
      artifact_uri: "text",
      start_time: "number",
      end_time: "number",
    },
    aliases: {
      created: "start_time",
      Created: "start_time",
      "run name": "run_name",
      "Run name": "run_name",
      "Run Name": "run_name",
    },
    filtered: [...runAttributes, "created", "Created", "run name", "Run name", "Run Name"],
    ordered: [...runAttributes, "created", "Created"],
    lists: ["run_id"],
    listed: ["dataset"],
    nullable: ["tag", "parameter"],
    unasked: [],
    ties: [
      { key: "start_time", ascending: false },
      { key: "run_id", ascending: true },
    ],
    repeats: false,
    bareTexts: false,
  },
  experiments: {
    entities: { ...tags, attribute, attributes: attribute },
    attributes: { name: "text", experiment_id: "id", creation_time: "integer", last_update_time: "integer" },
    aliases: {},
    filtered: experimentAttributes,
    ordered: experimentAttributes,
    lists: ["experiment_id"],
    listed: [],
    nullable: ["tag"],
    unasked: [
      { key: "creation_time", ascending: false },
      { key: "experiment_id", ascending: true },
    ],
    ties: [{ key: "experiment_id", ascending: false }],
    repeats: true,
    bareTexts: false,
  },
  registered_models: {
    entities: { ...tags, attribute, attributes: attribute },
    attributes: { name: "text", last_updated_timestamp: "integer" },
    aliases: { timestamp: "last_updated_timestamp" },
    filtered: ["name"],
    ordered: ["name", "timestamp", "last_updated_timestamp"],
    lists: ["name"],
    listed: [],
    nullable: [],
    unasked: [],
    ties: [{ key: "name", ascending: true }],
    repeats: false,
    bareTexts: false,
  },
  model_versions: {
    entities: { ...tags, attribute, attributes: attribute },
    attributes: {
      name: "text",
      version_number: "version",
      run_id: "text",
      source_path: "text",
      creation_timestamp: "integer",
      last_updated_timestamp: "integer",
    },
    aliases: {},
    filtered: ["name", "version_number", "run_id", "source_path"],
    ordered: ["name", "version_number", "creation_timestamp", "last_updated_timestamp"],
    lists: ["name", "run_id"],
    listed: [],
    nullable: [],
    unasked: [{ key: "last_updated_timestamp", ascending: false }],
    ties: [
      { key: "name", ascending: true },
      { key: "version_number", ascending: false },
    ],
    repeats: false,
    bareTexts: false,
  },
  logged_models: {
    entities: { attributes: attribute, metrics: "metric", params: "parameter", tags: "tag" },
    attributes: {
      name: "text",
      model_id: "text",
      model_type: "text",
      source_run_id: "text",
      experiment_id: "id",
      status: "status",
      creation_timestamp: "number",
      last_updated_timestamp: "number",
    },
    aliases: { creation_time: "creation_timestamp", last_updated_time: "last_updated_timestamp" },
    filtered: [...modelAttributes, ...modelTimes],
    ordered: [...modelAttributes, ...modelTimes],
    lists: modelAttributes,
    listed: ["parameter", "tag"],
    nullable: [],
    unasked: [],
    ties: [
      { key: "creation_timestamp", ascending: false },
      { key: "model_id", ascending: true },
    ],
    repeats: true,
    bareTexts: true,
  },
};

const datasetKeys = ["name", "digest", "context"];

/**
 * The field that a name means: what stands before its first dot is the entity, and the rest the key.
 * @param valid the names that attributes may have here
 * @throws MlflowError
 * @example fieldNamed("metrics.`val loss`", fieldsOf.runs, fieldsOf.runs.filtered) // { entity: "metric", key: "val loss" }
 */
export function fieldNamed(raw: string, fields: KindFields, valid: readonly string[]): Field {
  const dot = raw.indexOf(".");
  const prefix = raw.startsWith("`") ? unquoted(raw.slice(0, dot)) : raw.slice(0, dot);
  const entity = dot === -1 ? attribute : Object.hasOwn(fields.entities, prefix) && fields.entities[prefix];
  if (!entity) {
    const known = Object.keys(fields.entities).join("', '");
    throw invalidParameter(`Invalid entity type '${prefix}'. Valid entity types are ['${known}']`);
  }
  const key = unquoted(raw.slice(dot + 1));
  if (entity === attribute) {
    const type = valid.includes(key) ? attributeNamed(key, fields) : undefined;
    if (!type) throw invalidParameter(`Invalid attribute key '${key}' specified. ${validKeys(valid)}`);
    return type;
  }
  if (entity === "dataset" && !datasetKeys.includes(key)) {
    throw invalidParameter(`Invalid dataset key '${key}' specified. ${validKeys(datasetKeys)}`);
  }
  return { entity, key };
}

/** An attribute by its own name or an alias. */
export function attributeNamed(name: string, fields: KindFields): Field | undefined {
  const key = Object.hasOwn(fields.aliases, name) ? (fields.aliases[name] as string) : name;
  const type = Object.hasOwn(fields.attributes, key) ? fields.attributes[key] : undefined;
  return type && { entity: attribute, key, type };
}

export function validKeys(keys: readonly string[]): string {
  return `Valid keys are ['${keys.join("', '")}']`;
}
