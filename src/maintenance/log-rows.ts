import { createHash } from "node:crypto";

import { pathWithoutType } from "../predictions/predictions-path.js";
import type { CallOptions, Store } from "../store/store.js";
import type { RowCells } from "../tracking-log/log-shape.js";
import { linesOf, listLogFiles, projectFolder } from "../tracking-log/read-log.js";
import { newerFormat } from "../tracking-log/row.js";

/** The rows of one log file, as they stand there. */
export interface LogFileRows {
  path: string;
  /** With its line break. */
  header: string;
  rows: CopiedRow[];
  /** Lines that are no rows. */
  broken: { line: number; reason: string }[];
}

export interface CopiedRow {
  predictionId: string;
  /** With its line break. */
  text: string;
  predictions: string;
  /** Two rows of the same digest say the same, whatever the order of their columns and their format. */
  digest: string;
}

/** The rows of a project, a log file at a time, oldest first. */
export async function* logFileRows(
  store: Store,
  project: string,
  options: CallOptions,
): AsyncGenerator<LogFileRows> {
  const done = new Set<string>();
  for (let missed = true; missed; ) {
    missed = false;
    for (const { name } of await listLogFiles(store, project)) {
      const path = `${projectFolder(project)}/${name}`;
      if (done.has(path)) continue;
      done.add(path);
      const file = await store.read(path, options);
      // Listed but gone: a repair has put its rows into a file that came after the listing.
      if (file) yield rowsOf(path, file.bytes);
      else missed = true;
    }
  }
}

function rowsOf(path: string, bytes: Uint8Array): LogFileRows {
  const header = Buffer.from(bytes.subarray(0, bytes.indexOf(0x0a) + 1)).toString();
  const found: LogFileRows = { path, header, rows: [], broken: [] };
  for (const line of linesOf(path, bytes)) {
    if ("broken" in line) found.broken.push({ line: line.line, reason: line.broken });
    else {
      found.rows.push({
        predictionId: line.cells.get("prediction_id") as string,
        text: `${line.text}\n`,
        predictions: line.cells.get("predictions") as string,
        digest: digestOf(line.cells),
      });
    }
  }
  return found;
}

/**
 * Of the cells that hold something, by name. What `compact` changes where it brings a row from format 1 into
 * format 2 is left out: the format, and the type in the predictions' name.
 */
function digestOf(cells: RowCells): string {
  const same = new Map(cells).set("predictions", pathWithoutType(cells.get("predictions") ?? ""));
  if (newerFormat(cells) === undefined) same.delete("format");
  const filled = [...same].filter(([, text]) => text !== "").sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(filled)).digest("base64").slice(0, 22);
}
