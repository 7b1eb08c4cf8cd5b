import { findColumn } from "../columns/find-column.js";
import {
  fromTables,
  type ProjectColumn,
  type ProjectColumns,
  searchedColumns,
} from "../columns/project-columns.js";
import type { Bindings } from "../filter/bindings.js";
import { checkFilter } from "../filter/check-filter.js";
import { filterColumns, filterSql } from "../filter/filter-sql.js";
import { parseFilter } from "../filter/parse-filter.js";

/** What a filter selects, as SQL. */
export interface Selection {
  /** A condition over `e` and joined rare names; "true" without a filter. */
  where: string;
  /** The columns that it looks at. */
  columns: ProjectColumn[];
}

/**
 * Reads a filter for one project.
 * @throws FilterError
 */
export function readFilter(
  columns: ProjectColumns,
  filter: string | undefined,
  bindings: Bindings,
): Selection {
  const parsed = filter === undefined ? undefined : parseFilter(filter);
  if (!parsed) return { where: "true", columns: [] };
  const checked = checkFilter(parsed, {
    resolve: ({ parts }) => findColumn(columns, parts),
    searched: searchedColumns(columns),
  });
  return { where: filterSql(checked, bindings), columns: filterColumns(checked) };
}

/** FROM and WHERE of a query over what a filter selects. */
export function fromSelection(
  columns: ProjectColumns,
  selection: Selection,
  others: readonly ProjectColumn[] = [],
): string {
  return `${fromTables(columns.project, [...selection.columns, ...others])} WHERE ${selection.where}`;
}
