import type { PredictionColumn } from "../../predictions/prediction-table.js";

/** An id as JSON carries it; null where there is none. */
export type Id = string | number | null;

/** The id in a row of the file; integers that a double does not hold exactly as text. */
export function idAt(ids: PredictionColumn | undefined, row: number): Id {
  if (!ids) return null;
  const id = "codes" in ids ? ids.dictionary[ids.codes[row]!]! : ids.values[row]!;
  return typeof id === "bigint" ? String(id) : id;
}
