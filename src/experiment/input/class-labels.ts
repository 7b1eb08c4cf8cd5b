import { TrackingError } from "../../tracking-error.js";
import { type DictionaryValues, hasDictionary, shown, type Values } from "./values.js";

/**
 * A class label as it is compared: `true` and `1` are one label, and so are a bigint and the number of its
 * value.
 */
export type Label = string | number | bigint;

/** One column of class labels: its values as codes into the distinct labels, and how the user typed them. */
export interface LabelColumn {
  type: "string" | "integer" | "boolean";
  codes: Int32Array;
}

export interface ClassLabels {
  /** Distinct labels, sorted: numbers by value, strings by Unicode code point. */
  labels: Label[];
  yTrue: LabelColumn;
  yPred: LabelColumn;
  /** For one or two labels: the code of the positive class. */
  positive: number | undefined;
  /**
   * Codes of the labels in the order of y_score's columns. A class that the model does not know has no
   * column.
   */
  columnOrder: number[];
}

/** The classes that a call speaks of. */
export interface FoundClasses {
  /** Those that occur, and those that the caller named. */
  labels: readonly Label[];
  /** 1, where all that occurs is 0 or -1: the positive class, unless the model knows another. */
  assumed: Label | undefined;
  /** Those of y_pred. */
  predicted: () => ReadonlySet<Label>;
  /** Every class the model knows, as the caller named them. */
  named: readonly Label[] | undefined;
}

/**
 * Checks the class labels of both columns and encodes them as codes into their sorted union, or into the
 * labels named.
 * @param named every class the model knows, when the caller says; it must hold all that occur
 * @param positiveLabel the positive class of two, when the caller says; else 1 or true where present, else
 * the greater
 * @param orderOf the classes in the order of y_score's columns, those included that occur nowhere; by default
 * as named, else sorted
 * @throws TrackingError INVALID_LABELS naming the argument, the value and its position
 */
export function classLabels(
  yTrue: Values<unknown> | DictionaryValues<unknown>,
  yPred: Values<unknown> | DictionaryValues<unknown>,
  named: Values<unknown> | undefined,
  positiveLabel?: unknown,
  orderOf?: (found: FoundClasses) => readonly Label[],
): ClassLabels {
  const encoder = labelEncoder();
  const namedColumn = named && encoder.encode(named, at("labels"));
  const namedCount = encoder.labels.length;
  if (namedColumn && namedCount < namedColumn.codes.length) {
    const { codes } = namedColumn;
    const repeated = codes.findIndex((code, i) => codes.indexOf(code) < i);
    throw new TrackingError(
      "INVALID_LABELS",
      `labels[${repeated}] is ${shown(encoder.labels[codes[repeated]!])} again; give each of the ${namedCount} classes once`,
    );
  }
  const trueColumn = encoder.encode(yTrue, at("y_true"));
  const predictedColumn = encoder.encode(yPred, at("y_pred"));
  if (named && encoder.labels.length > namedCount) {
    throw new TrackingError(
      "INVALID_LABELS",
      `${shown(encoder.labels[namedCount])} occurs in y_true or y_pred but is not among labels; add it there`,
    );
  }
  const classes = new Set(encoder.labels);
  const positiveCode =
    positiveLabel === undefined
      ? undefined
      : encoder.encode([positiveLabel], () => "positive_label").codes[0];
  const refuseThird = () => {
    if (positiveCode === undefined || encoder.labels.length <= 2) return;
    const among = [...classes].slice(0, 10).map((label) => shown(label));
    throw new TrackingError(
      "INVALID_LABELS",
      `positive_label is ${shown(positiveLabel)}, but the classes are ${among.join(", ")}; it names the positive one of two classes`,
    );
  };
  refuseThird();
  // All of one negative class: the positive one, 1, is known though it does not occur.
  const [only] = encoder.labels;
  const assumed = encoder.labels.length === 1 && (only === 0 || only === -1) ? 1 : undefined;
  const columnLabels = orderOf?.({
    labels: [...encoder.labels],
    assumed,
    predicted: () => new Set(distinct(predictedColumn.codes, encoder.labels)),
    named: namedColumn && encoder.labels.slice(0, namedCount),
  });
  for (const label of columnLabels ?? []) classes.add(label);
  const orderColumn = columnLabels && encoder.encode(columnLabels, at("labels"));
  if (assumed !== undefined && encoder.labels.length === 1) encoder.encode([assumed], at("labels"));
  refuseThird();

  const order = Int32Array.from(encoder.labels.keys());
  order.sort((a, b) => compareLabels(encoder.labels[a] as Label, encoder.labels[b] as Label));
  const labels = Array.from(order, (code) => encoder.labels[code] as Label);
  const sortedCode = new Int32Array(order.length);
  order.forEach((code, position) => {
    sortedCode[code] = position;
  });
  for (const column of [trueColumn, predictedColumn, namedColumn, orderColumn]) {
    if (!column) continue;
    const { codes } = column;
    for (let i = 0; i < codes.length; i++) codes[i] = sortedCode[codes[i] as number] as number;
  }
  let positive: number | undefined;
  if (labels.length <= 2) {
    positive = positiveCode === undefined ? defaultPositive(labels) : (sortedCode[positiveCode] as number);
  }
  const columnOrder = Array.from((orderColumn ?? namedColumn)?.codes ?? labels.keys());
  return { labels, yTrue: trueColumn, yPred: predictedColumn, positive, columnOrder };
}

