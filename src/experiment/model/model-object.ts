import { isError } from "../../tracking-error.js";
/**
 * Whether an object is a record: made by `{}`, `Object.create(null)` or JSON.parse, in this realm or another.
 */
export function isPlain(object: object): boolean {
  if (Array.isArray(object)) return false;
  const prototype = Object.getPrototypeOf(object) as object | null;
  if (prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf");
}

/** The name of a function, which is read without running anything of its own. */
export function functionName(item: object): string {
  const name: unknown = Object.getOwnPropertyDescriptor(item, "name")?.value;
  return typeof name === "string" && name !== "" ? name : "a function";
}

/** The name of the class that an object is an instance of; undefined where the class has none. */
export function className(object: object): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (typeof prototype !== "object" || prototype === null) return undefined;
  const constructor: unknown = Reflect.get(prototype, "constructor", prototype);
  if (typeof constructor !== "function") return undefined;
  const name: unknown = Reflect.get(constructor, "name");
  return typeof name === "string" && name.trim() !== "" ? name : undefined;
}

/**
 * The class name of a value that JavaScript itself provides and that is no model, such as "Map" or "Promise".
 */
export function builtInName(object: object): string | undefined {
  if (ArrayBuffer.isView(object)) return object.constructor.name;
  const builtIn = builtIns.find((each) => object instanceof each);
  return builtIn?.name;
}

const builtIns = [
  Array,
  ArrayBuffer,
  SharedArrayBuffer,
  Map,
  Set,
  WeakMap,
  WeakSet,
  WeakRef,
  Date,
  RegExp,
  Promise,
  Error,
  URL,
  String,
  Number,
  Boolean,
];

/** A text without lone surrogates, which UTF-8 cannot hold: each becomes U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** A text in quotes, short and on one line, for a message. */
export function quoted(text: string): string {
  return JSON.stringify(wellFormed(text.length > 60 ? `${text.slice(0, 60)}...` : text));
}

/** What was thrown, in a few words on one line. */
export function reasonOf(thrown: unknown): string {
  const text = isError(thrown) ? thrown.message : typeof thrown;
  return wellFormed(text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").slice(0, 80));
}
