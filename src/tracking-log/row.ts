import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { deepestJson, isTooDeep } from "../experiment/json-depth.js";
import { inSnakeCase } from "../experiment/snake-case.js";
import { scoreRegistry } from "../scores/registry.js";
import { logColumns } from "./columns.js";
import { formatLine, parseLine } from "./csv-line.js";
import { format, type LogShape, type RowCells, trackingLog } from "./log-shape.js";
import { rowCells } from "./row-cells.js";

/** JSON columns arrive as text, made and checked before anything was written. */
export type RowToLog = Omit<ExperimentRecord, "modelParameters" | "extraParameters" | "runtime"> & {
  modelParameters: string;
  extraParameters: string;
  runtime: string;
};

/** The header that every log file begins with, with its line break. */
export const headerLine = formatLine(logColumns.map(({ name }) => name));

export function rowLine({ scores, ...row }: RowToLog): string {
  const own = inSnakeCase({ ...row, loggedAt: row.loggedAt.toISOString() });
  const cells: Record<string, string | number | boolean | null> = { ...scores, ...own, format };
  return formatLine(
    logColumns.map(({ name, type }) => (type === "number" ? scoreText : cellText)(cells[name])),
  );
}

/** Whole numbers as 1.0, so that no program takes the scores of a file for integers, and refuses the next. */
function scoreText(value: string | number | boolean | null | undefined): string {
  const text = cellText(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/**
 * A row of this format or a former one as a line of this one, with all that it held.
 * @returns undefined where it holds what the columns of this one do not, or is of a newer format
 */
export function lineInThisFormat(cells: RowCells): string | undefined {
  if (newerFormat(cells) !== undefined || [...cells.keys()].some((name) => !known.has(name)))
    return undefined;
  const own = new Map([...cells, ["format", format]]);
  return formatLine(logColumns.map(({ name }) => own.get(name) ?? ""));
}

const known: ReadonlySet<string> = new Set(logColumns.map(({ name }) => name));

function cellText(value: string | number | boolean | null | undefined): string {
  if (value === undefined || value === null) return "";
  return Object.is(value, -0) ? "-0" : String(value);
}

/** Reads a header; undefined when it is not this log's. */
export function parseHeader(line: string, { needs }: LogShape = trackingLog): readonly string[] | undefined {
  const parsed = parseLine(line);
  if ("broken" in parsed) return undefined;
  const isLog = needs.every((name) => parsed.fields.includes(name));
  return isLog && new Set(parsed.fields).size === parsed.fields.length ? parsed.fields : undefined;
}

/** Reads a row under its header, strictly: a line that was cut or glued is refused with the reason. */
export function parseRow(
  header: readonly string[],
  line: string,
  { whyNoRow }: LogShape = trackingLog,
): { cells: RowCells } | { broken: string } {
  const parsed = parseLine(line);
  if ("broken" in parsed) return parsed;
  const { fields } = parsed;
  if (fields.length !== header.length) {
    return { broken: `it has ${fields.length} fields where the header has ${header.length}` };
  }
  const cells = rowCells(header, fields);
  const reason = whyNoRow(cells);
  return reason === undefined ? { cells } : { broken: reason };
}

/**
 * A row as a record.
 * @returns the reason where a cell does not hold what its column promises
 */
export function toRecord(cells: RowCells): { record: ExperimentRecord } | { broken: string } {
  const problems: string[] = [];
  const text = (name: string) => cells.get(name) || undefined;
  const needed = (name: string) => {
    const value = text(name);
    if (value === undefined) problems.push(`${name} is empty`);
    return value ?? "";
  };
  const number = (name: string): number | undefined => {
    const cell = text(name);
    if (cell === undefined) return undefined;
    const value = Number(cell);
    if (Number.isNaN(value) || cell.trim() !== cell)
      problems.push(`${name} is ${JSON.stringify(cell.slice(0, 40))}, not a number`);
    return value;
  };
  const mapping = (name: string): Record<string, unknown> => {
    const cell = text(name);
    if (cell === undefined) return {};
    if (isTooDeep(cell)) {
      problems.push(`${name} is nested over ${deepestJson} levels`);
      return {};
    }
    try {
      const value: unknown = JSON.parse(cell);
      if (typeof value === "object" && value !== null && !Array.isArray(value))
        return value as Record<string, unknown>;
    } catch {
      // said below, with the column's name
    }
    problems.push(`${name} is not a JSON mapping`);
    return {};
  };
  const kind = needed("kind");
  if (kind !== "classification" && kind !== "regression")
    problems.push(`kind is ${JSON.stringify(kind.slice(0, 40))}`);
  const loggedAt = new Date(needed("logged_at"));
  if (Number.isNaN(loggedAt.getTime())) problems.push("logged_at is not a time");
  const dirty = text("git_dirty");

  const scores: Record<string, number> = {};
  for (const { name } of scoreRegistry) {
    const value = number(name);
    if (value !== undefined) scores[name] = value;
  }
  const record: ExperimentRecord = {
    predictionId: needed("prediction_id"),
    loggedAt,
    project: needed("project"),
    name: text("name"),
    kind: kind as ExperimentRecord["kind"],
    model: needed("model"),
    modelParameters: mapping("model_parameters"),
    datasetUri: needed("dataset_uri"),
    targetColumn: needed("target_column"),
    testSetSize: number("test_set_size") ?? 0,
    testSetDigest: needed("test_set_digest"),
    samples: number("samples") ?? 0,
    predictions: needed("predictions"),
    scores,
    positiveLabel: text("positive_label"),
    extraParameters: mapping("extra_parameters"),
    user: text("user"),
    host: text("host"),
    source: text("source"),
    gitCommit: text("git_commit"),
    gitDirty: dirty === undefined ? undefined : dirty === "true",
    runtime: mapping("runtime"),
    runId: text("run_id"),
  };
  const newer = newerFormat(cells);
  if (newer !== undefined) record.newerFormat = newer;
  return problems.length > 0 ? { broken: problems.join("; ") } : { record };
}

/** The number of a row's format where that is greater than the one known here. */
export function newerFormat(cells: RowCells): string | undefined {
  const version = cells.get("format");
  return version !== undefined && Number(version) > Number(format) ? version : undefined;
}
