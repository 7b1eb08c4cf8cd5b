import { open } from "node:fs/promises";

import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { recordJson } from "../experiment/record-json.js";
import { readExperiments } from "../read-experiments.js";
import { TrackingError } from "../tracking-error.js";
import { logColumns } from "../tracking-log/columns.js";
import { formatLine } from "../tracking-log/csv-line.js";
import { problemsHint } from "./projects-command.js";
import type { Terminal } from "./terminal.js";

export interface ExportOptions {
  store?: string;
  json?: boolean;
  output?: string;
  spreadsheet?: boolean;
}

/** Mappings become columns of their own: `model_parameters.max_depth`, `extra_parameters.scaler`, `runtime.version`. */
const mappings = ["model_parameters", "extra_parameters", "runtime"] as const;

export async function exportCommand(
  project: string,
  options: ExportOptions,
  terminal: Terminal,
): Promise<void> {
  const { project: name, experiments, problems } = await readExperiments(project, options);
  const rows = experiments.map(flatten);
  const columns = columnsOf(experiments, rows);
  const cellText = options.spreadsheet ? spreadsheetCell : String;
  const lines = function* () {
    if (options.json) {
      for (const row of rows) yield `${JSON.stringify(Object.fromEntries(row))}\n`;
      return;
    }
    yield formatLine(columns.map(cellText));
    for (const row of rows)
      yield formatLine(columns.map((column) => cellText(row.get(column) ?? "").replace(/[\r\n]+/g, " ")));
  };
  if (options.output === undefined) for (const line of lines()) await terminal.out(line, { exact: true });
  else {
    await writeFile(options.output, lines());
    terminal.talk(
      `${experiments.length} experiments in ${columns.length} columns written to ${options.output}`,
    );
  }
  if (problems.length > 0) terminal.talk(problemsHint(name, problems.length));
}

type Cell = string | number | boolean;

function flatten(record: ExperimentRecord): Map<string, Cell> {
  const { scores, ...rest } = recordJson(record);
  const row = new Map<string, Cell>();
  for (const [column, value] of Object.entries({ ...rest, ...scores })) {
    if (mappings.some((mapping) => mapping === column)) addFlat(row, column, value);
    else if (value !== null) row.set(column, value as Cell);
  }
  return row;
}

/** Nested mappings join their names with dots; a list stays one cell, as JSON. */
function addFlat(row: Map<string, Cell>, name: string, value: unknown): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    for (const [key, part] of Object.entries(value)) addFlat(row, `${name}.${key}`, part);
  } else if (Array.isArray(value)) row.set(name, JSON.stringify(value));
  else if (value !== null && value !== undefined) row.set(name, value as Cell);
}

/** The log's own order, each mapping replaced by the columns that it has in any experiment. */
function columnsOf(experiments: readonly ExperimentRecord[], rows: readonly Map<string, Cell>[]): string[] {
  const used = new Set(rows.flatMap((row) => [...row.keys()]));
  const logged = new Set(experiments.map(({ kind }) => kind));
  const fixed = new Set([...logged].sort().flatMap((kind) => logColumns(kind).map(({ name }) => name)));
  return [...fixed].flatMap((column) => {
    if (column === "format") return [];
    if (!mappings.some((mapping) => mapping === column)) return [column];
    return [...used].filter((name) => name.startsWith(`${column}.`)).sort();
  });
}

/** A cell that Excel or Sheets would run as a formula gets an apostrophe; numbers stay numbers. */
export function spreadsheetCell(value: Cell): string {
  return typeof value === "string" && /^[=+\-@\t\r]/.test(value) && !isNumber(value)
    ? `'${value}`
    : String(value);
}

function isNumber(text: string): boolean {
  return /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text);
}

async function writeFile(path: string, lines: Iterable<string>): Promise<void> {
  try {
    const file = await open(path, "w");
    try {
      for (const line of lines) await file.write(line);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `--output: cannot write ${path} (${(error as Error).message})`,
      {
        cause: error,
      },
    );
  }
}
