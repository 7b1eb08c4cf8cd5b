import type { DuckDBValue } from "@duckdb/node-api";

import { shown } from "../experiment/input/values.js";
import { featurePrefix } from "../predictions/prediction-table.js";
import { featureNames } from "../predictions/read/feature-source.js";
import { conditionText, type SliceCondition } from "../predictions/slice-condition.js";
import { TrackingError } from "../tracking-error.js";
import { checkColumns } from "./checked-columns.js";
import { confusionCounts } from "./confusion-counts.js";
import type { Predictions } from "./open-predictions.js";
import type { PlotLabel, SampleRow, SamplesPage } from "./plot-schema.js";
import { givenLabel, type PredictionLabels } from "./prediction-labels.js";
import { fromPredictions, queryPredictions } from "./query-predictions.js";
import { jsonValue } from "./sample-ids.js";
import { scoredClass } from "./score-column.js";
import { conditionTerms, featureColumn, featureValue, identifier, trueTerms } from "./slice-terms.js";

/**
 * Values between two ends, each included unless it is said to be open; an end that is left out does not
 * limit.
 */
export interface SampleInterval {
  min?: number | undefined;
  max?: number | undefined;
  min_open?: boolean | undefined;
  max_open?: boolean | undefined;
}

/** Which samples: those for which all that is given holds. */
export interface SampleFilter {
  true_label?: PlotLabel | undefined;
  predicted_label?: PlotLabel | undefined;
  /** Classification: whether y_pred is y_true. */
  correct?: boolean | undefined;
  /** Of the class that `class` names, else of the positive one. */
  y_score?: SampleInterval | undefined;
  y_true?: SampleInterval | undefined;
  y_pred?: SampleInterval | undefined;
  error?: SampleInterval | undefined;
  absolute_error?: SampleInterval | undefined;
  /** Text that the sample's id contains, whatever its case. */
  sample_id?: string | undefined;
  /** The conditions of a slice, each of them. */
  slice?: readonly SliceCondition[] | undefined;
}

export const sampleOrders = [
  "row",
  "sample_id",
  "y_true",
  "y_pred",
  "y_score",
  "error",
  "absolute_error",
] as const;
export type SampleOrder = (typeof sampleOrders)[number];

