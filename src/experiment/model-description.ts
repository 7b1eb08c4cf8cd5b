import { isProxy } from "node:util/types";
import { TrackingError } from "../tracking-error.js";
import type { JsonValue } from "./json-value.js";
import { isLearnedMember, isLearnedState } from "./learned-state.js";

/** A model as the tracking log keeps it. */
export interface ModelDescription {
  name: string;
  parameters: Record<string, JsonValue>;
  /** Settings that could not be recorded whole, each with the reason in brackets; never the learned state. */
  omitted: string[];
}

/** The parameters, as compact JSON, fit a cell of a spreadsheet. */
const maxBytes = 30_000;
const maxValues = 4_000;
const maxDepth = 8;
const maxText = 2_000;
const maxName = 200;
const maxOmitted = 20;

/** Methods by which model libraries hand out their settings, and the members that hold them as one record. */
const settingsMethods = ["getParams", "get_params", "getConfig"];
const settingsRecords = new Set(["options", "params", "hyperparameters", "hyperParameters", "config"]);
/** Members that hold an ensemble's parts: left out where they are all configured alike, as fitted copies are. */
const ensembleMembers = new Set(["estimators", "classifiers", "trees", "learners"]);

/**
 * The class name and the settings of a model object, as JSON.
 *
 * Settings are what `getParams()`, `get_params()` or `getConfig()` returns where the model has such a method; else its
 * own enumerable members; else, where all of those are private, what `toJSON()` returns or its class's getters give.
 * A record named `options`, `params`, `config` or `hyperparameters` counts as the model's own members. Left out without a
 * word are methods, private members (`_name`, `#name`), references back to an object that contains this one, and the *learned
 * state* (see {@link isLearnedState}). Other models and transformers inside become records `{ "class": "StandardScaler", ... }`.
 *
 * What JSON cannot say is written out: `NaN` as "NaN", infinities as "Infinity" and "-Infinity", a bigint as its digits, a
 * Date as ISO text, a Set as a list, a Map as a record or a list of pairs, undefined as null. What is too large, too deep or
 * cannot be read is left out or cut, and named in `omitted`.
 *
 * A plain `{ name, parameters }` record, as clients in other languages send it, is taken as it is, within the same bounds.
 *
 * @throws TrackingError INVALID_MODEL for anything that is not a model object
 * @example describeModel(new DecisionTreeClassifier({ maxDepth: 3 })).parameters["maxDepth"] // 3
 */
export function describeModel(model: unknown): ModelDescription {
  const refused = whyNotAModel(model);
  if (refused !== undefined) throw new TrackingError("INVALID_MODEL", refused);
  const object = model as object;
  const asGiven = isPlain(object);
  const walk: Walk = { asGiven, values: 0, ancestors: new Set(), omitted: [] };
  const name = asGiven ? (ownValue(object, "name") as string) : (className(object) as string);
  const described = asGiven
    ? describe(ownValue(object, "parameters"), "", walk)
    : describeMembers(object, "", walk);
  const parameters = fitted(asRecord(described), walk.omitted);
  return { name: wellFormed(name), parameters, omitted: shortened(walk.omitted) };
}

/** What a description in progress remembers. */
interface Walk {
  /** A `{ name, parameters }` record: nothing in it is taken for private or learned. */
  asGiven: boolean;
  values: number;
  /** The objects around the one being described: meeting one again is a cycle. */
  ancestors: Set<object>;
  omitted: string[];
}

const wayOut = "pass the model object itself, or { name, parameters }";

function whyNotAModel(model: unknown): string | undefined {
  if (model === undefined) return `missing argument: parameters.model; ${wayOut}`;
  if (model === null) return `parameters.model is null; ${wayOut}`;
  if (typeof model === "string") {
    return `parameters.model is a string (${quoted(model)}); a name alone says nothing of how it was configured: ${wayOut}`;
  }
  if (typeof model === "function") {
    const what = /^class\b/u.test(Function.prototype.toString.call(model)) ? "class" : "function";
    return `parameters.model is the ${what} ${quoted(String(readName(model)))}, not a model; pass the trained instance, or { name, parameters }`;
  }
  if (typeof model !== "object") return `parameters.model is a ${typeof model} (${String(model)}); ${wayOut}`;
  if (Array.isArray(model)) {
    return `parameters.model is an array; pass one model, or { name, parameters } that describes all of them`;
  }
  try {
    if (isPlain(model)) return whyNotADescription(model);
    const builtIn = Object.prototype.toString.call(model).slice(8, -1);
    if (model instanceof Promise) {
      return `parameters.model is a Promise; await it, then pass the model object itself`;
    }
    if (isBuiltIn(model)) return `parameters.model is a ${builtIn}, not a model; ${wayOut}`;
    const name = className(model);
    if (name === undefined) {
      return `parameters.model is an object of a class without a name; name the class, or pass { name, parameters }`;
    }
    return whyNotAName(name, "its class name");
  } catch (cause) {
    if (!isProxy(model)) throw cause;
    return `parameters.model is a Proxy that cannot be read (${reason(cause)}); ${wayOut}`;
  }
}

function whyNotADescription(model: object): string | undefined {
  const keys = Object.keys(model);
  const expected = `a plain object must be { name, parameters }: the model's class and its settings`;
  if (!keys.includes("name")) return `parameters.model is a plain object without a name; ${expected}`;
  if (!keys.includes("parameters")) {
    return `parameters.model is a plain object without parameters; ${expected} (parameters: {} if it has none)`;
  }
  const unknown = keys.find((key) => key !== "name" && key !== "parameters");
  if (unknown !== undefined) {
    return `parameters.model is a plain object with an unknown member ${quoted(unknown)}; ${expected}`;
  }
  const name = ownValue(model, "name");
  if (typeof name !== "string" || name.trim() === "") {
    return `parameters.model.name is ${typeof name === "string" ? "empty" : `a ${kindOf(name)}`}; it must be a non-empty string`;
  }
  const parameters = ownValue(model, "parameters");
  if (typeof parameters !== "object" || parameters === null || !isPlain(parameters)) {
    return `parameters.model.parameters is ${kindOf(parameters)}; it must be a plain object of settings`;
  }
  return whyNotAName(name, "parameters.model.name") ?? whyNotJson(parameters, "parameters.model.parameters");
}

function whyNotAName(name: string, what: string): string | undefined {
  if (/\p{Cc}/u.test(name)) return `parameters.model is refused: ${what} contains control characters`;
  if (name.length <= maxName) return undefined;
  return `parameters.model is refused: ${what} has ${name.length} characters; at most ${maxName} are kept`;
}
