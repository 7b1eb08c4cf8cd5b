import { notArchived } from "../columns/annotation-columns.js";
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
  /** A condition over `e` and joined rare names; "true" where all are selected. */
  where: string;
  isAll: boolean;
  /** The columns that it looks at. */
  columns: ProjectColumn[];
}

/**
 * Reads a filter for one project. Archived experiments are left out unless it names the column `archived`.
 * @throws FilterError
 */
export function readFilter(
  columns: ProjectColumns,
  filter: string | undefined,
  bindings: Bindings,
): Selection {
  const parsed = filter === undefined ? undefined : parseFilter(filter);
  const checked =
    parsed &&
    checkFilter(parsed, {
      resolve: ({ parts }) => findColumn(columns, parts),
      searched: searchedColumns(columns),
    });
  const used = checked ? filterColumns(checked) : [];
  const conditions = checked ? [filterSql(checked, bindings)] : [];
  const asksForThem = used.some(({ info }) => info.kind === "annotation" && info.name === "archived");
  if (columns.project.archived > 0 && !asksForThem) conditions.push(notArchived);
  return { where: conditions.join(" AND ") || "true", isAll: conditions.length === 0, columns: used };
}

/** FROM and WHERE of a query over what a filter selects. */
export function fromSelection(
  columns: ProjectColumns,
  selection: Selection,
  others: readonly ProjectColumn[] = [],
): string {
  return `${fromTables(columns.project, [...selection.columns, ...others])} WHERE ${selection.where}`;
}
