import { idKey, type SortedKeys } from "../../tracking-log/key-list.js";
import type { CheckJob, LogFileToCheck } from "./check-job.js";
import { csvLines } from "./csv-lines.js";

/** Tells of every row but the first of an id, in whatever file or project it is. */
export async function tellOfRepeatedRows(
  { store, tell }: CheckJob,
  files: readonly LogFileToCheck[],
  repeated: SortedKeys,
): Promise<void> {
  const firstFile = new Int32Array(repeated.size).fill(-1);
  const firstLine = new Int32Array(repeated.size);
  for (const [number, file] of files.entries()) {
    for await (const checked of csvLines(store, file)) {
      if (!("cells" in checked)) continue;
      const id = checked.cells.get("prediction_id") as string;
      const at = repeated.indexOf(...idKey(id));
      if (at < 0) continue;
      if (firstFile[at]! < 0) {
        firstFile[at] = number;
        firstLine[at] = checked.line;
        continue;
      }
      const first = `${files[firstFile[at]!]!.path}:${firstLine[at]}`;
      const message = `${id} has a row in ${first}, too`;
      await tell({ kind: "repeated-row", path: file.path, line: checked.line, message });
    }
  }
}
