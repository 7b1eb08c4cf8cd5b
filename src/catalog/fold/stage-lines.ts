import { setImmediate as yieldToOthers } from "node:timers/promises";
import type { Session } from "../../duckdb/session.js";
import type { LogLine, LogProblem } from "../../tracking-log/read-log.js";
import type { CatalogLog } from "../logs/catalog-log.js";
import { stageCells } from "./stage.js";

/** A batch is sent to DuckDB at so many rows, or so many characters. */
const batchRows = 2_000;
const batchSize = 4_000_000;

/** Adds the rows among lines to the stage, strictly read, and says why the others are none. */
export async function stageLines(
  session: Session,
  log: CatalogLog,
  lines: readonly { file: number; line: LogLine }[],
): Promise<LogProblem[]> {
  const problems: LogProblem[] = [];
  const all = stageCells(log);
  let batch: (string | null)[][] = [];
  let size = 0;
  const send = async () => {
    if (batch.length === 0) return;
    const cells = all.map(({ type }, i) =>
      type === "number" ? `TRY_CAST(x[${i + 2}] AS DOUBLE)` : `x[${i + 2}]`,
    );
    await session.run(
      `INSERT INTO stage (file, ${all.map(({ column }) => column).join(", ")}, bad, odd)
       SELECT x[1]::INTEGER, ${cells.join(", ")}, false, false FROM (SELECT unnest(from_json($1, '[["VARCHAR"]]')) x)`,
      [JSON.stringify(batch)],
    );
    batch = [];
    size = 0;
    await yieldToOthers();
  };
  for (const { file, line } of lines) {
    const read = "cells" in line ? log.read(line.cells) : line;
    if ("broken" in read) {
      problems.push({ path: line.path, line: line.line, reason: read.broken });
      continue;
    }
    const { cells } = line as Extract<LogLine, { cells: unknown }>;
    batch.push([
      String(file),
      ...all.map(({ name, type }) => {
        const cell = cells.get(name) || null;
        if (cell === null) return null;
        if (type === "time") return String(read.times[name]!.getTime());
        return type === "number" ? String(Number(cell)) : cell;
      }),
    ]);
    size += line.text.length;
    if (batch.length >= batchRows || size >= batchSize) await send();
  }
  await send();
  return problems;
}
