import type { Label } from "../experiment/input/class-labels.js";
import { shown } from "../experiment/input/values.js";
import { namedLabels } from "../experiment/named-labels.js";
import type { PredictionColumn, PredictionTable } from "../predictions/prediction-table.js";
import { featurePrefix } from "../predictions/prediction-table.js";
import { TrackingError } from "../tracking-error.js";

/** A value a sample that was logged: true and false are there as they were given. */
export type LoggedValue = string | number | bigint | boolean;

/** The probabilities of one of three classes or more. */
export interface ScoreColumn {
  yScore: LoggedValue;
}

/** A feature of the samples, by its name. */
export interface FeatureName {
  feature: string;
}

/** A column of the predictions. */
export type ColumnName = "sampleId" | "yTrue" | "yPred" | "yScore" | ScoreColumn | FeatureName;

/**
 * The values of a column of the predictions that `readExperiment` gave, one a sample.
 * @param name `yScore` is the probability of the positive class; of three classes and more each has a column,
 * such as `{ yScore: "cat" }`
 * @param as what the values are to be: `"number"` gives a Float64Array, NaN where a feature has no value
 * @throws TrackingError INVALID_ARGUMENT where there is no such column, or its values are something else
 * @example column(predictions, "yPred", "string").filter((label) => label === "cat").length
 */
export function column(
  predictions: PredictionTable,
  name: "yScore" | ScoreColumn,
  as?: "number",
): Float64Array;
export function column(predictions: PredictionTable, name: ColumnName, as: "number"): Float64Array;
export function column(
  predictions: PredictionTable,
  name: "sampleId" | "yTrue" | "yPred",
  as: "string",
): string[];
export function column(
  predictions: PredictionTable,
  name: "sampleId" | "yTrue" | "yPred",
  as: "boolean",
): boolean[];
export function column(predictions: PredictionTable, name: "sampleId" | "yTrue" | "yPred"): LoggedValue[];
export function column(predictions: PredictionTable, name: FeatureName, as: "string"): (string | undefined)[];
export function column(
  predictions: PredictionTable,
  name: FeatureName,
  as: "boolean",
): (boolean | undefined)[];
export function column(predictions: PredictionTable, name: FeatureName): (LoggedValue | undefined)[];
export function column(
  predictions: PredictionTable,
  name: ColumnName,
  as?: "number" | "string" | "boolean",
): Float64Array | (LoggedValue | undefined)[] {
  const found = findColumn(checkedTable(predictions), name);
  const [isScore, values] = [name === "yScore" || isScoreName(name), valuesOf(found)];
  const wanted = as ?? (isScore ? "number" : undefined);
  if (wanted === undefined) return values;
  const odd = values.findIndex((value) => value !== undefined && !isOf(value, wanted));
  if (odd >= 0) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `as is ${shown(as)}, but the column ${shownName(name)} has the value ${shown(values[odd])}; leave it out for values of any type`,
    );
  }
  return wanted === "number" ? Float64Array.from(values, (value) => Number(value ?? Number.NaN)) : values;
}

function isOf(value: LoggedValue, wanted: string): boolean {
  if (!["number", "string", "boolean"].includes(wanted)) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `as is ${shown(wanted)}; give "number", "string" or "boolean", or leave it out`,
    );
  }
  if (wanted === "number" && typeof value === "bigint") return Number.isSafeInteger(Number(value));
  return typeof value === wanted;
}

function checkedTable(given: unknown): PredictionTable {
  if (typeof given === "object" && given !== null && "columns" in given && Array.isArray(given.columns)) {
    return given as unknown as PredictionTable;
  }
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `predictions is ${shown(given)}; give the predictions that readExperiment returned`,
  );
}

const fileNames: Readonly<Record<string, string>> = {
  sampleId: "sample_id",
  yTrue: "y_true",
  yPred: "y_pred",
  yScore: "y_score",
};

function findColumn(table: PredictionTable, name: ColumnName): PredictionColumn {
  const file = isScoreName(name)
    ? scoreColumnName(table, name.yScore)
    : typeof name === "object" && name !== null && "feature" in name
      ? `${featurePrefix}${name.feature}`
      : fileNames[name];
  const found = table.columns.find((each) => each.name === file);
  if (found) return found;
  const there = table.columns.map((each) => shownName(columnNameOf(table, each.name))).join(", ");
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `unknown column: ${shownName(name)}; these predictions have ${there}`,
  );
}

function isScoreName(name: unknown): name is ScoreColumn {
  return typeof name === "object" && name !== null && "yScore" in name;
}

/** Of two classes the positive one has a column, of more each by its place among the labels. */
function scoreColumnName({ metadata }: PredictionTable, label: LoggedValue): string | undefined {
  const asKept = (value: LoggedValue): Label => (typeof value === "boolean" ? Number(value) : value);
  const positive = metadata["ml_tracking.positive_label"];
  if (positive !== undefined)
    return namedLabels(`[${positive}]`)[0] === asKept(label) ? "y_score" : undefined;
  const code = namedLabels(metadata["ml_tracking.labels"]).indexOf(asKept(label));
  return code < 0 ? undefined : `y_score_${code}`;
}

/** How a column of the file is asked for. */
function columnNameOf({ metadata }: PredictionTable, file: string): ColumnName {
  if (file.startsWith(featurePrefix)) return { feature: file.slice(featurePrefix.length) };
  const code = /^y_score_(\d+)$/.exec(file)?.[1];
  if (code !== undefined) return { yScore: namedLabels(metadata["ml_tracking.labels"])[Number(code)]! };
  return (Object.keys(fileNames).find((name) => fileNames[name] === file) ?? file) as ColumnName;
}

function shownName(name: unknown): string {
  if (typeof name !== "object" || name === null) return shown(name);
  const [[key, value] = ["", undefined]] = Object.entries(name);
  return `{ ${key}: ${shown(value)} }`;
}

function valuesOf(found: PredictionColumn): (LoggedValue | undefined)[] {
  if ("codes" in found) {
    const { dictionary, codes } = found;
    return Array.from<number, LoggedValue | undefined>(codes, (code) => dictionary[code]);
  }
  if (found.type === "boolean") {
    return Array.from(found.values, (value) => (value === 2 ? undefined : value === 1));
  }
  if (found.type === "double") {
    const { values, offset = 0, stride = 1, nullable } = found;
    const count = Math.ceil((values.length - offset) / stride);
    return Array.from({ length: count }, (_, i) => {
      const value = values[offset + i * stride]!;
      return nullable && Number.isNaN(value) ? undefined : value;
    });
  }
  return Array.from<LoggedValue>(found.values);
}
