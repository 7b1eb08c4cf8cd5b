import { isDate } from "node:util/types";
import { TrackingError } from "../../tracking-error.js";

/** A column of values as callers hold it: an array or a typed array. */
export type Values<T> = readonly T[] | TypedArray;

export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** A column in which few values occur often: value i is `dictionary[codes[i]]`. */
export interface DictionaryValues<T> {
  dictionary: readonly T[];
  codes: Int32Array;
}

/** Whether a column checked before is dictionary-encoded. */
export function hasDictionary<T>(values: Values<T> | DictionaryValues<T>): values is DictionaryValues<T> {
  return "codes" in values;
}

export function valueCount(values: Values<unknown> | DictionaryValues<unknown>): number {
  return hasDictionary(values) ? values.codes.length : values.length;
}

/** The values one by one. */
export function plainValues<T>(values: Values<T> | DictionaryValues<T>): Values<T> {
  if (!hasDictionary(values)) return values;
  const { dictionary, codes } = values;
  return Array.from(codes, (code) => dictionary[code] as T);
}

/**
 * Checks an argument that is an array, a typed array, or dictionary-encoded, with at least one value.
 * @throws TrackingError MISSING_ARGUMENT, INVALID_ARGUMENT
 */
export function checkLabelValues(given: unknown, name: string): Values<unknown> | DictionaryValues<unknown> {
  if (typeof given !== "object" || given === null || !("dictionary" in given) || !("codes" in given)) {
    return checkValues(given, name);
  }
  const { dictionary, codes } = given;
  if (!Array.isArray(dictionary) || !(codes instanceof Int32Array)) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${name} is dictionary-encoded, with ${shown(dictionary)} as dictionary and ${shown(codes)} as codes; give an array and an Int32Array`,
    );
  }
  checkValues(codes, name);
  const outside = codes.findIndex((code) => code < 0 || code >= dictionary.length);
  if (outside >= 0) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${name} is dictionary-encoded, but codes[${outside}] is ${codes[outside]} and the dictionary has ${dictionary.length} values`,
    );
  }
  return { dictionary, codes };
}

/**
 * Checks that an argument is an array or typed array with at least one value.
 * @throws TrackingError MISSING_ARGUMENT, INVALID_ARGUMENT
 */
function checkValues(given: unknown, name: string): Values<unknown> {
  if (given === undefined || given === null) {
    throw new TrackingError(
      "MISSING_ARGUMENT",
      `missing argument: ${name}; give an array with one value a sample`,
    );
  }
  const isColumn = Array.isArray(given) || (ArrayBuffer.isView(given) && !(given instanceof DataView));
  if (!isColumn) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${name} is ${shown(given)}; give an array or a typed array with one value a sample`,
    );
  }
  const values = given as Values<unknown>;
  if (values.length === 0) {
    throw new TrackingError("INVALID_ARGUMENT", `${name} is empty; give at least one value`);
  }
  return values;
}

/** An object may throw whatever is read of it. */
function shownObject(value: object): string {
  try {
    if (Array.isArray(value)) return `an array of ${value.length}`;
    if (isDate(value) && Number.isNaN(value.getTime())) return "an invalid Date";
    return `an object (${value.constructor?.name ?? "Object"})`;
  } catch {
    return "an object that cannot be read";
  }
}

/** A value as an error message shows it: short, typed, on one line. */
export function shown(value: unknown, longest = 60): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.length > longest ? `${value.slice(0, longest)}...` : value);
    case "bigint":
      return `${value}n`;
    case "function":
      return "a function";
    case "symbol":
      return "a symbol";
    case "object":
      if (value === null) return "null";
      return shownObject(value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "boolean":
    case "undefined":
      return String(value);
  }
}
