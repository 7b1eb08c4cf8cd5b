import { scoreRegistry } from "../../scores/registry.js";
import { type Column, logColumns } from "../../tracking-log/columns.js";

/** A column of the tracking log that has its own column in the catalog's tables. */
export interface PhysicalColumn {
  /** In the tracking log. */
  name: string;
  /** In DuckDB, where names ignore case and some are reserved. */
  column: string;
  type: "text" | "number" | "boolean" | "time";
}

const flattened = new Set(["model_parameters", "extra_parameters"]);

/** JSON columns as they stand in the log, for showing one experiment. */
export const rawColumns = ["model_parameters", "extra_parameters"] as const;

/** The columns that every experiment has, but for scores, in the order of the log. */
export const fixedColumns: readonly PhysicalColumn[] = logColumns
  .filter(({ name, meaning }) => meaning !== "score" && !flattened.has(name))
  .map((column) => ({ name: column.name, column: `c_${column.name}`, type: fixedType(column) }));

/** The scores of both kinds, in the order of the registry. */
export const scoreColumns: readonly PhysicalColumn[] = scoreRegistry.map(({ name }) => ({
  name,
  column: `s_${name}`,
  type: "number",
}));

function fixedType({ type }: Column): PhysicalColumn["type"] {
  if (type === "integer") return "number";
  return type === "json" ? "text" : type;
}

/** How DuckDB keeps a type; times are milliseconds since 1970. */
export function storageType(type: PhysicalColumn["type"]): string {
  return { text: "VARCHAR", number: "DOUBLE", boolean: "BOOLEAN", time: "BIGINT" }[type];
}
