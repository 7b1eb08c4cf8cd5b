import type { Session } from "../../duckdb/session.js";
import type { DistinctValuesQuery } from "../catalog.js";
import type { DistinctValue } from "../catalog-schema.js";
import { columnNamed } from "../columns/find-column.js";
import type { ProjectColumns } from "../columns/project-columns.js";
import { Bindings } from "../filter/bindings.js";
import { allForms, type Form } from "../project-state.js";
import { checkCount } from "./limits.js";
import { fromSelection, readFilter } from "./read-filter.js";
import { firstValue, formsOf } from "./select-values.js";

/** The values of a column, the most frequent first; missing values are left out. */
export async function distinctValues(
  session: Session,
  columns: ProjectColumns,
  name: string,
  query: DistinctValuesQuery,
): Promise<DistinctValue[]> {
  const limit = checkCount("limit", query.limit, { least: 1, most: 10_000, usual: 100 });
  const column = columnNamed(columns, name);
  const bindings = new Bindings();
  const selection = readFilter(columns, query.filter, bindings);
  const forms = formsOf(column);
  const conditions = [`(${forms.map((value) => `${value} IS NOT NULL`).join(" OR ")})`];
  if (query.prefix) {
    const prefix = bindings.bind(query.prefix);
    const texts = allForms.flatMap((which) => {
      const value = column.forms[which];
      return value === undefined
        ? []
        : [`starts_with(lower(${asText(which, value, column.info.type === "time")}), lower(${prefix}))`];
    });
    conditions.push(`(${texts.join(" OR ")})`);
  }
  const rows = await session.rows(
    `SELECT ${forms.join(", ")}, count(*) ${fromSelection(columns, selection, [column])} AND ${conditions.join(" AND ")}
     GROUP BY ALL ORDER BY count(*) DESC, ${forms.map((value) => `${value} ASC NULLS LAST`).join(", ")} LIMIT ${limit}`,
    bindings.values,
  );
  return rows.map((row) => ({
    value: firstValue(row.slice(0, -1), column.info.type === "time"),
    count: row.at(-1) as number,
  }));
}

/** A value as JavaScript writes it, as far as prefixes go. */
function asText(form: Form, value: string, isTime: boolean): string {
  if (form !== "number") return `CAST(${value} AS VARCHAR)`;
  if (isTime) return `strftime(make_timestamp_ms(${value}), '%Y-%m-%dT%H:%M:%S.%gZ')`;
  return `CASE WHEN ${value} = trunc(${value}) AND abs(${value}) < 1e15 THEN CAST(CAST(${value} AS BIGINT) AS VARCHAR) ELSE CAST(${value} AS VARCHAR) END`;
}
