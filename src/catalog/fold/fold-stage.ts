import type { Session } from "../../duckdb/session.js";
import type { JsonColumn } from "../logs/catalog-log.js";
import { logOf } from "../logs/log-of.js";
import { allForms, type Form, form, type NameState, type ProjectState } from "../project-state.js";
import { addColumns } from "./add-columns.js";
import { chooseWide } from "./choose-wide.js";
import { insertRows, type RowOf } from "./insert-rows.js";
import { findJsonNames, type JsonMapping } from "./json-names.js";
import { leaveDuplicatesOut } from "./leave-duplicates-out.js";
import { foldRareValues } from "./rare-values.js";
import { readTextsAsValues } from "./texts-as-values.js";

/**
 * Moves the stage into the project's tables: one row an id, every parameter in a typed place.
 * @returns whether rows left the project's table, so that names may have lost their values
 */
export async function foldStage(session: Session, project: ProjectState): Promise<boolean> {
  const takeOut = await leaveDuplicatesOut(session, project);
  await readTextsAsValues(session, logOf(project));
  // In a transaction DuckDB numbers new rows from 2^55 on, which a JavaScript number cannot hold: that one
  // stays text.
  const [[rows, first, width]] = (await session.rows(
    "SELECT count(*), CAST(min(rowid) AS VARCHAR), max(rowid) - min(rowid) + 1 FROM stage",
  )) as [[number, string | null, number]];
  if (rows === 0 || first === null) return false; // none left the table: each does for one that comes

  const found = new Map<JsonColumn, JsonMapping[]>();
  for (const column of logOf(project).mappings) found.set(column, await findJsonNames(session, column));
  const wide = chooseWide(project, found, rows);
  const missing: { name: NameState; forms: Form[] }[] = [];
  for (const { name, leaves } of [...wide.values()].flat()) {
    const bits = leaves.reduce((all, leaf) => all | leaf.forms, 0);
    const forms = allForms.filter(
      (which) => (bits & form[which]) !== 0 && (name.columns & form[which]) === 0,
    );
    if (forms.length > 0) missing.push({ name, forms });
    name.forms |= bits;
    name.columns |= bits;
  }
  await addColumns(session, project, missing);
  await takeOut?.();

  const { nextRow } = project;
  const rowOf: RowOf = (stageRow) => `${nextRow} + (${stageRow} - ${first})`;
  await insertRows(session, project, wide, rowOf);
  for (const [column, mappings] of found) {
    const names = wide.get(column) ?? [];
    await foldRareValues(session, project, { column, mappings, wide: names, rowOf });
  }
  project.nextRow = nextRow + width;
  return takeOut !== undefined;
}
