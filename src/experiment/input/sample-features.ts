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
  | DictionaryValues<string | number | boolean>
  | IntegersWithGaps
  | WholeNumbersAsText;

/** Integers of a library's type that may lack values, some of which do: there `missing` is 1. */
export interface IntegersWithGaps {
  integers: BigInt64Array;
  missing: Uint8Array;
}

/** Whole numbers, one of them beyond 2^53, of no type that says that they are integers: digit by digit. */
export interface WholeNumbersAsText {
  wholeNumbers: readonly (string | null)[] | DictionaryValues<string>;
}

/** A table aligned with y_true, by column name. */
export type SampleFeatures = Readonly<Record<string, FeatureValues>> | ReadonlyMap<string, FeatureValues>;

/** A feature once checked. The code -1, the boolean 2 and NaN say that the sample has no value. */
export type FeatureColumn = { name: string } & (
  | { type: "string"; dictionary: readonly string[]; codes: Int32Array; nullable: true }
  | { type: "integer"; values: BigInt64Array }
  | { type: "integer"; dictionary: readonly bigint[]; codes: Int32Array; nullable: true }
  | { type: "boolean"; values: Uint8Array; nullable: true }
  | { type: "double"; values: Float64Array; nullable: true }
);

const mostFeatures = 200;
const longestName = 1000;
const ownNames = new Set(["sample_id", "y_true", "y_pred", "y_score"]);

/**
 * Checks the features of the samples: each column all strings, all numbers or all booleans; null, undefined
 * and NaN are missing values. The type of a column does not depend on its values: bigints, which a column
 * holds beside missing ones, are integers, and all other numbers doubles, which they become elsewhere as soon
 * as one is missing.
 * @param samples how many values each has to have
 * @param warn is told of columns that are kept in another type than they were given in
 * @param argument what messages call the mapping; "" where each column is an argument
 * @throws TrackingError INVALID_ARGUMENT, LENGTH_MISMATCH naming the column, the value and its position
 */
export function sampleFeatures(
  given: unknown,
  samples: number,
  warn: (text: string) => void,
  argument = "sample_features",
): FeatureColumn[] {
  const entries = columnsOf(given);
  if (entries.length > mostFeatures) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `sample_features has ${entries.length} columns, more than ${mostFeatures}; give those by which you want to see the scores`,
    );
  }
  for (const [name] of entries) checkName(name);
  return entries.map(([name, values]) => {
    const path = argument ? `${argument}[${JSON.stringify(name)}]` : name;
    return featureColumn({ name, path, warn }, values, samples);
  });
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

/** The column that is checked: its name, what messages call it, and who is told of what it became. */
interface CheckedFeature {
  name: string;
  path: string;
  warn: (text: string) => void;
}

function featureColumn(feature: CheckedFeature, whole: unknown, samples: number): FeatureColumn {
  const { path } = feature;
  const given = isWholeNumbers(whole) ? whole.wholeNumbers : whole;
  const withGaps = isWithGaps(given) ? given : undefined;
  const coded = isDictionary(given) ? given : undefined;
  if (
    !coded &&
    !withGaps &&
    !Array.isArray(given) &&
    !(ArrayBuffer.isView(given) && !(given instanceof DataView))
  ) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${path} is ${shown(given)}; give an array or a typed array with one value a sample`,
    );
  }
  const count = (coded?.codes ?? withGaps?.integers ?? (given as Values<unknown>)).length;
  if (count !== samples) {
    throw new TrackingError(
      "LENGTH_MISMATCH",
      `${path} has ${count} values but y_true has ${samples}; features describe the same samples, in the same order`,
    );
  }
  const column = withGaps
    ? gappyColumn(feature, withGaps)
    : coded
      ? codedColumn(feature, coded)
      : Array.isArray(given)
        ? listColumn(feature, datesAsText(given))
        : typedColumn(feature, given as TypedArray);
  if (given !== whole) sayAsText(feature, column);
  return column;
}

function isWithGaps(given: unknown): given is IntegersWithGaps {
  return typeof given === "object" && given !== null && "integers" in given && "missing" in given;
}

function isWholeNumbers(given: unknown): given is WholeNumbersAsText {
  return typeof given === "object" && given !== null && "wholeNumbers" in given;
}

function sayAsText({ path, warn }: CheckedFeature, column: FeatureColumn): void {
  if (column.type !== "string") return;
  const large = column.dictionary.find((text) => !Number.isSafeInteger(Number(text)));
  warn(
    `${path} has whole numbers beyond 2^53, such as ${large}, which a double does not hold digit by digit: they are kept as text; give the column as text, with --as-text on the command line, or as integers of a type that can lack values (BigInt, or Int64 of pandas, polars and Arrow), so that it is of one type whatever its values are`,
  );
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

function typedColumn(feature: CheckedFeature, values: TypedArray): FeatureColumn {
  const { name } = feature;
  if (values instanceof BigInt64Array) return { name, type: "integer", values };
  if (values instanceof BigUint64Array) return integerColumn(feature, Array.from(values));
  const doubles = values instanceof Float64Array ? values : new Float64Array(values);
  return { name, type: "double", values: doubles, nullable: true };
}

/** Codes below 0 are missing values, as in pandas. */
function codedColumn(
  feature: CheckedFeature,
  { dictionary, codes }: DictionaryValues<unknown>,
): FeatureColumn {
  const { name, path } = feature;
  const outside = codes.findIndex((code) => code >= dictionary.length);
  if (outside >= 0) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${path} is dictionary-encoded, but codes[${outside}] is ${codes[outside]} and the dictionary has ${dictionary.length} values`,
    );
  }
  const entries = listColumn({ ...feature, path: `${path}.dictionary`, warn: () => {} }, dictionary);
  if (entries.type === "string") {
    const positions = entries.codes;
    const ofEntries = codes.map((code) => (code < 0 ? -1 : positions[code]!));
    return { name, type: "string", dictionary: entries.dictionary, codes: ofEntries, nullable: true };
  }
  return listColumn(
    feature,
    Array.from(codes, (code) => (code < 0 ? null : dictionary[code])),
  );
}