export interface SamplesQuery {
  filter?: SampleFilter | undefined;
  /** By default the order of the file. Of equal ones the earlier row comes first. */
  order?: SampleOrder | undefined;
  descending?: boolean | undefined;
  /** 1 to 1,000; 50 by default. */
  limit?: number | undefined;
  offset?: number | undefined;
  /** More than two classes: whose y_score to give; by default the first. */
  class?: PlotLabel | undefined;
  /** Whether the features of the samples are given, too; false by default. */
  features?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * One page of the samples behind a cell, a bin or a class of a plot; of all samples without a filter.
 * @throws TrackingError INVALID_ARGUMENT naming what cannot be asked; PREDICTIONS_NOT_READABLE
 */
export async function samples(predictions: Predictions, query: SamplesQuery = {}): Promise<SamplesPage> {
  const { signal, order = "row", descending = false } = query;
  const limit = wholeNumber(query.limit, "limit", 50, 1, 1000);
  const offset = wholeNumber(query.offset, "offset", 0, 0, Number.MAX_SAFE_INTEGER);
  const labels =
    predictions.kind === "classification"
      ? (predictions.namedLabels ?? (await confusionCounts(predictions, signal)).labels)
      : undefined;
  const columns = sampleColumns(predictions, labels, query.class);
  const { condition, values, read } = sampleCondition(predictions, query.filter ?? {}, columns, labels);
  const names = featureNames(predictions.footer.names);
  const features = query.features ? names.map((name) => `${featurePrefix}${name}`) : [];
  const slice = query.filter?.slice ? conditionText(query.filter.slice) : null;
  await checkColumns(predictions, [...new Set([...columns.read, ...read, ...features])], signal);
  const [total, rows] = await Promise.all([
    condition === "" ? predictions.samples : countSamples(predictions, condition, values, signal),
    sampleRows(
      predictions,
      columns,
      { condition, values, order, descending, limit, offset, features },
      signal,
    ),
  ]);
  return { plot: "samples", total, offset, feature_names: names, slice, rows };
}

/** SQL of each thing that is known of a sample; undefined where the file does not hold it. */
interface SampleColumns extends Record<Exclude<SampleOrder, "row">, string | undefined> {
  kind: Predictions["kind"];
  read: string[];
}

function sampleColumns(
  predictions: Predictions,
  labels: PredictionLabels | undefined,
  given: PlotLabel | undefined,
): SampleColumns {
  const score =
    labels && predictions.scoreColumns > 0 ? scoredClass(predictions, labels, given).column : undefined;
  const label = labels?.type === "integer" ? "::BIGINT" : "";
  const regression = predictions.kind === "regression";
  const as = regression ? "::DOUBLE" : label;
  const error = regression ? "(y_pred::DOUBLE - y_true::DOUBLE)" : undefined;
  return {
    kind: predictions.kind,
    sample_id: predictions.hasSampleIds ? "sample_id" : undefined,
    y_true: `y_true${as}`,
    y_pred: `y_pred${as}`,
    y_score: score && `"${score}"`,
    error,
    absolute_error: error && `abs${error}`,
    read: [
      ...(predictions.hasSampleIds ? ["sample_id"] : []),
      "y_true",
      "y_pred",
      ...(score === undefined ? [] : [score]),
    ],
  };
}

const filterNames = [
  "true_label",
  "predicted_label",
  "correct",
  "y_score",
  "y_true",
  "y_pred",
  "error",
  "absolute_error",
  "sample_id",
  "slice",
];

function sampleCondition(
  predictions: Predictions,
  filter: SampleFilter,
  columns: SampleColumns,
  labels: PredictionLabels | undefined,
) {
  const terms: string[] = [];
  const values: Record<string, DuckDBValue> = {};
  for (const name of Object.keys(filter)) {
    if (filterNames.includes(name)) continue;
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `unknown filter: ${shown(name)}; there are ${filterNames.join(", ")}`,
    );
  }
  const bind = (value: DuckDBValue): string => {
    const name = `value_${Object.keys(values).length}`;
    values[name] = value;
    return `$${name}`;
  };
  for (const [name, column] of [
    ["true_label", columns.y_true],
    ["predicted_label", columns.y_pred],
  ] as const) {
    const given = filter[name];
    if (given === undefined) continue;
    if (!labels) throw notHere(name, columns.kind);
    const label = givenLabel(labels, given, name);
    terms.push(`${column} = ${bind(typeof label === "string" ? label : BigInt(label))}`);
  }
  if (filter.correct !== undefined) {
    if (!labels) throw notHere("correct", columns.kind);
    terms.push(`${columns.y_pred} ${filter.correct ? "=" : "<>"} ${columns.y_true}`);
  }
  for (const name of ["y_score", "y_true", "y_pred", "error", "absolute_error"] as const) {
    const interval = filter[name];
    if (interval === undefined) continue;
    const column = columns[name];
    if (column === undefined || (labels && name !== "y_score")) throw notHere(name, columns.kind);
    terms.push(...intervalTerms(name, column, interval, bind));
  }
  if (filter.sample_id !== undefined) {
    if (columns.sample_id === undefined) {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        "sample_id cannot be searched: this experiment's ids do not stand row by row beside its samples",
      );
    }
    terms.push(`contains(lower(sample_id::VARCHAR), lower(${bind(filter.sample_id)}))`);
  }
  const read: string[] = [];
  for (const condition of filter.slice ?? []) {
    if (condition.column === "y_true") terms.push(...trueTerms(condition, columns, labels, bind));
    else {
      const column = featureColumn(predictions, condition.column);
      read.push(`${featurePrefix}${condition.column}`);
      terms.push(...conditionTerms(condition, identifier(column.name), column.type, bind));
    }
  }
  return { condition: terms.length === 0 ? "" : `WHERE ${terms.join(" AND ")}`, values, read };
}

