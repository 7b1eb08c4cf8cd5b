import {
  type ColumnRequest,
  type FileColumn,
  maybeNoValue,
  noValue,
  textOf,
  tooWide,
  wantedColumns,
} from "./column-request.js";
import { parseExactJson, repeatedKey } from "./exact-json.js";
import { isMissingMarker } from "./missing-markers.js";

type Cell = string | number | bigint | boolean;

/** The columns asked for of a list of records, of an object of columns, or of names and rows as pandas splits them. */
export async function jsonColumns(request: ColumnRequest): Promise<Map<string, FileColumn>> {
  const text = textOf(request);
  const given = parse(request, text, "it");
  if (Array.isArray(given)) {
    const repeated = repeatedKey(text);
    if (repeated) {
      throw request.fail(
        `row ${repeated.record} has the key ${JSON.stringify(repeated.key)} twice; each record has a key once`,
      );
    }
    return recordColumns(request, given);
  }
  if (!isObject(given)) throw request.fail("it holds neither a list of records nor an object of columns");
  const repeated = repeatedKey(text);
  if (repeated)
    throw request.fail(
      `it has the column ${JSON.stringify(repeated.key)} twice; each column has a name of its own`,
    );
  if (isSplit(given)) return splitColumns(request, given);
  const wanted = await wantedColumns(request, plainOf(request, Object.entries(given)));
  const columns = wanted.map((name): [string, unknown[]] => {
    const column = given[name];
    if (Array.isArray(column)) return [name, column];
    throw request.fail(
      `the column ${JSON.stringify(name)} is not a list; give a list of records (in pandas: orient="records") or an object of lists`,
    );
  });
  const [first] = columns;
  for (const [name, column] of columns) {
    if (first && column.length !== first[1].length) {
      throw request.fail(
        `the column ${JSON.stringify(name)} has ${column.length} values but ${JSON.stringify(first[0])} has ${first[1].length}; they must describe the same samples`,
      );
    }
  }
  return new Map(columns.map(([name, column]) => [name, cells(request, name, column)]));
}

interface SplitTable {
  columns: readonly string[];
  data: readonly (readonly unknown[])[];
}

/** Names and rows, as MLflow's `log_table` and pandas' `orient="split"` write them: no column holds lists. */
function isSplit(given: Record<string, unknown>): given is Record<string, unknown> & SplitTable {
  const { columns, data } = given;
  const others = Object.keys(given).filter((key) => !["columns", "data", "index"].includes(key));
  return (
    others.length === 0 &&
    Array.isArray(columns) &&
    Array.isArray(data) &&
    columns.every((name) => typeof name === "string") &&
    data.every((row) => Array.isArray(row) && row.length === columns.length)
  );
}

async function splitColumns(
  request: ColumnRequest,
  { columns, data }: SplitTable,
): Promise<Map<string, FileColumn>> {
  const twice = columns.find((name, i) => columns.indexOf(name) < i);
  if (twice !== undefined) {
    throw request.fail(`two columns are called ${JSON.stringify(twice)}; rename one of them`);
  }
  const valuesOf = (name: string) => {
    const at = columns.indexOf(name);
    return data.map((row) => row[at]);
  };
  const plain = plainOf(
    request,
    columns.map((name) => [name, valuesOf(name)]),
  );
  const wanted = await wantedColumns(request, plain);
  return new Map(wanted.map((name) => [name, cells(request, name, valuesOf(name))]));
}

/** The names of columns that can be read: where nested ones are passed over, those without lists and objects. */
function plainOf(
  { skipUnreadable }: ColumnRequest,
  columns: readonly (readonly [string, unknown])[],
): string[] {
  const isPlain = (values: unknown) =>
    !skipUnreadable || !Array.isArray(values) || values.every((value) => value === null || isCell(value));
  return columns.filter(([, values]) => isPlain(values)).map(([name]) => name);
}

/** The columns asked for of a file with a record a line. */
export function jsonLinesColumns(request: ColumnRequest): Promise<Map<string, FileColumn>> {
  const records: unknown[] = [];
  for (const [i, line] of textOf(request).split("\n").entries()) {
    if (line.trim() === "") continue;
    const record = parse(request, line, `line ${i + 1}`);
    const repeated = repeatedKey(line);
    if (repeated) {
      throw request.fail(
        `row ${records.length + 1} has the key ${JSON.stringify(repeated.key)} twice; each record has a key once`,
      );
    }
    records.push(record);
  }
  return recordColumns(request, records);
}

async function recordColumns(
  request: ColumnRequest,
  records: readonly unknown[],
): Promise<Map<string, FileColumn>> {
  const odd = records.findIndex((record) => !isObject(record));
  if (odd >= 0) throw request.fail(`row ${odd + 1} is not a record such as {"y_true": 1, "y_pred": 0}`);
  const given = records as readonly Record<string, unknown>[];
  if (given.length === 0) return new Map();
  const known = new Set(given.slice(0, 1000).flatMap((record) => Object.keys(record)));
  const wanted = await wantedColumns(request, [...known]);
  return new Map(
    wanted.map((name) => [
      name,
      cells(
        request,
        name,
        given.map((record) => (Object.hasOwn(record, name) ? record[name] : undefined)),
      ),
    ]),
  );
}

function cells(request: ColumnRequest, name: string, values: readonly unknown[]): (Cell | null)[] {
  const asText = request.asText.has(name);
  // Beside numbers, a text such as "NA" (which R writes there) is a missing value; among texts it is a text.
  const isOfTexts = asText || values.every((value) => typeof value === "string" || value === null);
  return values.map((value, i) => {
    if (value === undefined || value === null || value === "") {
      if (request.nullable.has(name)) return null;
      throw noValue(request, name, `row ${i + 1}`);
    }
    if (!isOfTexts && isMissingMarker(value)) {
      if (request.nullable.has(name)) return null;
      throw maybeNoValue(request, name, value, `row ${i + 1}`);
    }
    if (!isCell(value)) {
      throw request.fail(
        `the column ${JSON.stringify(name)} has a list or an object in row ${i + 1}; give one value a sample`,
      );
    }
    if (!asText && typeof value === "bigint" && BigInt.asIntN(64, value) !== value)
      throw tooWide(request, name, i, value);
    return asText ? String(value) : value;
  });
}

function isCell(value: unknown): value is Cell {
  return ["string", "number", "bigint", "boolean"].includes(typeof value);
}

function parse(request: ColumnRequest, text: string, place: string): unknown {
  try {
    // Python writes NaN, which is no JSON, for a missing value.
    return parseExactJson(text.includes("NaN") ? text.replace(stringOrNaN, nullForNaN) : text);
  } catch (cause) {
    throw request.fail(`${place} is not JSON: ${(cause as Error).message}`, cause);
  }
}

const stringOrNaN = /"[^"\\]*(?:\\.[^"\\]*)*"|\bNaN\b/g;

function nullForNaN(token: string): string {
  return token === "NaN" ? "null" : token;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