function listColumn(feature: CheckedFeature, values: readonly unknown[]): FeatureColumn {
  const { name, path } = feature;
  const first = values.findIndex((value) => !isMissing(value));
  const wrong = (position: number, why: string) =>
    new TrackingError("INVALID_ARGUMENT", `${path}[${position}] is ${shown(values[position])}: ${why}`);
  if (first < 0) {
    return { name, type: "double", values: new Float64Array(values.length).fill(Number.NaN), nullable: true };
  }
  const type = typeof values[first];
  if (type === "string") return textColumn(name, values, wrong);
  if (type === "boolean") return booleanColumn(name, values, wrong);
  if (type === "number" || type === "bigint") return numberColumn(feature, values, wrong);
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

/** Integers where all are bigints, else doubles; texts where one of these is a bigint that no double holds. */
function numberColumn(feature: CheckedFeature, given: readonly unknown[], wrong: Wrong): FeatureColumn {
  const { name } = feature;
  const values = new Float64Array(given.length);
  let hasNumber = false;
  let isExact = true;
  for (const [i, value] of given.entries()) {
    if (isMissing(value)) values[i] = Number.NaN;
    else if (typeof value !== "number" && typeof value !== "bigint") throw wrong(i, mixed(value, "numbers"));
    else {
      values[i] = Number(value);
      hasNumber ||= typeof value === "number";
      isExact &&= typeof value === "number" || Number.isSafeInteger(values[i]);
    }
  }
  if (!hasNumber) return integerColumn(feature, given as readonly (bigint | null | undefined)[]);
  if (isExact) return { name, type: "double", values, nullable: true };
  const texts = textColumn(
    name,
    given.map((value) => (isMissing(value) ? null : String(value))),
    wrong,
  );
  sayAsText(feature, texts);
  return texts;
}

function integerColumn(
  { name, path }: CheckedFeature,
  given: readonly (bigint | number | null | undefined)[],
): FeatureColumn {
  const wide = given.findIndex((value) => typeof value === "bigint" && BigInt.asIntN(64, value) !== value);
  if (wide >= 0) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `${path}[${wide}] is ${shown(given[wide])}: it is beyond 64 bits; give such integers as text`,
    );
  }
  const missing = Uint8Array.from(given, (value) => Number(isMissing(value)));
  const integers = BigInt64Array.from(given, (value) => (typeof value === "bigint" ? value : 0n));
  return gappyColumn({ name }, { integers, missing });
}

function gappyColumn(
  { name }: Pick<CheckedFeature, "name">,
  { integers, missing }: IntegersWithGaps,
): FeatureColumn {
  if (!missing.includes(1)) return { name, type: "integer", values: integers };
  const codeOf = new Map<bigint, number>();
  const codes = new Int32Array(integers.length).fill(-1);
  for (let i = 0; i < codes.length; i++) {
    if (missing[i] === 1) continue;
    let code = codeOf.get(integers[i]!);
    if (code === undefined) codeOf.set(integers[i]!, (code = codeOf.size));
    codes[i] = code;
  }
  return { name, type: "integer", dictionary: [...codeOf.keys()], codes, nullable: true };
}

function mixed(value: unknown, before: string): string {
  return ["string", "number", "bigint", "boolean"].includes(typeof value)
    ? `the values before it are ${before}; a column is all strings, all numbers or all booleans`
    : whyNot();
}

function whyNot(): string {
  return "a feature is one string, number or boolean a sample; give what is nested as columns of its own";
}
