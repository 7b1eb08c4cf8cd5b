import type { JsonValue } from "../experiment/json-value.js";
import { textNumber } from "../run/metric-number.js";
import { invalidParameter } from "./mlflow-error.js";

type JsonObject = Readonly<Record<string, JsonValue>>;

/** The fields of a request of MLflow's wire, by name; of integers and numbers texts are taken, too. */
export class RequestFields {
  readonly #fields: JsonObject;

  constructor(fields: JsonObject) {
    this.#fields = fields;
  }

  /** All of them, as they came. */
  json(): JsonObject {
    return { ...this.#fields };
  }

  has(name: string): boolean {
    const value = this.#value(name);
    return value !== undefined && value !== null;
  }

  #value(name: string): JsonValue | undefined {
    return Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
  }

  /** A text, where it was given. */
  optionalText(name: string): string | undefined {
    const value = this.#value(name);
    if (value === undefined || value === null) return undefined;
    if (typeof value !== "string") throw invalidValue(name, value);
    return value;
  }

  /** A text that has to be there, and not empty. */
  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined || value === "") throw missing(name);
    return value;
  }

  /** The id of a run, by either of its names. */
  runId(): string {
    return this.optionalText("run_id") || this.text("run_uuid");
  }

  optionalInteger(name: string): number | undefined {
    const value = this.#value(name);
    if (value === undefined || value === null) return undefined;
    const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
    if (typeof number !== "number" || !Number.isSafeInteger(number)) throw invalidValue(name, value);
    return number;
  }

  integer(name: string): number {
    const value = this.optionalInteger(name);
    if (value === undefined) throw missing(name);
    return value;
  }

  /** A number; NaN and the infinities come as words. */
  number(name: string): number {
    const value = this.#value(name);
    if (value === undefined || value === null) throw missing(name);
    const number = typeof value === "string" ? textNumber(value) : value;
    if (typeof number !== "number") throw invalidValue(name, value);
    return number;
  }

  optionalFlag(name: string): boolean | undefined {
    const value = this.#value(name);
    if (value === undefined || value === null) return undefined;
    if (value === "true") return true;
    if (value === "false") return false;
    if (typeof value !== "boolean") throw invalidValue(name, value);
    return value;
  }

  /** Texts of a list; a query has one of them as a text. */
  texts(name: string): string[] {
    const value = this.#value(name);
    if (value === undefined || value === null) return [];
    const list = Array.isArray(value) ? value : [value];
    return list.map((each) => {
      if (typeof each !== "string") throw invalidValue(name, value);
      return each;
    });
  }

  /** Objects of a list. */
  objects(name: string): RequestFields[] {
    const value = this.#value(name);
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) throw invalidValue(name, value);
    return value.map((each) => {
      if (typeof each !== "object" || each === null || Array.isArray(each)) throw invalidValue(name, value);
      return new RequestFields(each);
    });
  }

  optionalObject(name: string): RequestFields | undefined {
    const value = this.#value(name);
    if (value === undefined || value === null) return undefined;
    if (typeof value !== "object" || Array.isArray(value)) throw invalidValue(name, value);
    return new RequestFields(value);
  }

  /** Pairs of a list of `{key, value}`. */
  pairs(name: string): [key: string, value: string][] {
    return this.objects(name).map((each) => [each.text("key"), each.optionalText("value") ?? ""]);
  }
}

export function missing(name: string): Error {
  return invalidParameter(
    `Missing value for required parameter '${name}'. See the API docs for more information about request parameters.`,
  );
}

function invalidValue(name: string, value: JsonValue): Error {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return invalidParameter(
    `Invalid value ${text.slice(0, 200)} for parameter '${name}' supplied:  Hint: Value was of type '${pythonType(value)}'. See the API docs for more information about request parameters.`,
  );
}

function pythonType(value: JsonValue): string {
  if (value === null) return "NoneType";
  if (Array.isArray(value)) return "list";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  return { string: "str", boolean: "bool", object: "dict" }[typeof value as "string" | "boolean" | "object"];
}
