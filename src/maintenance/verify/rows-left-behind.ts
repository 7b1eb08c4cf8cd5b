import { linesOf, logLines } from "../../tracking-log/read-log.js";
import { createNextLogFile } from "../../tracking-log/repair-log-file.js";
import type { VerifyJob } from "./verify-job.js";

/**
 * Tells of the rows of a log file that a killed repair had taken away, and logs those again that are in no
 * other file.
 */
export async function bringBackRows(
  { store, repair, findings, now }: VerifyJob,
  path: string,
): Promise<void> {
  const file = await store.read(path);
  if (!file) return;
  const rowsOf = new Map<string, Map<string, string>>();
  for (const line of linesOf(path, file.bytes)) {
    if (!("cells" in line)) continue;
    const project = line.cells.get("project") ?? "";
    const rows = rowsOf.get(project) ?? new Map<string, string>();
    rows.set(line.cells.get("prediction_id") as string, line.text);
    rowsOf.set(project, rows);
  }
  const header = file.bytes.subarray(0, file.bytes.indexOf(0x0a) + 1);
  for (const [project, rows] of rowsOf) {
    for await (const line of logLines(store, project)) {
      if ("cells" in line) rows.delete(line.cells.get("prediction_id") as string);
    }
    if (rows.size === 0) continue;
    if (repair) {
      const text = [...rows.values()].map((row) => `${row}\n`).join("");
      await createNextLogFile(store, project, now(), [header, Buffer.from(text)]);
    }
    for (const id of rows.keys()) {
      await findings.add({
        kind: "row-left-behind",
        project,
        path,
        message: `the row of ${id} is not in the tracking log, but in a file that a killed repair took away`,
        repaired: repair,
      });
    }
  }
  if (repair) await store.removeIfUnchanged(path, file.version);
}
