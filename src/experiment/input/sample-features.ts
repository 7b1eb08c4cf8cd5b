import { isMap } from "node:util/types";
import { TrackingError } from "../../tracking-error.js";
import { datesAsText } from "./iso-text.js";
import { type DictionaryValues, shown, type TypedArray, type Values } from "./values.js";

/**
 * A column that describes the samples, beside what is predicted of them: a value a sample, or none. A Date is
 * its ISO text.
 */
export type FeatureValues =
  | Values<string | number | bigint | boolean | Date | null | undefined>
  | DictionaryValues<string | number | boolean>;

/** A table aligned with y_true, by column name. */
export type SampleFeatures = Readonly<Record<string, FeatureValues>> | ReadonlyMap<string, FeatureValues>;

/** A feature once checked. The code -1, the boolean 2 and NaN say that the sample has no value. */
export type FeatureColumn = { name: string } & (
  | { type: "string"; dictionary: readonly string[]; codes: Int32Array; nullable: true }
  | { type: "integer"; values: Int32Array | Float64Array | BigInt64Array }
  | { type: "boolean"; values: Uint8Array; nullable: true }
  | { type: "double"; values: Float64Array; nullable: true }
);

const mostFeatures = 200;
const longestName = 200;
const ownNames = new Set(["sample_id", "y_true", "y_pred", "y_score"]);

/**
 * Checks the features of the samples: each column all strings, all numbers or all booleans; null, undefined
 * and NaN are missing values.
 * @param samples how many values each has to have
 * @param argument what messages call the mapping; "" where each column is an argument
 * @throws TrackingError INVALID_ARGUMENT, LENGTH_MISMATCH naming the column, the value and its position
 */
export function sampleFeatures(
  given: unknown,
  samples: number,
  argument = "sample_features",
): FeatureColumn[] {
  const entries = columnsOf(given);
  if (entries.length > mostFeatures) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `sample_features has ${entries.length} columns, more than ${mostFeatures}; give those by which you want to see the scores`,
    );
  }
  const lowerCase = new Map<string, string>();
  for (const [name] of entries) {
    checkName(name);
    const alike = lowerCase.get(name.toLowerCase());
    if (alike !== undefined) {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `sample_features has the columns ${shown(alike)} and ${shown(name)}, which databases take for one since they differ in case only; rename one of them`,
      );
    }
    lowerCase.set(name.toLowerCase(), name);
  }
  return entries.map(([name, values]) =>
    featureColumn(name, argument ? `${argument}[${JSON.stringify(name)}]` : name, values, samples),
  );
}

function columnsOf(given: unknown): [string, unknown][] {
  if (isMap(given)) {
    const odd = [...given.keys()].find((name) => typeof name !== "string");
    if (odd === undefined) return [...given] as [string, unknown][];
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `sample_features has a column called ${shown(odd)}; give each a name that is text`,
    );
  }
  if (typeof given === "object" && given !== null && !Array.isArray(given) && !ArrayBuffer.isView(given)) {
    return Object.entries(given);
  }
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `sample_features is ${shown(given)}; give columns by name, each with one value a sample, such as { island: ["Dream", "Biscoe"], body_mass_g: [3450, null] }`,
  );
}

function checkName(name: string): void {
  const refuse = (why: string) =>
    new TrackingError(
      "INVALID_ARGUMENT",
      `sample_features has a column called ${shown(name)}: ${why}; rename it`,
    );
  if (name.trim() === "") throw refuse("a column needs a name");
  if (name.length > longestName) throw refuse(`it has ${name.length} characters, over ${longestName}`);
  if (/[\p{Cc}\u2028\u2029]/u.test(name)) throw refuse("it has a control character or a line break");
  if (!name.isWellFormed()) throw refuse("it has half of a surrogate pair");
  if (ownNames.has(name)) throw refuse("that is what the predictions call a column of their own");
}

