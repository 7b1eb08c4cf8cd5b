import { hasFunction } from "./dense.js";
import type { ArqueroTableLike, ArrowTableLike, DanfoLike, TableLike } from "./held-types.js";

export function isTable(value: object): value is TableLike {
  return isArrowTable(value) || isArqueroTable(value) || (isDanfo(value) && !value.$isSeries);
}

/** A series of Danfo: its values are an array. */
export function isDanfoSeries(value: object): value is DanfoLike {
  return isDanfo(value) && value.$isSeries;
}

/** The columns of a table by name, as the library holds them; filters and orders apply. */
export function tableColumns(table: TableLike): [string, unknown][] {
  if (isArrowTable(table)) {
    return table.schema.fields.map(({ name }, i) => [String(name), table.getChildAt(i)]);
  }
  if (isArqueroTable(table)) return table.columnNames().map((name) => [name, Array.from(table.array(name))]);
  const rows = table.values as readonly (readonly unknown[])[];
  return table.columns.map((name, i) => [String(name), rows.map((row) => row[i])]);
}

function isArrowTable(value: object): value is ArrowTableLike {
  return (
    hasFunction(value, "getChildAt") &&
    "schema" in value &&
    typeof value.schema === "object" &&
    value.schema !== null &&
    "fields" in value.schema &&
    Array.isArray(value.schema.fields)
  );
}

function isArqueroTable(value: object): value is ArqueroTableLike {
  return hasFunction(value, "columnNames") && hasFunction(value, "array");
}

function isDanfo(value: object): value is DanfoLike {
  return "$isSeries" in value && "values" in value && "columns" in value && Array.isArray(value.columns);
}
