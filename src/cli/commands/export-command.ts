import { open } from "node:fs/promises";
import { type AnnotatedRecord, annotated, isGone } from "../../annotations/annotated-record.js";
import type { ProjectAnnotations } from "../../annotations/fold-annotations.js";
import { readAnnotations } from "../../annotations/read-annotations.js";
import type { Kind } from "../../experiment/input/experiment-input.js";
import { recordJson } from "../../experiment/record-json.js";
import { type AddedValues, readAddedValues, withAddedValues } from "../../jobs/added-values.js";
import { inHome } from "../../store/folder-path.js";
import { openStore } from "../../store/open-store.js";
import type { Store } from "../../store/store.js";
import { TrackingError } from "../../tracking-error.js";
import { logColumns } from "../../tracking-log/columns.js";
import { formatLine } from "../../tracking-log/csv-line.js";
import { namedProjects } from "../../tracking-log/named-projects.js";
import { logRecords } from "../../tracking-log/read-log.js";
import type { StoreFlags } from "../define-command.js";
import { withProgress } from "../progress.js";
import type { Terminal } from "../terminal.js";
import { addFlat, type Cell, type Exported } from "./exported.js";
import { problemsHint } from "./projects-command.js";

export interface ExportFlags extends StoreFlags {
  output?: string;
  spreadsheet?: boolean;
  runs?: boolean;
}

/**
 * Mappings become columns of their own: `model_parameters.max_depth`, `extra_parameters.scaler`,
 * `runtime.version`.
 */
const mappings = ["model_parameters", "extra_parameters", "runtime"] as const;

export async function exportCommand(
  project: string,
  options: ExportFlags,
  terminal: Terminal,
): Promise<void> {
  const store = openStore(options.store);
  const [name] = (await namedProjects(store, project)) as [string];
  const exported = options.runs
    ? await (await import("./export-runs.js")).exportedRuns(name, options.store)
    : exportedExperiments(await logOf(store, name, options, terminal));
  const columns = options.json ? undefined : await exported.columns();
  const written = { rows: 0, problems: 0 };
  const pieces = exportedText(exported, columns, options.spreadsheet ?? false, written);
  if (options.output === undefined)
    for await (const piece of pieces) await terminal.out(piece, { exact: true });
  else {
    await writeFile(options.output, pieces);
    const what = columns ? ` in ${columns.length} columns` : "";
    terminal.talk(`${written.rows} ${exported.what}${what} written to ${options.output}`);
  }
  if (written.problems > 0) terminal.talk(problemsHint(name, written.problems));
}

interface Log {
  store: Store;
  project: string;
  said: ProjectAnnotations;
  /** Of the scores that the project has beside those of every project. */
  added: AddedValues;
}

async function logOf(
  store: Store,
  project: string,
  { store: address }: ExportFlags,
  terminal: Terminal,
): Promise<Log> {
  const said = await readAnnotations(store, project);
  const names = said.addedScores.map(({ name }) => name);
  if (names.length === 0) return { store, project, said, added: new Map() };
  const place = address === undefined ? {} : { store: address };
  const added = await withProgress("computing added scores", terminal, (onProgress) =>
    withAddedValues(project, { ...place, onProgress }, (catalog) => readAddedValues(catalog, project, names)),
  ).catch((error: unknown) => {
    if (!(error instanceof TrackingError) || error.code !== "LIBRARY_NOT_INSTALLED") throw error;
    terminal.talk(`its added scores are left out: ${error.message}`);
    return new Map();
  });
  return { store, project, said, added };
}

/** Every experiment that is not in the trash, with what was said of it. */
async function* recordsOf(
  { store, project, said }: Log,
  onProblem: () => void,
): AsyncGenerator<AnnotatedRecord, void, undefined> {
  for await (const record of logRecords(store, project, onProblem)) {
    if (!isGone(said, record.predictionId)) yield annotated(record, said);
  }
}

