import type { Store } from "../../store/store.js";
import { idKey, type SortedKeys } from "../../tracking-log/key-list.js";
import { logLines } from "../../tracking-log/read-log.js";
import type { Finding } from "./findings.js";

/**
 * Tells of the rows whose id has another one. Of those in two files the earlier one is the one too many:
 * every repair and every compaction moves rows forwards only.
 * @returns the file that has the last row of an id; undefined of an id that stands once
 */
export async function findDuplicates(
  store: Store,
  project: string,
  repeated: SortedKeys,
  tell: (finding: Finding) => Promise<void>,
): Promise<(id: string) => string | undefined> {
  const files: string[] = [];
  const lastFile = new Int32Array(repeated.size).fill(-1);
  const lastLine = new Int32Array(repeated.size);
  for await (const line of logLines(store, project)) {
    if ("broken" in line) continue;
    if (files.at(-1) !== line.path) files.push(line.path);
    const id = line.cells.get("prediction_id") as string;
    const at = repeated.indexOf(...idKey(id));
    if (at < 0) continue;
    const place = { kind: "duplicate-row", project, repaired: false } as const;
    const before = lastFile[at]!;
    if (before === files.length - 1) {
      await tell({ ...place, path: line.path, line: line.line, message: `${id} has a row before this one` });
      continue;
    }
    if (before >= 0) {
      const message = `${id} has a row in ${line.path}, too`;
      await tell({ ...place, path: files[before]!, line: lastLine[at]!, message });
    }
    lastFile[at] = files.length - 1;
    lastLine[at] = line.line;
  }
  return (id) => {
    const at = repeated.indexOf(...idKey(id));
    return at < 0 ? undefined : files[lastFile[at]!];
  };
}
