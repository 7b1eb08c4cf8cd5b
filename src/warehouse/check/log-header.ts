import { annotationHeader } from "../../annotations/annotation-line.js";
import { kinds } from "../../experiment/input/experiment-input.js";
import { type Column, type ColumnType, columnsOfFormat1, logColumns } from "../../tracking-log/columns.js";
import { formatLine } from "../../tracking-log/csv-line.js";
import { type LogShape, trackingLog } from "../../tracking-log/log-shape.js";
import { headerLine } from "../../tracking-log/row.js";
import type { WarehouseFinding } from "./warehouse-finding.js";

/** The type of every column that a tracking log of either format has. */
export const columnTypes: ReadonlyMap<string, ColumnType> = new Map(
  logColumns.map(({ name, type }) => [name, type]),
);

const lineOf = (columns: readonly Column[]) => formatLine(columns.map(({ name }) => name));
/** The headers of log files of format 1, with their line breaks. */
export const formerHeaders: ReadonlySet<string> = new Set([
  lineOf(columnsOfFormat1("classification", true)),
  ...kinds.map((kind) => lineOf(columnsOfFormat1(kind))),
]);

/** What is wrong with a header, for who matches columns by their position; undefined where nothing is. */
export function whyOtherHeader(
  header: readonly string[],
  log: LogShape,
): Pick<WarehouseFinding, "kind" | "message"> | undefined {
  const line = formatLine(header);
  if (line === (log === trackingLog ? headerLine : annotationHeader)) return undefined;
  if (log === trackingLog && formerHeaders.has(line))
    return { kind: "former-format", message: "its columns are those of format 1" };
  return {
    kind: "other-header",
    message: `it has other columns than this version writes in ${log.title}, and they are matched by position`,
  };
}
