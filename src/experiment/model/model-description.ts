import { isMap } from "node:util/types";
import { TrackingError } from "../../tracking-error.js";
import { fewWarnings, mapMembers } from "../compact-json.js";
import type { JsonValue } from "../json-value.js";
import { className, isPlain, reasonOf, wellFormed } from "./model-object.js";
import { modelSettings, mostCharacters, type Settings } from "./model-settings.js";
import { whyNotAModel } from "./why-not-a-model.js";

/** A model as the tracking log keeps it. */
export interface ModelDescription {
  name: string;
  parameters: Record<string, JsonValue>;
  /** Settings that could not be recorded whole, each with the reason in brackets; never the learned state. */
  omitted: string[];
  /** What became text since JSON cannot hold it; missing where nothing did. */
  warnings?: string[];
}

const mostOmitted = 20;
const longestOmitted = 160;

/**
 * The class name and the settings of a model object, as JSON.
 *
 * Settings are what `getParams()`, `get_params()` or `getConfig()` returns where the model has such a method;
 * else its own enumerable members; else, where all of those are private, what `toJSON()` returns or its
 * class's getters give. The members of a record named `options`, `params`, `config` or `hyperparameters`
 * count as the model's own. Other models and transformers inside become records `{ "class": "StandardScaler",
 * ... }`.
 *
 * Left out without a word:
 * - methods, private members (`_name`, `#name`) and references back to an object that contains this one;
 * - the learned state, by its form: typed arrays, matrices and tensors, nodes of a tree, over 64 numbers in a
 *   list; the parts of an ensemble (`estimators`, `classifiers`, ...) where all are configured alike;
 * - the learned state, by its name: `weights`, `coefficients`, `kdTree`, `root`, `means`, `stdErrors` and a
 *   few more, and `coef_` and others with a final underscore; unless the value is a boolean or a text, or the
 *   model declares it by one of the methods and records above.
 *
 * What JSON cannot say is written out: NaN as "NaN", infinities as "Infinity" and "-Infinity", a bigint as
 * its digits, all with a warning where a number was lost; a Date as ISO text, a Set as a list, a Map as a
 * record or a list of pairs, undefined as null. Left out or cut, and named in `omitted`: texts over 2,000
 * characters, other lists over 64 values, records over 256 members, more than 8 levels, members that throw,
 * the largest settings where all take over 30,000 bytes of JSON, and a class name of one letter, which a
 * bundler's minifier gives.
 *
 * A plain `{ name, parameters }` record, as clients in other languages send it, is taken as it is, within the
 * same bounds but those on lists and records; a function, a symbol or a cycle in it becomes text, with a
 * warning.
 *
 * @throws TrackingError INVALID_MODEL for what is not a model object, with the reason and the way out
 * @example describeModel(new DecisionTreeClassifier({ maxDepth: 3 })).parameters["maxDepth"] // 3
 */
export function describeModel(model: unknown): ModelDescription {
  const refused = whyNotAModel(model);
  if (refused !== undefined) throw new TrackingError("INVALID_MODEL", refused);
  const object = model as object;
  const given = isPlain(object) ? (object as { name: string; parameters: object }) : undefined;
  const name = given?.name ?? className(object) ?? "";
  const collisions: string[] = [];
  const settings = settingsOf(given, collisions) ?? object;
  const { parameters, omitted, warnings } = readableSettings(settings, given !== undefined);
  const fitting = fittingACell(parameters, omitted);
  if (given === undefined && /^[a-z_$]$/iu.test(name)) {
    omitted.push(
      `the class name ("${wellFormed(name)}" looks minified: keep class names when bundling, or pass { name, parameters })`,
    );
  }
  return {
    name: wellFormed(name),
    parameters: fitting,
    omitted: fewAndShort(omitted),
    ...textual([...collisions, ...warnings]),
  };
}

/** A model whose settings cannot be read at all is its class's name. */
function readableSettings(object: object, asGiven: boolean): Settings {
  try {
    return modelSettings(object, asGiven);
  } catch (thrown) {
    return { parameters: {}, omitted: [`its settings (cannot be read: ${reasonOf(thrown)})`], warnings: [] };
  }
}

function settingsOf(given: { parameters: object } | undefined, collisions: string[]): object | undefined {
  if (!isMap(given?.parameters)) return given?.parameters;
  const members = mapMembers(given.parameters, "parameters.model", collisions);
  return Object.fromEntries(members.map(([name, read]) => [name, read()]));
}

function textual(warnings: readonly string[]): Pick<ModelDescription, "warnings"> {
  return warnings.length === 0 ? {} : { warnings: fewWarnings(warnings) };
}

/** The settings without the largest ones, where all together are too long for a cell of the tracking log. */
function fittingACell(parameters: Record<string, JsonValue>, omitted: string[]): Record<string, JsonValue> {
  const sizes = Object.entries(parameters)
    .map(([key, value]) => ({ key, bytes: Buffer.byteLength(JSON.stringify({ [key]: value })) }))
    .sort((a, b) => b.bytes - a.bytes);
  let total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const dropped = new Set<string>();
  for (const { key, bytes } of sizes) {
    if (total <= mostCharacters) break;
    dropped.add(key);
    omitted.push(`${key} (${bytes} bytes of JSON)`);
    total -= bytes;
  }
  if (dropped.size === 0) return parameters;
  return Object.fromEntries(Object.entries(parameters).filter(([key]) => !dropped.has(key)));
}

function fewAndShort(omitted: readonly string[]): string[] {
  const shown = omitted
    .slice(0, mostOmitted)
    .map((text) => wellFormed(text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ")))
    .map((text) => (text.length > longestOmitted ? `...${text.slice(-longestOmitted)}` : text));
  const more = omitted.length - shown.length;
  return more > 0 ? [...shown, `and ${more} more`] : shown;
}