/** The labels that codes stand for, each once. */
function* distinct(codes: Int32Array, labels: readonly Label[]): Generator<Label> {
  const seen = new Uint8Array(labels.length);
  for (let i = 0; i < codes.length; i++) seen[codes[i]!] = 1;
  for (const [code, label] of labels.entries()) if (seen[code] === 1) yield label;
}

/** 1 or true where present, else the greater label. */
function defaultPositive(labels: readonly Label[]): number {
  const one = labels.indexOf(1);
  return one >= 0 ? one : labels.length - 1;
}

/** The label that a value stands for, as in `classLabels`; undefined when the value can be none. */
export function asLabel(value: unknown): Label | undefined {
  switch (typeof value) {
    case "string":
      return value.isWellFormed() ? value : undefined;
    case "boolean":
      return value ? 1 : 0;
    case "number":
      return Number.isSafeInteger(value) ? value + 0 : undefined;
    case "bigint":
      if (BigInt.asIntN(64, value) !== value) return undefined;
      return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    default:
      return undefined;
  }
}

/**
 * Numbers by value, strings by Unicode code point: UTF-16 order, but with surrogate pairs above U+E000 to
 * U+FFFF.
 */
export function compareLabels(a: Label, b: Label): number {
  if (typeof a !== "string" || typeof b !== "string") return a < b ? -1 : a > b ? 1 : 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const unitA = a.charCodeAt(i);
    const unitB = b.charCodeAt(i);
    if (unitA !== unitB) return codePointRank(unitA) - codePointRank(unitB);
  }
  return a.length - b.length;
}

/** Moves the surrogates behind all other units, where the characters that they stand for belong. */
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** Names the place of value i in messages. */
type PlaceOf = (i: number) => string;

function at(name: string): PlaceOf {
  return (i) => `${name}[${i}]`;
}

/** Small integers are looked up in a table instead of a map: labels 0 to 65,535 are nearly all there are. */
const tableSize = 65_536;

