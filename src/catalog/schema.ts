import type { Session } from "../duckdb/session.js";
import { type PhysicalColumn, storageType } from "./logs/catalog-log.js";
import { catalogLogs, logOf } from "./logs/log-of.js";
import type { Form } from "./project-state.js";
import {
  addedTable,
  allForms,
  duplicatesTable,
  emptyState,
  type ProjectState,
  rareTable,
  rareTrashTable,
  trashTable,
  wideColumn,
} from "./project-state.js";

/** A catalog of another version is built anew. */
const version = "8";

/**
 * Whose catalog a database is.
 * @returns when it was last refreshed, or "empty" for a new database
 * @throws Error where it is of another version or another store
 */
export async function holdsCatalogOf(session: Session, address: string): Promise<Date | undefined | "empty"> {
  const tables = await session.rows("SELECT table_name FROM duckdb_tables()");
  if (tables.length === 0) return "empty";
  const settings = new Map((await session.rows("SELECT name, value FROM settings")) as [string, string][]);
  if (settings.get("version") !== version || settings.get("store") !== address) {
    throw new Error("the catalog is of another version or another store");
  }
  const refreshedAt = settings.get("refreshed_at");
  return refreshedAt === undefined ? undefined : new Date(refreshedAt);
}

export async function createSchema(session: Session, address: string): Promise<void> {
  await session.run("CREATE TABLE settings (name VARCHAR, value VARCHAR)");
  await session.run("CREATE TABLE projects (id INTEGER, state VARCHAR)");
  await session.run("CREATE TABLE files (project INTEGER, id INTEGER, state VARCHAR)");
  await session.run("CREATE TABLE names (project INTEGER, id INTEGER, state VARCHAR)");
  for (const of of ["experiments", "runs"] as const) await createProjectTables(session, nothingOf(of, ""));
  await session.run("INSERT INTO settings VALUES ('version', $1), ('store', $2)", [version, address]);
}

/** Ids up to here are of tables that stay empty. */
export const lastEmptyId = 1;

/** The state of a project that has runs and no experiments, or experiments and no runs. */
export function nothingOf(of: keyof typeof catalogLogs, project: string): ProjectState {
  return emptyState(of, of === "experiments" ? 0 : lastEmptyId, project);
}

export async function saveRefreshTime(session: Session, time: Date): Promise<void> {
  await session.run("DELETE FROM settings WHERE name = 'refreshed_at'");
  await session.run("INSERT INTO settings VALUES ('refreshed_at', $1)", [time.toISOString()]);
}

const formTypes: Record<Form, string> = { number: "DOUBLE", text: "VARCHAR", boolean: "BOOLEAN" };

/** The columns of one wide name, as in CREATE TABLE. */
export function wideColumnTypes(id: number, forms: readonly Form[]): string[] {
  return forms.map((which) => `${wideColumn(id, which)} ${formTypes[which]}`);
}

function declare({ column, type }: PhysicalColumn): string {
  return `${column} ${storageType(type)}`;
}

/** Creates the tables of a project: `row` numbers the rows of `table` and joins the rare values. */
export async function createProjectTables(session: Session, project: ProjectState): Promise<void> {
  const { fixed, scores, mappings, beside } = logOf(project);
  const columns = [
    "row BIGINT",
    "file INTEGER",
    ...fixed.map(declare),
    ...mappings.map(({ column }) => `${column} VARCHAR`),
    ...scores.map(declare),
    ...beside,
  ];
  for (const table of [project.table, trashTable(project)]) {
    await session.run(`CREATE TABLE ${table} (${columns.join(", ")})`);
  }
  const values = allForms.map((which) => `${which[0]} ${formTypes[which]}`);
  for (const table of [rareTable(project), rareTrashTable(project)]) {
    await session.run(`CREATE TABLE ${table} (row BIGINT, name INTEGER, ${values.join(", ")})`);
  }
  await session.run(`CREATE TABLE ${duplicatesTable(project)} (file INTEGER, id VARCHAR)`);
  await session.run(`CREATE TABLE ${addedTable(project)} (id VARCHAR, score INTEGER, value DOUBLE)`);
}

function tablesOf(project: ProjectState): string[] {
  return [
    project.table,
    rareTable(project),
    duplicatesTable(project),
    trashTable(project),
    rareTrashTable(project),
    addedTable(project),
  ];
}

export async function dropProjectTables(session: Session, project: ProjectState): Promise<void> {
  for (const table of tablesOf(project)) {
    await session.run(`DROP TABLE IF EXISTS ${table}`);
  }
}
