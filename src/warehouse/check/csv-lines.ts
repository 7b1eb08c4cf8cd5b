import type { Store } from "../../store/store.js";
import { chunksOfFile } from "../../tracking-log/log-chunks.js";
import type { RowCells } from "../../tracking-log/log-shape.js";
import { splitLines } from "../../tracking-log/read-log.js";
import { parseHeader, parseRow } from "../../tracking-log/row.js";
import type { LogFileToCheck } from "./check-job.js";

/** A line of a log file: its header, a row, or why it is none. Counts from 1, the header. */
type CheckedLine = { line: number } & (
  | { header: readonly string[] }
  | { cells: RowCells }
  | { broken: string; text: string }
);

/**
 * The lines of a CSV file that lies where a log does, some megabytes at a time, whatever it is. A file that
 * was taken away since it was listed has none: its rows are in another one.
 */
export async function* csvLines(store: Store, file: LogFileToCheck): AsyncGenerator<CheckedLine> {
  let header: readonly string[] | undefined;
  try {
    for await (const { firstLine, bytes, tooLong } of chunksOfFile(store, file)) {
      for (const line of tooLong) yield { line, broken: "it is longer than any row can be", text: "" };
      let line = firstLine - 1;
      for (const { text, problem } of splitLines(bytes)) {
        line += 1;
        if (line === 1 && !problem) {
          header = parseHeader(text, file.log);
          if (header) yield { line, header };
          else yield { line, broken: `it is not the header of ${file.log.title}`, text };
        } else if (problem) yield { line, broken: problem, text };
        else if (text !== "") {
          const row = header ? parseRow(header, text, file.log) : { broken: "its file has no header" };
          yield "cells" in row ? { line, ...row } : { line, ...row, text };
        }
      }
    }
  } catch (error) {
    if (await store.stat(file.path)) throw error;
  }
}
