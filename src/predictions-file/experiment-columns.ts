import type { ExperimentInput, Kind } from "../experiment/input/experiment-input.js";
import type { FeatureValues } from "../experiment/input/sample-features.js";
import { featurePrefix } from "../predictions/prediction-table.js";
import type { FileColumn } from "./column-request.js";

/** `y_score`, or `y_score_0`, `y_score_1`, ... as in the predictions that a store keeps. */
export function usualScores(known: readonly string[], kind: Kind): readonly string[] {
  if (kind === "regression") return [];
  if (known.includes("y_score")) return ["y_score"];
  const numbered = known.filter((name) => /^y_score_\d+$/.test(name));
  return numbered.sort((a, b) => Number(a.slice(8)) - Number(b.slice(8)));
}

/**
 * The values of a feature. Bigints of a file without types are whole numbers beyond 2^53, and no sign that the
 * column is one of integers.
 */
export function featureOf(column: FileColumn, isTyped: boolean): FeatureValues {
  const values = Array.from<string | number | bigint | boolean | null>(column);
  if (isTyped || !values.some((value) => typeof value === "bigint")) return column;
  return { wholeNumbers: values.map((value) => (value === null ? null : String(value))) };
}

export function featureName(column: string): string {
  return column.startsWith(featurePrefix) ? column.slice(featurePrefix.length) : column;
}

/** The scores with the names of their columns, which may say which class each is of. */
export function scoresOf(
  names: readonly string[],
  column: (name: string) => FileColumn,
  rows: number,
): ExperimentInput["yScore"] {
  if (names.length === 0) return undefined;
  const columns = names.map(column);
  const values = Array.from({ length: rows * columns.length }, (_, i) => {
    return columns[i % columns.length]?.[Math.floor(i / columns.length)] as number;
  });
  return { values, columns: columns.length, names };
}
