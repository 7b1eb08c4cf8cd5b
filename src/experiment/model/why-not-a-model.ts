import { isMap, isPromise, isProxy } from "node:util/types";
import { builtInName, className, isPlain, quoted, reasonOf } from "./model-object.js";

const longestName = 200;
const wayOut = "pass the model object itself, or { name, parameters }";

/** Why a value cannot be recorded as a model, and the way out; undefined where it can. */
export function whyNotAModel(model: unknown): string | undefined {
  if (model === undefined) return `missing argument: parameters.model; ${wayOut}`;
  if (model === null) return `parameters.model is null; ${wayOut}`;
  if (typeof model === "string") {
    return `parameters.model is a string (${quoted(model)}); a name alone says nothing of how it was configured: ${wayOut}`;
  }
  if (typeof model === "function") return whyNotAFunction(model);
  if (typeof model !== "object") {
    return `parameters.model is the ${typeof model} ${shown(model)}; ${wayOut}`;
  }
  try {
    if (isPlain(model)) return whyNotADescription(model);
    return whyNotAnInstance(model);
  } catch (thrown) {
    const what = isProxy(model) ? "a Proxy" : "an object";
    return `parameters.model is ${what} that cannot be read (${reasonOf(thrown)}); ${wayOut}`;
  }
}

function whyNotAFunction(model: object): string {
  const isClass = /^class\b/u.test(Function.prototype.toString.call(model));
  const name = Object.getOwnPropertyDescriptor(model, "name")?.value as unknown;
  const named = typeof name === "string" && name !== "" ? ` ${quoted(name)}` : "";
  if (isClass)
    return `parameters.model is the class${named}, not an instance of it; pass the trained model object`;
  return `parameters.model is the function${named}; ${wayOut}`;
}

function whyNotAnInstance(model: object): string | undefined {
  if (Array.isArray(model)) {
    return "parameters.model is an array; pass one model, or { name, parameters } that describes all of them";
  }
  if (isPromise(model)) return "parameters.model is a Promise; await it and pass the model object it gives";
  const builtIn = builtInName(model);
  if (builtIn !== undefined) return `parameters.model is a ${builtIn}, not a model; ${wayOut}`;
  const name = className(model);
  if (name === undefined) {
    return "parameters.model is an object of a class without a name; name the class, or pass { name, parameters }";
  }
  return whyNotAName(name, "the name of its class");
}

function whyNotADescription(model: object): string | undefined {
  const expected =
    "a plain object must be { name, parameters }: the name of the model's class, and its settings";
  const keys = Object.keys(model);
  if (!keys.includes("name")) return `parameters.model is a plain object without a name; ${expected}`;
  if (!keys.includes("parameters")) {
    return `parameters.model is a plain object without parameters; ${expected} (parameters: {} if it has none)`;
  }
  const unknown = keys.find((key) => !["name", "parameters", "classes"].includes(key));
  if (unknown !== undefined) {
    return `parameters.model is a plain object with an unknown member ${quoted(unknown)}; ${expected}`;
  }
  const { name, parameters } = model as { name: unknown; parameters: unknown };
  if (typeof name !== "string") {
    return `parameters.model is refused: its name is ${kindOf(name)}; give the name of the model's class`;
  }
  if (name.trim() === "")
    return "parameters.model is refused: its name is empty; give the name of the model's class";
  const isRecord = typeof parameters === "object" && parameters !== null && isPlain(parameters);
  if (!isRecord && !isMap(parameters)) {
    return `parameters.model is refused: its parameters are ${kindOf(parameters)}; give a plain object of settings`;
  }
  return whyNotAName(name, "its name");
}

function whyNotAName(name: string, what: string): string | undefined {
  if (/[\p{Cc}\u2028\u2029]/u.test(name)) {
    return `parameters.model is refused: ${what} (${quoted(name)}) has a control character or a line break; leave it out`;
  }
  if (name.length <= longestName) return undefined;
  return `parameters.model is refused: ${what} has ${name.length} characters, over ${longestName}; give a shorter one`;
}

function shown(primitive: {}): string {
  return typeof primitive === "symbol" ? primitive.toString() : `${primitive as number | boolean | bigint}`;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? `a ${className(value) ?? "nameless object"}` : `a ${typeof value}`;
}
