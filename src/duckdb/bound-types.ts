import type { DuckDBType, DuckDBValue } from "@duckdb/node-api";

/** From here on a whole number is none of DuckDB's BIGINT, as which whole numbers are bound. */
const beyondBigint = 2 ** 63;

/**
 * The types of those values that are not bound right by their own: whole numbers that only a DOUBLE holds, such
 * as 1e21. Others have none here.
 */
export async function boundTypes(values: readonly DuckDBValue[]): Promise<DuckDBType[]> {
  const types: DuckDBType[] = [];
  if (!values.some(isHuge)) return types;
  const { DOUBLE } = await import("@duckdb/node-api");
  for (const [i, value] of values.entries()) if (isHuge(value)) types[i] = DOUBLE;
  return types;
}

/** The same for values that are bound by name. */
export async function namedTypes(values: Record<string, DuckDBValue>): Promise<Record<string, DuckDBType>> {
  const names = Object.keys(values);
  const types = await boundTypes(Object.values(values));
  return Object.fromEntries(names.flatMap((name, i) => (types[i] ? [[name, types[i]]] : [])));
}

function isHuge(value: DuckDBValue): boolean {
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) >= beyondBigint;
}
