import type { Session } from "../../duckdb/session.js";
import type { ExperimentRecord } from "../../experiment/experiment-record.js";
import { toRecord } from "../../tracking-log/row.js";
import { fixedColumns, rawColumns, scoreColumns } from "../columns/physical-columns.js";
import type { ProjectState } from "../project-state.js";
import { isoTime } from "./select-values.js";

/**
 * Those of some experiments that are in a project, as they stand in the log.
 * @param table of those in the trash, where they are asked for
 */
export async function findExperiments(
  session: Session,
  project: ProjectState,
  predictionIds: readonly string[],
  table: string = project.table,
): Promise<ExperimentRecord[]> {
  const plain = [...fixedColumns, ...scoreColumns];
  const expressions = [...plain.map(({ column }) => column), ...rawColumns];
  const found = await session.rows(
    `SELECT rowid FROM ${table} WHERE c_prediction_id IN (SELECT unnest(from_json($1, '["VARCHAR"]')))`,
    [JSON.stringify(predictionIds)],
  );
  if (found.length === 0) return [];
  // By their row ids, so that nothing is read of the long columns of other rows.
  const rows = await session.rows(
    `SELECT ${expressions.join(", ")} FROM ${table}
     WHERE rowid IN (SELECT unnest([${found.map(([id]) => id).join(", ")}]::BIGINT[]))`,
  );
  return rows.map((row) => {
    const cells = new Map<string, string>();
    for (const [i, { name, type }] of plain.entries()) {
      const value = row[i] as string | number | boolean | null;
      if (value !== null) cells.set(name, type === "time" ? isoTime(value as number) : String(value));
    }
    for (const [i, name] of rawColumns.entries()) cells.set(name, (row[plain.length + i] ?? "") as string);
    const read = toRecord(cells);
    if ("record" in read) return read.record;
    throw new Error(
      `the catalog has a row for ${cells.get("prediction_id")} that the log's reader refuses: ${read.broken}`,
    );
  });
}
