import type { Session } from "../../duckdb/session.js";
import type { ExportQuery } from "../catalog.js";
import type { CatalogValue } from "../catalog-schema.js";
import { fromTables, type ProjectColumns } from "../columns/project-columns.js";
import { Bindings } from "../filter/bindings.js";
import { readFilter } from "./read-filter.js";
import { selectValues } from "./select-values.js";
import { orderBy, sortOrder } from "./sort-order.js";
import { shownColumns } from "./value-counts.js";

/** What a query selects as CSV text, some 2,000 rows at a time, of which one piece is in memory. */
export async function* exportRows(
  session: Session,
  columns: ProjectColumns,
  query: ExportQuery,
): AsyncGenerator<string, void, undefined> {
  const { project } = columns;
  const bindings = new Bindings();
  const selection = readFilter(columns, query.filter, bindings);
  const order = sortOrder(columns, query.sort);
  const { shown } = await shownColumns(session, columns, query.columns, Infinity);
  const values = selectValues(project, shown);
  const write = query.forSpreadsheet ? (value: CatalogValue) => csvCell(escapeFormula(value)) : csvCell;
  let text = csvLine(shown.map(({ info }) => csvCell(info.name)));
  const rows = session.stream(
    `SELECT ${["e.row", ...values.expressions].join(", ")}
     ${fromTables(project, [...selection.columns, ...order.columns])}${values.join} WHERE ${selection.where} ${orderBy(order)}`,
    bindings.values,
  );
  for await (const chunk of rows) {
    for (const [, ...results] of chunk) text += csvLine(values.decode(results).map(write));
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}

function csvLine(cells: readonly string[]): string {
  return `${cells.join(",")}\n`;
}

/** Text that came out of JSON may have line breaks, which RFC 4180 allows inside quotes. */
function csvCell(value: CatalogValue): string {
  if (value === null) return "";
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets execute text that begins so, even inside quotes. */
function escapeFormula(value: CatalogValue): CatalogValue {
  return typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
