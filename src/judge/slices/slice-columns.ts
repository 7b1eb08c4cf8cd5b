import type { PredictionColumn } from "../../predictions/prediction-table.js";
import type { SliceCondition } from "../../predictions/slice-condition.js";
import { selectRank } from "../../statistics/select-rank.js";

/** A column that divides the samples into groups. */
export interface SliceColumn {
  name: string;
  /** What the samples of each group have in common; a group's number is its place. */
  groups: SliceCondition[];
  /** Of each sample its group, or `noGroup`. */
  codes: Uint8Array;
  sizes: Float64Array;
  /** How many distinct values there are, missing ones left aside; null where it was not counted. */
  distinct: number | null;
}

const noGroup = 255;
/** Of values by name; a column with more has the most frequent ones, and one group for the others. */
const mostGroups = 100;

/**
 * Divides the samples by a column's values. Text, booleans and up to `distinctNumbers` distinct numbers are
 * groups by themselves, more numbers are cut at their quantiles into about equally many samples a group
 * (values that are equal never are apart, so there may be fewer groups). Samples without a value are a group,
 * too.
 * @param bins how many groups numbers are cut into
 * @param rows which of the column's rows are the samples, in this order; all where undefined
 */
export function sliceColumn(
  name: string,
  column: PredictionColumn,
  bins: number,
  rows?: Int32Array,
): SliceColumn {
  if (column.type === "string") return textColumn(name, column, rows);
  if (column.type === "boolean") {
    const codes = picked(column.values, rows);
    return named(
      name,
      codes,
      ["false", "true"].map((text) => text === "true"),
      (code) => code === 2,
    );
  }
  return numberColumn(name, picked(numbersOf(column), rows), bins);
}

function picked<T extends Float64Array | Int32Array | Uint8Array>(
  values: T,
  rows: Int32Array | undefined,
): T {
  if (!rows) return values;
  const some = values.slice(0, rows.length) as T;
  for (let i = 0; i < rows.length; i++) some[i] = values[rows[i]!]!;
  return some;
}

function textColumn(
  name: string,
  column: Extract<PredictionColumn, { type: "string" }>,
  rows: Int32Array | undefined,
): SliceColumn {
  if ("codes" in column) {
    return named(name, picked(column.codes, rows), column.dictionary, (code) => code < 0);
  }
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from(column.values, (value) => {
    let code = codeOf.get(value);
    if (code === undefined) codeOf.set(value, (code = codeOf.size));
    return code;
  });
  return named(name, picked(codes, rows), [...codeOf.keys()], () => false);
}

function numbersOf(column: Extract<PredictionColumn, { type: "integer" | "double" }>): Float64Array {
  if ("codes" in column) {
    const entries = Float64Array.from(column.dictionary, Number);
    return Float64Array.from(column.codes, (code) => entries[code] ?? Number.NaN);
  }
  if (column.values instanceof Float64Array) return column.values;
  return Float64Array.from(column.values as ArrayLike<number | bigint>, Number);
}

/** Groups of the values by name: the most frequent first where there are too many, else in sorted order. */
function named(
  name: string,
  given: ArrayLike<number>,
  values: readonly (string | number | boolean)[],
  isMissing: (code: number) => boolean,
): SliceColumn {
  const counts = new Float64Array(values.length);
  let missing = 0;
  for (let i = 0; i < given.length; i++) {
    const code = given[i]!;
    if (isMissing(code)) missing += 1;
    else counts[code]! += 1;
  }
  const used = [...counts.keys()].filter((code) => counts[code]! > 0);
  const distinct = used.length;
  let kept = used;
  if (distinct > mostGroups) {
    kept = used
      .sort((a, b) => counts[b]! - counts[a]! || compare(values[a]!, values[b]!))
      .slice(0, mostGroups);
  } else kept.sort((a, b) => compare(values[a]!, values[b]!));
  const groups: SliceCondition[] = kept.map((code) => ({
    column: name,
    type: "value",
    value: values[code]!,
  }));
  const groupOf = new Uint8Array(values.length).fill(noGroup);
  for (const [group, code] of kept.entries()) groupOf[code] = group;
  if (distinct > kept.length) {
    const other = groups.push({ column: name, type: "other", values: distinct - kept.length }) - 1;
    for (const code of used) if (groupOf[code] === noGroup) groupOf[code] = other;
  }
  const ofMissing = missing > 0 ? groups.push({ column: name, type: "missing" }) - 1 : noGroup;
  const codes = new Uint8Array(given.length);
  for (let i = 0; i < codes.length; i++) {
    const code = given[i]!;
    codes[i] = isMissing(code) ? ofMissing : groupOf[code]!;
  }
  return { name, groups, codes, sizes: sizesOf(codes, groups.length), distinct };
}

function compare(a: string | number | boolean, b: string | number | boolean): number {
  return a < b ? -1 : Number(a > b);
}

function numberColumn(name: string, values: Float64Array, bins: number): SliceColumn {
  const distinct = distinctUpTo(values, Math.max(bins, distinctNumbers));
  if (distinct) {
    const codeOf = new Map([...distinct.keys()].map((code) => [distinct[code]!, code]));
    const codes = Int32Array.from(values, (value) => codeOf.get(value + 0) ?? -1);
    return named(name, codes, distinct, (code) => code < 0);
  }
  const { edges, missing } = quantileEdges(values, bins);
  const groups: SliceCondition[] = Array.from({ length: edges.length + 1 }, (_, i) => ({
    column: name,
    type: "range",
    lower: edges[i - 1] ?? null,
    upper: edges[i] ?? null,
  }));
  const ofMissing = missing > 0 ? groups.push({ column: name, type: "missing" }) - 1 : noGroup;
  const codes = new Uint8Array(values.length);
  for (let i = 0; i < codes.length; i++) {
    const value = values[i]!;
    let group = 0;
    while (group < edges.length && value > edges[group]!) group += 1;
    codes[i] = value === value ? group : ofMissing;
  }
  return { name, groups, codes, sizes: sizesOf(codes, groups.length), distinct: null };
}

/** The values at the quantiles, ascending; equal ones once, and none that would leave nothing above it. */
function quantileEdges(values: Float64Array, bins: number): { edges: number[]; missing: number } {
  const present = new Float64Array(values.length);
  let count = 0;
  let greatest = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value !== value) continue;
    present[count++] = value;
    if (value > greatest) greatest = value;
  }
  const own = present.subarray(0, count);
  const edges: number[] = [];
  for (let bin = 1, from = 0; bin < bins; bin++) {
    const rank = Math.ceil((bin * count) / bins) - 1;
    const edge = selectRank(own, rank, from);
    from = rank;
    if (edge > (edges.at(-1) ?? -Infinity) && edge < greatest) edges.push(edge);
  }
  return { edges, missing: values.length - count };
}

/** Up to so many distinct numbers are values by name, as a number of cylinders or a grade. */
const distinctNumbers = 10;

/** The distinct numbers, ascending; undefined where there are more than `most`. */
function distinctUpTo(values: Float64Array, most: number): number[] | undefined {
  const found = new Set<number>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value !== value) continue;
    found.add(value + 0);
    if (found.size > most) return undefined;
  }
  return [...found].sort((a, b) => a - b);
}

function sizesOf(codes: Uint8Array, groups: number): Float64Array {
  const sizes = new Float64Array(groups);
  for (let i = 0; i < codes.length; i++) if (codes[i] !== noGroup) sizes[codes[i]!]! += 1;
  return sizes;
}
