import type { AddedScore } from "../../added-scores/added-score.js";
import { namedFeatures } from "../../added-scores/read-expression.js";
import { isTime } from "../../experiment/input/iso-text.js";
import {
  featurePrefix,
  type PredictionColumn,
  type PredictionTable,
} from "../../predictions/prediction-table.js";
import type { ByteRanges } from "../../predictions/read/byte-ranges.js";
import { featureNames } from "../../predictions/read/feature-source.js";
import { predictionColumnNames, readPredictions } from "../../predictions/read/read-predictions.js";
import type { SampleGroups } from "../../statistics/grouped-interval.js";
import { TrackingError } from "../../tracking-error.js";

/** How the samples of a test set depend on each other. */
export type Dependence =
  | ({ by: "group"; feature: string } & SampleGroups)
  | { by: "order"; feature: string /** Positions, the earliest first. */; rows: Int32Array };

/** Which feature says so; by default the one that was named at logging. */
export interface DependenceSettings {
  /** A feature whose equal values make a group of samples that depend on each other. */
  group?: string;
  /** A feature by which samples follow each other in time. */
  order?: string;
}

/** @throws TrackingError INVALID_ARGUMENT */
export function checkedDependence({ group, order }: DependenceSettings): DependenceSettings {
  if (group !== undefined && order !== undefined) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `group is ${JSON.stringify(group)} and order ${JSON.stringify(order)}; give one of them`,
    );
  }
  return { ...(group === undefined ? {} : { group }), ...(order === undefined ? {} : { order }) };
}

/** What is read of an experiment's predictions besides true values and predictions. */
export interface ReadSettings extends DependenceSettings {
  /** Scores that are computed of them too, and may name features. */
  added?: readonly AddedScore[];
}

/**
 * The predictions of an experiment, of the features only the one that says how samples depend on each other,
 * and those that added scores name.
 * @param name what messages call the file
 * @throws TrackingError PREDICTIONS_NOT_READABLE
 */
export async function readJudgedTable(
  file: ByteRanges,
  name: string,
  { added = [], ...settings }: ReadSettings = {},
): Promise<PredictionTable> {
  const table = await readPredictions(file, { codes: true, features: false, name });
  const feature = dependentBy(table, settings)?.feature;
  const wanted = new Set([...(feature === undefined ? [] : [feature]), ...namedFeatures(added)]);
  if (wanted.size === 0) return table;
  const known = featureNames(await predictionColumnNames(file, name)).filter((each) => wanted.has(each));
  if (known.length === 0) return table;
  const columns = known.map((each) => `${featurePrefix}${each}`);
  const read = await readPredictions(file, { columns, codes: true, name });
  return { ...table, columns: [...table.columns, ...read.columns] };
}

/**
 * Refuses a feature that was asked for and that no experiment has.
 * @throws TrackingError INVALID_ARGUMENT
 */
export function checkFound(
  { group, order }: DependenceSettings,
  samples: readonly { dependence?: Dependence | undefined }[],
): void {
  const feature = group ?? order;
  if (feature === undefined || samples.some(({ dependence }) => dependence)) return;
  const whose = samples.length === 1 ? "this experiment" : "either experiment";
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `${group === undefined ? "order" : "group"} is ${JSON.stringify(feature)}, which is no feature of the samples of ${whose}; log it in sample_features`,
  );
}

/**
 * How the samples of a table that `readJudgedTable` read depend on each other; undefined where nothing says
 * so.
 */
export function dependenceOf(
  table: PredictionTable,
  settings: DependenceSettings = {},
): Dependence | undefined {
  const found = dependentBy(table, settings);
  const column = found && table.columns.find(({ name }) => name === `${featurePrefix}${found.feature}`);
  if (!found || !column) return undefined;
  const { by, feature } = found;
  if (by === "group") return { by, feature, ...groupsOf(column) };
  return { by, feature, rows: inOrder(column, feature) };
}

