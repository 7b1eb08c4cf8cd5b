import type { AddedScore } from "../added-scores/added-score.js";
import type { Session } from "../duckdb/session.js";
import type { LogProblem } from "../tracking-log/read-log.js";
import type { CatalogLog, NameKind } from "./logs/catalog-log.js";

/**
 * What the catalog knows of a project's experiments, or of its runs; replaced as a whole when a refresh is
 * committed.
 */
export interface ProjectState {
  readonly id: number;
  readonly name: string;
  /** Of which log the rows are. */
  readonly of: CatalogLog["of"];
  /** The table of rows, one an id; another one replaces it when many columns come at once. */
  table: string;
  /** The next value of its column `row`. */
  nextRow: number;
  nextFile: number;
  nextName: number;
  /** Rows of `table`: those in the trash left out. */
  rows: number;
  archived: number;
  starred: number;
  /** Of runs: those that have not ended. */
  running: number;
  /** When the last one was logged, or the last row of a run was written; milliseconds since 1970. */
  lastAt: number | null;
  /** Of experiments. */
  kinds: string[];
  /** Users who logged or ran, the one who did last first. */
  users: string[];
  /** The columns of what was said of experiments that have something in them. */
  said: string[];
  /** Which state of the annotation log is in the tables. */
  saidVersion: string;
  /** Of experiments: the scores that the project has beside those of every project, by name. */
  added: readonly AddedColumn[];
  /** By the text of a score: the column of its values, also of scores that were taken away. */
  readonly addedIds: Readonly<Record<string, number>>;
  /** By path in the store. */
  readonly files: Map<string, FileState>;
  /** By `nameKey`. */
  readonly names: Map<string, NameState>;
  /** Grows with every change. */
  generation: number;
  /**
   * Whether rows of `table` were removed or changed in the transaction under way: DuckDB then gives it no
   * further columns, and it has to be written anew.
   */
  rowsChanged: boolean;
}

/** An added score, and the column of its values in the project's table. */
export interface AddedColumn {
  readonly id: number;
  readonly score: AddedScore;
}

/** How much of a tracking log file is in the catalog. */
export interface FileState {
  readonly id: number;
  readonly path: string;
  /** Sorts as the log's files do: the day, then the number on that day. */
  readonly place: string;
  /** As the store said when it was read. */
  version: string;
  size: number;
  /** The file's own number on a local disk, which another file of the same name does not have. */
  identity: string;
  /** Bytes of the header with its line break. */
  headerLength: number;
  /** Bytes up to the end of the last whole line that was read. */
  offset: number;
  /** Whole lines that were read. */
  lines: number;
  /** Of the header and of the last bytes before `offset`. */
  digest: string;
  problems: LogProblem[];
}

/** Bits for the kinds of values that a name has had. */
export const form = { number: 1, text: 2, boolean: 4 } as const;
export type Form = keyof typeof form;
export const allForms = Object.keys(form) as Form[];

/** A name in a JSON column, such as a parameter. */
export interface NameState {
  readonly id: number;
  readonly kind: NameKind;
  readonly name: string;
  /** `wide`: columns of its own in the project's table; `rare`: rows in the table of rare values. */
  readonly place: "wide" | "rare";
  /** Bits of `form`: what its values are. */
  forms: number;
  /** Bits of `form`: which columns a wide name has, though they may have become empty. */
  columns: number;
}

export function nameKey(kind: NameKind, name: string): string {
  return `${kind}\0${name}`;
}

/** The column of a wide name for one form of its values. */
export function wideColumn(id: number, which: Form): string {
  return `p${id}${which[0]}`;
}

/** The table of rare values of a project: one row for an experiment and a name. */
export function rareTable(project: ProjectState): string {
  return `r_${project.id}`;
}

/** The rows of the project's table whose experiments are in the trash. */
export function trashTable(project: ProjectState): string {
  return `t_${project.id}`;
}

/** Their rare values. */
export function rareTrashTable(project: ProjectState): string {
  return `u_${project.id}`;
}

/** The rows that are left out because another row has their id: (file, id). */
export function duplicatesTable(project: ProjectState): string {
  return `d_${project.id}`;
}

