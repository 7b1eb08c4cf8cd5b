import type { ExperimentRecord } from "../../experiment/experiment-record.js";
import { toRecord } from "../../tracking-log/row.js";
import { fixedColumns, rawColumns, scoreColumns } from "../columns/physical-columns.js";
import type { ProjectState } from "../project-state.js";
import type { Session } from "../session.js";
import { isoTime } from "./select-values.js";

/** One experiment as it stands in the log, if it is in one of the projects. */
export async function findExperiment(
  session: Session,
  projects: readonly ProjectState[],
  predictionId: string,
): Promise<ExperimentRecord | undefined> {
  const plain = [...fixedColumns, ...scoreColumns];
  const expressions = [...plain.map(({ column }) => column), ...rawColumns];
  for (const project of projects) {
    const [row] = await session.rows(
      `SELECT ${expressions.join(", ")} FROM ${project.table} WHERE c_prediction_id = $1`,
      [predictionId],
    );
    if (!row) continue;
    const cells = new Map<string, string>();
    for (const [i, { name, type }] of plain.entries()) {
      const value = row[i] as string | number | boolean | null;
      if (value !== null) cells.set(name, type === "time" ? isoTime(value as number) : String(value));
    }
    for (const [i, name] of rawColumns.entries()) cells.set(name, (row[plain.length + i] ?? "") as string);
    const read = toRecord(cells);
    if ("record" in read) return read.record;
    throw new Error(
      `the catalog has a row for ${predictionId} that the log's reader refuses: ${read.broken}`,
    );
  }
}