function dependentBy(
  { metadata }: PredictionTable,
  { group, order }: DependenceSettings,
): { by: "group" | "order"; feature: string } | undefined {
  if (group !== undefined) return { by: "group", feature: group };
  if (order !== undefined) return { by: "order", feature: order };
  for (const by of ["group", "order"] as const) {
    const named = metadata[`ml_tracking.${by}`];
    if (named !== undefined) return { by, feature: JSON.parse(named) as string };
  }
  return undefined;
}

/** Samples without a value are each a group of their own: nobody knows whom they depend on. */
function groupsOf(column: PredictionColumn): SampleGroups {
  const values = valuesOf(column);
  const codeOf = new Map<string | number | bigint, number>();
  let count = 0;
  const codes = new Int32Array(values.length);
  for (let i = 0; i < codes.length; i++) {
    const value = values[i];
    if (value === undefined) {
      codes[i] = count++;
      continue;
    }
    let code = codeOf.get(value);
    if (code === undefined) codeOf.set(value, (code = count++));
    codes[i] = code;
  }
  return { codes, count };
}

/** @throws TrackingError INVALID_ARGUMENT where a sample has no time */
function inOrder(column: PredictionColumn, feature: string): Int32Array {
  const values = valuesOf(column);
  const missing = values.indexOf(undefined);
  if (missing >= 0) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `order is ${JSON.stringify(feature)}, which sample ${missing} (counted from 0) has no value of; take a feature that every sample has`,
    );
  }
  const odd = values.findIndex((value) => !isTime(value));
  if (odd >= 0) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `order is ${JSON.stringify(feature)}, which is ${JSON.stringify(String(values[odd]))} for sample ${odd} (counted from 0): no number, and no date such as 2026-11-27; take a feature that says when`,
    );
  }
  const rows = Int32Array.from(values.keys());
  const known = values.map((value) => (typeof value === "string" ? Date.parse(value) : value!));
  return rows.sort((a, b) => (known[a]! < known[b]! ? -1 : known[a]! > known[b]! ? 1 : a - b));
}

function valuesOf(column: PredictionColumn): (string | number | bigint | undefined)[] {
  if ("codes" in column) {
    return Array.from(column.codes, (code) => (code < 0 ? undefined : column.dictionary[code]));
  }
  if (column.type === "boolean")
    return Array.from(column.values, (value) => (value === 2 ? undefined : value));
  if (column.type === "double") {
    const { values, offset = 0, stride = 1 } = column;
    const rows = Math.ceil((values.length - offset) / stride);
    return Array.from({ length: rows }, (_, i) => {
      const value = values[offset + i * stride]!;
      return Number.isNaN(value) ? undefined : value;
    });
  }
  return Array.from<string | number | bigint>(column.values);
}

/** The dependence of some of the samples. */
export function takeDependence(
  dependence: Dependence | undefined,
  rows: Int32Array | undefined,
): Dependence | undefined {
  if (!dependence || !rows) return dependence;
  if (dependence.by === "group") {
    return { ...dependence, codes: Int32Array.from(rows, (row) => dependence.codes[row]!) };
  }
  const place = new Int32Array(dependence.rows.length);
  for (const [i, row] of dependence.rows.entries()) place[row] = i;
  const sorted = Int32Array.from(rows.keys()).sort((a, b) => place[rows[a]!]! - place[rows[b]!]!);
  return { ...dependence, rows: sorted };
}

/** Whether the same samples belong together, or follow each other, whatever the features are called. */
export function isSameDependence(a: Dependence, b: Dependence): boolean {
  if (a.by === "group" && b.by === "group") {
    const codeOf = new Map<number, number>();
    const taken = new Set<number>();
    return a.codes.every((code, i) => {
      const other = b.codes[i]!;
      const known = codeOf.get(code);
      if (known !== undefined) return known === other;
      if (taken.has(other)) return false;
      codeOf.set(code, other);
      taken.add(other);
      return true;
    });
  }
  return a.by === "order" && b.by === "order" && a.rows.every((row, i) => row === b.rows[i]);
}