function exportedExperiments(log: Log): Exported {
  return {
    what: "experiments",
    columns: () => columnsOf(log),
    async *rows(onProblem) {
      for await (const record of recordsOf(log, onProblem)) yield flatten(record, log);
    },
  };
}

/** Characters that are written at once. */
const pieceSize = 2 ** 18;

/** The rows as text, some at a time: as CSV under these columns, or as JSON, a line each. */
async function* exportedText(
  exported: Exported,
  columns: readonly string[] | undefined,
  forSpreadsheet: boolean,
  written: { rows: number; problems: number },
): AsyncGenerator<string, void, undefined> {
  const cellText = forSpreadsheet ? spreadsheetCell : String;
  let text = columns ? formatLine(columns.map(cellText)) : "";
  const onProblem = () => {
    written.problems += 1;
  };
  for await (const row of exported.rows(onProblem)) {
    written.rows += 1;
    text += columns
      ? formatLine(columns.map((column) => cellText(row.get(column) ?? "").replace(/[\r\n]+/g, " ")))
      : `${JSON.stringify(Object.fromEntries(row))}\n`;
    if (text.length < pieceSize) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}

function flatten(record: AnnotatedRecord, { added }: Log): Map<string, Cell> {
  const { scores, logged_name: loggedName, ...rest } = recordJson(record);
  const row = new Map<string, Cell>();
  const renamed = loggedName === rest.name ? {} : { logged_name: loggedName };
  for (const [column, value] of Object.entries({ ...rest, ...renamed, ...scores })) {
    if (!isUnsaid(column, value)) addFlat(row, column, value);
  }
  for (const [name, value] of Object.entries(added.get(record.predictionId) ?? {})) {
    addFlat(row, `added.${name}`, value);
  }
  return row;
}

/** What was said of experiments, after what was logged: a column each that says something of any. */
const saidColumns = ["logged_name", "note", "tags", "starred", "archived"];

function isUnsaid(column: string, value: unknown): boolean {
  return saidColumns.includes(column) && (!value || (Array.isArray(value) && value.length === 0));
}

/**
 * The log's own order, but the model's parameters beside it, and each mapping replaced by the columns that it
 * has in any experiment.
 */
async function columnsOf(log: Log): Promise<string[]> {
  const used = new Set<string>();
  const logged = new Set<Kind>();
  for await (const record of recordsOf(log, () => {})) {
    logged.add(record.kind);
    for (const column of flatten(record, log).keys()) used.add(column);
  }
  const fixed = logColumns.filter(({ kind }) => kind === undefined || logged.has(kind));
  const names = fixed.map(({ name }) => name).filter((name) => name !== "model_parameters");
  names.splice(names.indexOf("model") + 1, 0, "model_parameters");
  const addedNames = log.said.addedScores.map(({ name }) => `added.${name}`);
  const columns = [...names, ...addedNames, ...saidColumns.filter((name) => used.has(name))];
  return columns.flatMap((column) => {
    if (column === "format") return [];
    if (!mappings.some((mapping) => mapping === column)) return [column];
    return [...used].filter((name) => name.startsWith(`${column}.`)).sort();
  });
}

/** A cell that Excel or Sheets would run as a formula gets an apostrophe; numbers stay numbers. */
function spreadsheetCell(value: Cell): string {
  return typeof value === "string" && /^[=+\-@\t\r]/.test(value) && !isNumber(value)
    ? `'${value}`
    : String(value);
}

function isNumber(text: string): boolean {
  return /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text);
}

async function writeFile(path: string, pieces: AsyncIterable<string>): Promise<void> {
  try {
    const file = await open(inHome(path), "w");
    try {
      for await (const piece of pieces) await file.write(piece);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof TrackingError) throw error; // of reading the store
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `--output: cannot write ${path} (${(error as Error).message})`,
      {
        cause: error,
      },
    );
  }
}