function featureColumn(name: string, path: string, given: unknown, samples: number): FeatureColumn {
  const coded = isDictionary(given) ? given : undefined;
  if (!coded && !Array.isArray(given) && !(ArrayBuffer.isView(given) && !(given instanceof DataView))) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${path} is ${shown(given)}; give an array or a typed array with one value a sample`,
    );
  }
  const count = coded ? coded.codes.length : (given as Values<unknown>).length;
  if (count !== samples) {
    throw new TrackingError(
      "LENGTH_MISMATCH",
      `${path} has ${count} values but y_true has ${samples}; features describe the same samples, in the same order`,
    );
  }
  if (coded) return codedColumn(name, path, coded);
  return Array.isArray(given)
    ? listColumn(name, path, datesAsText(given))
    : typedColumn(name, path, given as TypedArray);
}

function isDictionary(given: unknown): given is DictionaryValues<unknown> {
  return (
    typeof given === "object" &&
    given !== null &&
    "dictionary" in given &&
    Array.isArray(given.dictionary) &&
    "codes" in given &&
    given.codes instanceof Int32Array
  );
}

function typedColumn(name: string, path: string, values: TypedArray): FeatureColumn {
  if (values instanceof Float64Array) return { name, type: "double", values, nullable: true };
  if (values instanceof Float32Array) {
    return { name, type: "double", values: Float64Array.from(values), nullable: true };
  }
  if (values instanceof Int32Array || values instanceof BigInt64Array)
    return { name, type: "integer", values };
  if (values instanceof BigUint64Array) return listColumn(name, path, Array.from(values));
  return { name, type: "integer", values: Float64Array.from(values) };
}

/** Codes below 0 are missing values, as in pandas. */
function codedColumn(
  name: string,
  path: string,
  { dictionary, codes }: DictionaryValues<unknown>,
): FeatureColumn {
  const outside = codes.findIndex((code) => code >= dictionary.length);
  if (outside >= 0) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${path} is dictionary-encoded, but codes[${outside}] is ${codes[outside]} and the dictionary has ${dictionary.length} values`,
    );
  }
  const entries = listColumn(name, `${path}.dictionary`, dictionary);
  if (entries.type === "string") {
    const positions = entries.codes;
    const ofEntries = codes.map((code) => (code < 0 ? -1 : positions[code]!));
    return { name, type: "string", dictionary: entries.dictionary, codes: ofEntries, nullable: true };
  }
  return listColumn(
    name,
    path,
    Array.from(codes, (code) => (code < 0 ? null : dictionary[code])),
  );
}

function listColumn(name: string, path: string, values: readonly unknown[]): FeatureColumn {
  const first = values.findIndex((value) => !isMissing(value));
  const wrong = (position: number, why: string) =>
    new TrackingError("INVALID_ARGUMENT", `${path}[${position}] is ${shown(values[position])}: ${why}`);
  if (first < 0) {
    return { name, type: "double", values: new Float64Array(values.length).fill(Number.NaN), nullable: true };
  }
  const type = typeof values[first];
  if (type === "string") return textColumn(name, values, wrong);
  if (type === "boolean") return booleanColumn(name, values, wrong);
  if (type === "number" || type === "bigint") return numberColumn(name, values, wrong);
  throw wrong(first, whyNot());
}

type Wrong = (position: number, why: string) => TrackingError;

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "number" && Number.isNaN(value));
}

function textColumn(name: string, values: readonly unknown[], wrong: Wrong): FeatureColumn {
  const codes = new Int32Array(values.length);
  const codeOf = new Map<string, number>();
  for (const [i, value] of values.entries()) {
    if (typeof value !== "string") {
      if (!isMissing(value)) throw wrong(i, mixed(value, "strings"));
      codes[i] = -1;
      continue;
    }
    let code = codeOf.get(value);
    if (code === undefined) {
      if (!value.isWellFormed()) throw wrong(i, "half of a surrogate pair, not well-formed Unicode");
      codeOf.set(value, (code = codeOf.size));
    }
    codes[i] = code;
  }
  return { name, type: "string", dictionary: [...codeOf.keys()], codes, nullable: true };
}

function booleanColumn(name: string, given: readonly unknown[], wrong: Wrong): FeatureColumn {
  const values = new Uint8Array(given.length);
  for (const [i, value] of given.entries()) {
    if (typeof value !== "boolean" && !isMissing(value)) throw wrong(i, mixed(value, "booleans"));
    values[i] = typeof value === "boolean" ? Number(value) : 2;
  }
  return { name, type: "boolean", values, nullable: true };
}

/** Integers where all are and none is missing, else doubles. */
function numberColumn(name: string, given: readonly unknown[], wrong: Wrong): FeatureColumn {
  const values = new Float64Array(given.length);
  let isWhole = true;
  for (const [i, value] of given.entries()) {
    if (isMissing(value)) values[i] = Number.NaN;
    else if (typeof value === "number") values[i] = value;
    else if (typeof value !== "bigint") throw wrong(i, mixed(value, "numbers"));
    else if (Number.isSafeInteger(Number(value))) values[i] = Number(value);
    else throw wrong(i, "it is beyond 2^53; give such integers as text");
    isWhole &&= Number.isSafeInteger(values[i]);
  }
  return isWhole
    ? { name, type: "integer", values: values.map((value) => value + 0) }
    : { name, type: "double", values, nullable: true };
}

function mixed(value: unknown, before: string): string {
  return ["string", "number", "bigint", "boolean"].includes(typeof value)
    ? `the values before it are ${before}; a column is all strings, all numbers or all booleans`
    : whyNot();
}

function whyNot(): string {
  return "a feature is one string, number or boolean a sample; give what is nested as columns of its own";
}