/** The values of added scores, as far as they were computed: (id, score, value), NULL where there is none. */
export function addedTable(project: ProjectState): string {
  return `v_${project.id}`;
}

/** A project of which the log has nothing yet. */
export function emptyState(of: ProjectState["of"], id: number, name: string): ProjectState {
  return {
    id,
    name,
    of,
    table: `e_${id}_1`,
    nextRow: 0,
    nextFile: 1,
    nextName: 1,
    rows: 0,
    archived: 0,
    starred: 0,
    running: 0,
    lastAt: null,
    kinds: [],
    users: [],
    said: [],
    saidVersion: "",
    added: [],
    addedIds: {},
    files: new Map(),
    names: new Map(),
    generation: 0,
    rowsChanged: false,
  };
}

export function copyState(state: ProjectState): ProjectState {
  return {
    ...state,
    files: new Map([...state.files].map(([path, file]) => [path, { ...file }])),
    names: new Map([...state.names].map(([key, name]) => [key, { ...name }])),
  };
}

type Entry = { readonly id: number };

/** Writes what is known of a project into the catalog; `before` is what stands there, if anything. */
export async function saveState(
  session: Session,
  state: ProjectState,
  before: ProjectState | undefined,
): Promise<void> {
  await session.run("DELETE FROM projects WHERE id = $1", [state.id]);
  const { files: _files, names: _names, ...rest } = state;
  await session.run("INSERT INTO projects VALUES ($1, $2)", [state.id, JSON.stringify(rest)]);
  await saveEntries(session, "files", state.id, state.files, before?.files);
  await saveEntries(session, "names", state.id, state.names, before?.names);
}

/** Forgets what is known of a project. */
export async function deleteState(session: Session, { id }: ProjectState): Promise<void> {
  await session.run("DELETE FROM projects WHERE id = $1", [id]);
  await session.run("DELETE FROM files WHERE project = $1", [id]);
  await session.run("DELETE FROM names WHERE project = $1", [id]);
}

async function saveEntries(
  session: Session,
  table: "files" | "names",
  project: number,
  now: ReadonlyMap<string, Entry>,
  before: ReadonlyMap<string, Entry> | undefined,
): Promise<void> {
  const wanted = new Map([...now.values()].map((entry) => [entry.id, JSON.stringify(entry)]));
  const stands = new Map([...(before?.values() ?? [])].map((entry) => [entry.id, JSON.stringify(entry)]));
  const gone = [...stands.keys()].filter((id) => wanted.get(id) !== stands.get(id));
  const come = [...wanted].filter(([id, text]) => stands.get(id) !== text);
  if (gone.length > 0) {
    await session.run(
      `DELETE FROM ${table} WHERE project = $1 AND id IN (SELECT unnest(from_json($2, '["INTEGER"]')))`,
      [project, JSON.stringify(gone)],
    );
  }
  if (come.length === 0) return;
  const rows = come.map(([id, text]) => [String(id), text]);
  await session.run(
    `INSERT INTO ${table} SELECT $1::INTEGER, x[1]::INTEGER, x[2] FROM (SELECT unnest(from_json($2, '[["VARCHAR"]]')) x)`,
    [project, JSON.stringify(rows)],
  );
}

/** What the catalog knows of all projects. */
export async function readStates(session: Session): Promise<ProjectState[]> {
  const states = new Map<number, ProjectState>();
  for (const [, text] of await session.rows("SELECT id, state FROM projects ORDER BY id")) {
    const state = JSON.parse(text as string) as ProjectState;
    states.set(state.id, { ...state, files: new Map(), names: new Map() });
  }
  for (const [project, text] of await session.rows("SELECT project, state FROM files ORDER BY id")) {
    const file = JSON.parse(text as string) as FileState;
    states.get(project as number)?.files.set(file.path, file);
  }
  for (const [project, text] of await session.rows("SELECT project, state FROM names ORDER BY id")) {
    const name = JSON.parse(text as string) as NameState;
    states.get(project as number)?.names.set(nameKey(name.kind, name.name), name);
  }
  return [...states.values()];
}