function labelEncoder() {
  const labels: Label[] = [];
  const codeOf = new Map<Label, number>();
  let table: Int32Array | undefined;
  let textSeen: { place: string; value: unknown } | undefined;
  let numberSeen: { place: string; value: unknown } | undefined;

  const codeFor = (label: Label): number => {
    let code = codeOf.get(label);
    if (code === undefined) {
      code = labels.length;
      labels.push(label);
      codeOf.set(label, code);
    }
    return code;
  };

  const smallIntegerCode = (value: number): number => {
    table ??= new Int32Array(tableSize).fill(-1);
    let code = table[value] as number;
    if (code < 0) {
      code = codeFor(value + 0); // + 0: a label is never -0
      table[value] = code;
    }
    return code;
  };

  const encode = (values: Values<unknown> | DictionaryValues<unknown>, placeOf: PlaceOf): LabelColumn => {
    if (hasDictionary(values)) return encodeDictionary(values, placeOf);
    const codes = new Int32Array(values.length);
    let booleans = 0;
    let lastText = "";
    let lastTextCode = -1;
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (typeof value === "number" && value >= 0 && value < tableSize && Number.isInteger(value)) {
        codes[i] = smallIntegerCode(value);
        numberSeen ??= { place: placeOf(i), value };
        continue;
      }
      if (typeof value === "string") {
        if (lastTextCode < 0 || value !== lastText) {
          lastText = value;
          lastTextCode = codeOf.get(value) ?? newTextCode(value, placeOf(i));
        }
        codes[i] = lastTextCode;
        textSeen ??= { place: placeOf(i), value };
        continue;
      }
      const label = asLabel(value);
      if (label === undefined) throw notALabel(placeOf(i), value);
      if (typeof value === "boolean") booleans += 1;
      codes[i] = codeFor(label);
      numberSeen ??= { place: placeOf(i), value };
    }
    if (textSeen && numberSeen) {
      throw new TrackingError(
        "INVALID_LABELS",
        `${textSeen.place} is the string ${shown(textSeen.value)} but ${numberSeen.place} is ${shown(numberSeen.value)}; use one kind of label, strings or integers, in both y_true and y_pred`,
      );
    }
    if (textSeen) return { type: "string", codes };
    return { type: booleans === values.length ? "boolean" : "integer", codes };
  };

  /** Each entry is encoded where it first occurs; one that never does is no label. */
  const encodeDictionary = (
    { dictionary, codes: given }: DictionaryValues<unknown>,
    placeOf: PlaceOf,
  ): LabelColumn => {
    const codes = new Int32Array(given.length);
    const codeOfEntry = new Int32Array(dictionary.length).fill(-1);
    const types = new Set<LabelColumn["type"]>();
    for (let i = 0; i < given.length; i++) {
      const entry = given[i] as number;
      let code = codeOfEntry[entry] as number;
      if (code < 0) {
        const encoded = encode([dictionary[entry]], () => placeOf(i));
        types.add(encoded.type);
        code = encoded.codes[0] as number;
        codeOfEntry[entry] = code;
      }
      codes[i] = code;
    }
    const [type] = types;
    return { type: types.size === 1 && type !== undefined ? type : "integer", codes };
  };

  const newTextCode = (value: string, place: string): number => {
    if (!value.isWellFormed()) throw notALabel(place, value);
    return codeFor(value);
  };

  return { labels, encode };
}

function notALabel(place: string, value: unknown): TrackingError {
  const what = `${place} is ${shown(value)}`;
  if (value === null || value === undefined || Number.isNaN(value)) {
    return new TrackingError(
      "INVALID_LABELS",
      `${what}: a class label is missing; leave the sample out or name the class`,
    );
  }
  if (typeof value === "number") {
    const wayOut = Number.isInteger(value)
      ? "class labels are integers within 2^53; pass greater ones as bigint"
      : "class labels are strings, integers or booleans; pass probabilities as y_score, or log it as kind regression";
    return new TrackingError("INVALID_LABELS", `${what}: ${wayOut}`);
  }
  if (typeof value === "string") {
    return new TrackingError(
      "INVALID_LABELS",
      `${what}: half of a surrogate pair, not well-formed Unicode; repair the text`,
    );
  }
  const wayOut = typeof value === "bigint" ? "; pass greater ones as text" : rowWayOut(value);
  return new TrackingError(
    "INVALID_LABELS",
    `${what}: class labels are strings, integers or booleans (64-bit at most)${wayOut}`,
  );
}

/**
 * What to do with a row of values in place of a label: the place of its only 1, or an experiment a column.
 */
function rowWayOut(value: unknown): string {
  if (!Array.isArray(value) && !(ArrayBuffer.isView(value) && !(value instanceof DataView))) return "";
  const row = Array.from(value as ArrayLike<unknown>, Number);
  const isOneHot = row.length > 1 && row.every((each) => each === 0 || each === 1) && sumOf(row) === 1;
  return isOneHot
    ? "; of one-hot rows give the position of each row's 1, and of several labels a sample an experiment a label"
    : "; of several labels or targets a sample log an experiment for each";
}

function sumOf(row: readonly number[]): number {
  return row.reduce((sum, each) => sum + each, 0);
}
