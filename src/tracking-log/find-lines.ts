import type { Store } from "../store/store.js";
import { logChunks } from "./log-chunks.js";
import { type LogLine, lineText } from "./read-log.js";
import { parseHeader, parseRow } from "./row.js";

const lineBreak = 0x0a;
const quote = 0x22;
const idLength = 12;

/**
 * The lines of some experiments in a project's log, oldest file first, duplicates included. Only these lines
 * are parsed, and each file is read once. A caller that has what it looks for may stop.
 */
export async function* findLines(
  store: Store,
  project: string,
  predictionIds: ReadonlySet<string>,
): AsyncGenerator<LogLine, void, undefined> {
  const starts = new Set([...predictionIds].map((id) => Buffer.from(id, "latin1").readUInt32LE(0)));
  let header: readonly string[] | undefined;
  for await (const { path, firstLine, bytes } of logChunks(store, project)) {
    if (firstLine === 1) header = undefined;
    let line = firstLine - 1;
    for (let start = 0, end: number; start < bytes.length; start = end + 1) {
      end = bytes.indexOf(lineBreak, start);
      if (end < 0) break; // torn: no row
      line += 1;
      if (line === 1) {
        header = parseHeader(lineText(bytes.subarray(start, end)) ?? "");
        continue;
      }
      if (header === undefined) continue;
      if (header[0] === "prediction_id") {
        const id = bytes[start] === quote ? start + 1 : start; // an editor may have quoted it
        if (end - id < idLength || !starts.has(bytes.readUInt32LE(id))) continue;
        if (!predictionIds.has(bytes.toString("latin1", id, id + idLength))) continue;
      }
      const text = lineText(bytes.subarray(start, end));
      if (text === undefined) continue;
      const row = parseRow(header, text);
      if ("cells" in row && predictionIds.has(row.cells.get("prediction_id")!))
        yield { path, line, text, ...row };
    }
  }
}
