import { setImmediate as yieldToOthers } from "node:timers/promises";
import type { Session } from "../../duckdb/session.js";
import type { LogLine, LogProblem } from "../../tracking-log/read-log.js";
import { toRecord } from "../../tracking-log/row.js";
import { fixedColumns, scoreColumns } from "../columns/physical-columns.js";
import { cellColumns, cellNames, isNumber } from "./stage.js";

const numeric = new Set(
  [...fixedColumns.filter(({ type }) => type === "number"), ...scoreColumns].map(({ name }) => name),
);
/** A batch is sent to DuckDB at so many rows, or so many characters. */
const batchRows = 2_000;
const batchSize = 4_000_000;

/** Adds the rows among lines to the stage, strictly read, and says why the others are none. */
export async function stageLines(
  session: Session,
  lines: readonly { file: number; line: LogLine }[],
): Promise<LogProblem[]> {
  const problems: LogProblem[] = [];
  let batch: (string | null)[][] = [];
  let size = 0;
  const send = async () => {
    if (batch.length === 0) return;
    const cells = cellColumns.map((column, i) =>
      isNumber(column) ? `TRY_CAST(x[${i + 2}] AS DOUBLE)` : `x[${i + 2}]`,
    );
    await session.run(
      `INSERT INTO stage (file, ${cellColumns.join(", ")}, bad, odd)
       SELECT x[1]::INTEGER, ${cells.join(", ")}, false, false FROM (SELECT unnest(from_json($1, '[["VARCHAR"]]')) x)`,
      [JSON.stringify(batch)],
    );
    batch = [];
    size = 0;
    await yieldToOthers();
  };
  for (const { file, line } of lines) {
    const read = "cells" in line ? toRecord(line.cells) : line;
    if ("broken" in read) {
      problems.push({ path: line.path, line: line.line, reason: read.broken });
      continue;
    }
    const { cells } = line as Extract<LogLine, { cells: unknown }>;
    const loggedAt = String(read.record.loggedAt.getTime());
    batch.push([
      String(file),
      ...cellNames.map((name) => {
        const cell = cells.get(name) || null;
        if (name === "logged_at") return loggedAt;
        return cell !== null && numeric.has(name) ? String(Number(cell)) : cell;
      }),
    ]);
    size += line.text.length;
    if (batch.length >= batchRows || size >= batchSize) await send();
  }
  await send();
  return problems;
}
