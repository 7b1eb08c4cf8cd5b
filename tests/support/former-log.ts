import type { Kind } from "../../src/experiment/input/experiment-input.js";
import { columnsOfFormat1 } from "../../src/tracking-log/columns.js";
import { formatLine } from "../../src/tracking-log/csv-line.js";
import { parseHeader, parseRow } from "../../src/tracking-log/row.js";

/** The text of a log file of format 2, of experiments of one kind, as format 1 had it. */
export function asFormat1(text: string, { isEarlier = false } = {}): string {
  const [first = "", ...lines] = text.trimEnd().split("\n");
  const header = parseHeader(first);
  if (!header) throw new Error("it is not the header of a tracking log");
  const rows = lines.map((line) => {
    const row = parseRow(header, line);
    if ("broken" in row) throw new Error(row.broken);
    return new Map([...row.cells, ["format", "1"]]);
  });
  const columns = columnsOfFormat1(rows[0]?.get("kind") as Kind, isEarlier).map(({ name }) => name);
  return [columns, ...rows.map((cells) => columns.map((name) => cells.get(name)!))].map(formatLine).join("");
}
