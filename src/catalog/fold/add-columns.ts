import type { Session } from "../../duckdb/session.js";
import type { Form, ProjectState } from "../project-state.js";
import { wideColumnTypes } from "../schema.js";

/** Beyond so many new columns it is faster to write the table anew. */
const mostAdded = 50;

/** Gives names their columns in the project's table, which may become another one. */
export async function addColumns(
  session: Session,
  project: ProjectState,
  missing: readonly { name: { id: number }; forms: readonly Form[] }[],
): Promise<void> {
  const columns = missing.flatMap(({ name, forms }) => wideColumnTypes(name.id, forms));
  if (columns.length === 0) return;
  if (columns.length <= mostAdded && !project.rowsChanged) {
    for (const column of columns) await session.run(`ALTER TABLE ${project.table} ADD COLUMN ${column}`);
    return;
  }
  const [, id, number] = project.table.split("_");
  const table = `e_${id}_${Number(number) + 1}`;
  const empty = columns.map((column) => {
    const [name, type] = column.split(" ");
    return `NULL::${type} AS ${name}`;
  });
  await session.run(`CREATE TABLE ${table} AS SELECT *, ${empty.join(", ")} FROM ${project.table}`);
  await session.run(`DROP TABLE ${project.table}`);
  project.table = table;
}
