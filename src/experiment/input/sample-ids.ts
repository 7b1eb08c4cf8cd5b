import { TrackingError } from "../../tracking-error.js";
import { datesAsText } from "./iso-text.js";
import { checkLabelValues, plainValues, shown, type Values } from "./values.js";

/**
 * The ids of the test samples: strings, or integers of 64 bits at most. Booleans are 1 and 0, times their ISO
 * text.
 */
export type SampleIds =
  | { type: "string"; values: readonly string[] }
  | { type: "integer"; values: Int32Array | Float64Array | BigInt64Array };

/**
 * Checks the ids of the test samples.
 * @throws TrackingError naming the value and its position
 */
export function sampleIds(given: unknown): SampleIds {
  const name = "parameters.test_set";
  if (given === undefined || given === null) {
    throw new TrackingError(
      "MISSING_ARGUMENT",
      `missing argument: ${name}; give the ids of the test samples, for example their row numbers in the data set`,
    );
  }
  const values = datesAsText(plainValues(checkLabelValues(given, name)));
  if (values instanceof Int32Array || values instanceof BigInt64Array) return { type: "integer", values };
  if (values instanceof Int8Array || values instanceof Uint8Array || values instanceof Uint8ClampedArray) {
    return { type: "integer", values: Int32Array.from(values) };
  }
  if (values instanceof Int16Array || values instanceof Uint16Array) {
    return { type: "integer", values: Int32Array.from(values) };
  }
  if (typeof values[0] === "string") return { type: "string", values: checkTexts(values, name) };
  return { type: "integer", values: integers(values, name) };
}

function checkTexts(values: Values<unknown>, name: string): readonly string[] {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (isMissing(value)) throw notAnId(name, i, value, missing);
    if (typeof value !== "string") throw notAnId(name, i, value, "the ids before it are strings");
    if (!value.isWellFormed())
      throw notAnId(name, i, value, "half of a surrogate pair, not well-formed Unicode");
  }
  return values as readonly string[];
}

function integers(values: Values<unknown>, name: string): Float64Array | BigInt64Array {
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value === "number" && Number.isSafeInteger(value)) numbers[i] = value + 0;
    else if (typeof value === "boolean") numbers[i] = value ? 1 : 0;
    else if (typeof value === "bigint") return bigIntegers(values, name);
    else throw notAnId(name, i, value, whyNot(value));
  }
  return numbers;
}

function bigIntegers(values: Values<unknown>, name: string): BigInt64Array {
  const numbers = new BigInt64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value === "bigint" && BigInt.asIntN(64, value) === value) numbers[i] = value;
    else if (typeof value === "number" && Number.isSafeInteger(value)) numbers[i] = BigInt(value);
    else if (typeof value === "boolean") numbers[i] = value ? 1n : 0n;
    else throw notAnId(name, i, value, whyNot(value));
  }
  return numbers;
}

const missing = "the id is missing; give one a sample";

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

function whyNot(value: unknown): string {
  if (typeof value === "string") return "the ids before it are integers";
  if (typeof value === "bigint") return "it does not fit in 64 bits; pass such ids as strings";
  if (typeof value === "number" && Number.isInteger(value))
    return "it is beyond 2^53; pass such ids as bigint or strings";
  if (isMissing(value)) return missing;
  return "it is neither a string nor an integer";
}

function notAnId(name: string, position: number, value: unknown, why: string): TrackingError {
  return new TrackingError(
    "INVALID_ARGUMENT",
    `${name}[${position}] is ${shown(value)}: ${why}; sample ids are all strings or all integers`,
  );
}
