import { idKey, keyList, textKey } from "../../tracking-log/key-list.js";
import { type RowCells, trackingLog } from "../../tracking-log/log-shape.js";
import { whyNoValue } from "./cell-types.js";
import type { CheckJob, LogFileToCheck, WarehouseCheck } from "./check-job.js";
import { csvLines } from "./csv-lines.js";
import { columnTypes, whyOtherHeader } from "./log-header.js";
import { tellOfRepeatedRows } from "./repeated-rows.js";

/** Reads every line of every log: headers, torn lines, cells, and ids that stand more than once. */
export const checkLogRows: WarehouseCheck = async (job, { logFiles }) => {
  const ids = keyList();
  const named = keyList();
  for (const [done, file] of logFiles.entries()) {
    job.signal?.throwIfAborted();
    await checkFile(job, file, (cells) => {
      ids.add(...idKey(cells.get("prediction_id") as string));
      named.add(...textKey(cells.get("predictions") ?? ""));
    });
    job.onProgress(done + 1, logFiles.length);
  }
  const sorted = ids.sorted();
  const repeated = sorted.repeated();
  const tracking = logFiles.filter(({ log }) => log === trackingLog);
  if (repeated.size > 0) await tellOfRepeatedRows(job, tracking, repeated);
  return { experiments: sorted.size, namedPredictions: named.sorted() };
};

/** @param onRow gets each row of the tracking log */
async function checkFile(
  { store, tell }: CheckJob,
  file: LogFileToCheck,
  onRow: (cells: RowCells) => void,
): Promise<void> {
  const { path, log } = file;
  for await (const checked of csvLines(store, file)) {
    const { line } = checked;
    if ("header" in checked) {
      const other = whyOtherHeader(checked.header, log);
      if (other) await tell({ ...other, path, line });
    } else if ("broken" in checked) {
      const shown = checked.text === "" ? "" : `: ${JSON.stringify(checked.text.slice(0, 80))}`;
      await tell({ kind: "torn-line", path, line, message: `${checked.broken}${shown}` });
    } else if (log === trackingLog) {
      onRow(checked.cells);
      const message = cellsOfOtherTypes(checked.cells);
      if (message !== undefined) await tell({ kind: "unreadable-cell", path, line, message });
    }
  }
}

function cellsOfOtherTypes(cells: RowCells): string | undefined {
  const wrong: string[] = [];
  for (const [name, cell] of cells) {
    const type = columnTypes.get(name);
    const why = type && whyNoValue(type, cell);
    if (why !== undefined) wrong.push(`${name} is ${JSON.stringify(cell.slice(0, 40))}, ${why}`);
  }
  return wrong.length > 0 ? `${cells.get("prediction_id")}: ${wrong.join("; ")}` : undefined;
}
