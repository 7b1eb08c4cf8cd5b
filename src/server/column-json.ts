import type { ColumnInfo } from "../catalog/catalog.js";
import { inSnakeCase } from "../experiment/snake-case.js";

/** A column of the catalog, as the API names it. */
export function columnJson({ name, filterName, kind, type }: ColumnInfo) {
  return inSnakeCase({ name, filterName, kind, type });
}
