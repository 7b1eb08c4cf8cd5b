import type { CallOptions, Store } from "../store/store.js";
import type { LogShape, RowCells } from "../tracking-log/log-shape.js";
import { linesOf, listLogFiles, logLines, projectFolder } from "../tracking-log/read-log.js";
import { createNextLogFile } from "../tracking-log/repair-log-file.js";

interface RowsCopy extends CallOptions {
  from: Store;
  to: Store;
  /** Or another name of a folder of the log. */
  project: string;
  log: LogShape;
  isWanted?: (cells: RowCells) => boolean;
}

/**
 * Copies the rows of a log that the other store does not have, in whatever file.
 * @returns what was copied now
 */
export async function copyFreshRows(job: RowsCopy): Promise<RowCells[]> {
  const { from, to, project, log, isWanted = () => true, signal } = job;
  const there = new Set<string>();
  for await (const line of logLines(to, project, log)) if ("cells" in line) there.add(line.text);
  const copied: RowCells[] = [];
  for (const { name } of await listLogFiles(from, project, { signal }, log)) {
    const path = `${projectFolder(project, log)}/${name}`;
    const file = await from.read(path, { signal });
    if (!file) continue; // folded into another one meanwhile: copying again finds that
    const header = file.bytes.subarray(0, file.bytes.indexOf(0x0a) + 1);
    const fresh: string[] = [];
    for (const line of linesOf(path, file.bytes, log)) {
      if (!("cells" in line) || there.has(line.text) || !isWanted(line.cells)) continue;
      there.add(line.text);
      copied.push(line.cells);
      fresh.push(`${line.text}\n`);
    }
    if (fresh.length === 0) continue;
    await createNextLogFile(to, project, new Date(), [header, Buffer.from(fresh.join(""))], log);
  }
  return copied;
}
