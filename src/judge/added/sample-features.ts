import type { FeatureValues } from "../../added-scores/added-score.js";
import {
  featurePrefix,
  type PredictionColumn,
  type PredictionTable,
} from "../../predictions/prediction-table.js";

/** Some features by their names, as expressions take them; of those that the table has. */
export function sampleFeatures(
  { columns }: PredictionTable,
  names: readonly string[],
  rows?: Int32Array,
): Map<string, FeatureValues> {
  const found = new Map<string, FeatureValues>();
  for (const name of names) {
    const column = columns.find((each) => each.name === `${featurePrefix}${name}`);
    if (column) found.set(name, taken(featureValues(column), rows));
  }
  return found;
}

function taken(values: FeatureValues, rows: Int32Array | undefined): FeatureValues {
  if (!rows) return values;
  return values instanceof Float64Array
    ? Float64Array.from(rows, (row) => values[row]!)
    : Array.from(rows, (row) => values[row]!);
}

function featureValues(column: PredictionColumn): FeatureValues {
  if (column.type === "string") {
    if ("values" in column) return column.values;
    return Array.from(column.codes, (code) => (code < 0 ? null : column.dictionary[code]!));
  }
  if ("codes" in column) {
    const numbers = column.dictionary.map(Number);
    return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : numbers[code]!));
  }
  if (column.type === "boolean") {
    return Float64Array.from(column.values, (value) => (value === 2 ? Number.NaN : value));
  }
  if (column.type === "double") {
    const { values, offset = 0, stride = 1 } = column;
    const count = Math.ceil((values.length - offset) / stride);
    return Float64Array.from({ length: count }, (_, i) => values[offset + i * stride]!);
  }
  return Float64Array.from<number | bigint>(column.values as ArrayLike<number | bigint>, Number);
}