function intervalTerms(
  name: string,
  column: string,
  interval: SampleInterval,
  bind: (value: DuckDBValue) => string,
): string[] {
  const terms: string[] = [];
  for (const [end, sign, open] of [
    ["min", ">", interval.min_open],
    ["max", "<", interval.max_open],
  ] as const) {
    const value = interval[end];
    if (value === undefined) continue;
    if (typeof value !== "number" || Number.isNaN(value)) {
      throw new TrackingError("INVALID_ARGUMENT", `${name}.${end} is ${shown(value)}; give a number`);
    }
    terms.push(`${column} ${sign}${open ? "" : "="} ${bind(value)}::DOUBLE`);
  }
  return terms;
}

function notHere(name: string, kind: string): TrackingError {
  return new TrackingError(
    "INVALID_ARGUMENT",
    `${name} cannot select samples of this experiment, a ${kind}${name === "y_score" ? " without y_score" : ""}`,
  );
}

async function countSamples(
  predictions: Predictions,
  condition: string,
  values: Record<string, DuckDBValue>,
  signal: AbortSignal | undefined,
): Promise<number> {
  let total = 0;
  await queryPredictions(
    predictions,
    `SELECT count(*) ${fromPredictions} ${condition}`,
    values,
    signal,
    (chunk) => {
      total = Number(chunk.getColumnValues(0)[0]);
    },
  );
  return total;
}

interface PageOfSamples {
  features: readonly string[];
  condition: string;
  values: Record<string, DuckDBValue>;
  order: SampleOrder;
  descending: boolean;
  limit: number;
  offset: number;
}

async function sampleRows(
  predictions: Predictions,
  columns: SampleColumns,
  { condition, values, order, descending, limit, offset, features }: PageOfSamples,
  signal: AbortSignal | undefined,
): Promise<SampleRow[]> {
  if (!sampleOrders.includes(order)) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `order is ${shown(order)}; give one of ${sampleOrders.join(", ")}`,
    );
  }
  const by = order === "row" ? "file_row_number" : columns[order];
  if (by === undefined) throw notHere(order, columns.kind);
  const direction = descending ? "DESC" : "ASC";
  const orderBy = order === "row" ? `${by} ${direction}` : `${by} ${direction}, file_row_number`;
  const own = features.map((name) => predictions.footer.column(name).name);
  const rows: SampleRow[] = [];
  await queryPredictions(
    predictions,
    `SELECT file_row_number, ${columns.sample_id ?? "NULL"}, ${columns.y_true}, ${columns.y_pred},
       ${columns.y_score ?? "NULL"}, ${columns.error ?? "NULL"}${own.map((name) => `, ${identifier(name)}`).join("")}
     ${fromPredictions} ${condition} ORDER BY ${orderBy} LIMIT ${limit} OFFSET ${offset}`,
    values,
    signal,
    (chunk) => {
      for (const [row, id, yTrue, yPred, yScore, error, ...described] of chunk.getRows()) {
        rows.push({
          row: Number(row),
          sample_id: jsonValue(id),
          y_true: jsonValue(yTrue)!,
          y_pred: jsonValue(yPred)!,
          y_score: jsonValue(yScore) as number | null,
          error: jsonValue(error) as number | null,
          features: described.map(featureValue),
        });
      }
    },
  );
  return rows;
}

function wholeNumber(
  given: number | undefined,
  name: string,
  fallback: number,
  least: number,
  most: number,
): number {
  if (given === undefined) return fallback;
  if (Number.isInteger(given) && given >= least && given <= most) return given;
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
  throw new TrackingError("INVALID_ARGUMENT", `${name} is ${shown(given)}; give a whole number ${range}`);
}
