import { dsvFormat } from "d3-dsv";
import {
  type ColumnRequest,
  type FileColumn,
  maybeNoValue,
  noNumber,
  noValue,
  textOf,
  tooWide,
  wantedColumns,
} from "./column-request.js";
import { isMissingMarker } from "./missing-markers.js";

/**
 * The columns asked for of a file with a header line and a line a row, RFC 4180 quoting, and LF or CRLF.
 * @param usual what separates the fields, unless only with another separator the header has the columns asked
 * for
 */
export async function delimitedColumns(
  request: ColumnRequest,
  usual: string,
): Promise<Map<string, FileColumn>> {
  const text = textOf(request);
  const delimiter = separatorOf(request, text, usual);
  const [header, ...lines] = dsvFormat(delimiter).parseRows(text);
  if (!header) throw request.fail("the file is empty; give one with a header line and a line a sample");
  const wanted = await wantedColumns(request, header);
  refuseOpenQuote(request, text, lines.at(-1) ?? header);

  const rows: string[][] = [];
  for (const [i, line] of lines.entries()) {
    const isBlank = line.length === 1 && line[0] === "";
    if (line.length === header.length && !isBlank) rows.push(line);
    else if (!isBlank) {
      throw request.fail(
        `line ${lineOf(lines, i, header)} has ${line.length} fields, the header ${header.length}; quote a field that has the separator ${JSON.stringify(delimiter)} in it`,
      );
    }
  }
  return new Map(
    wanted.map((name) => {
      const at = header.indexOf(name);
      if (header.includes(name, at + 1)) {
        throw request.fail(`two columns are called ${JSON.stringify(name)}; rename one of them`);
      }
      const cells = rows.map((row) => row[at]!);
      const asText = request.asText.has(name);
      if (request.nullable.has(name)) return [name, withGaps(cells, asText)];
      const mayLack =
        !asText && cells.some(isMissingMarker) && (request.labels.has(name) || !isOfTexts(cells));
      const placeOf = (row: number) =>
        `row ${row + 1} (line ${lineOf(lines, lines.indexOf(rows[row]!), header)})`;
      const lacking = cells.findIndex((cell) => cell === "" || (mayLack && isMissingMarker(cell)));
      if (lacking >= 0 && cells[lacking] === "") throw noValue(request, name, placeOf(lacking));
      if (lacking >= 0) throw maybeNoValue(request, name, cells[lacking]!, placeOf(lacking));
      if (asText) return [name, cells];
      if (request.numbers.has(name)) {
        const odd = cells.findIndex((cell) => !isNumber(cell));
        if (odd >= 0) throw noNumber(request, name, cells[odd]!, placeOf(odd));
      }
      if (delimiter === ";") refuseDecimalCommas(request, name, cells);
      refuseTooWide(request, name, cells);
      return [name, typed(cells)];
    }),
  );
}

/**
 * What people separate fields with: a comma, a tab, or a semicolon, as spreadsheets do where the comma is for
 * decimals.
 */
const separators = [",", "\t", ";", "|"];

function separatorOf(request: ColumnRequest, text: string, usual: string): string {
  const fits = (separator: string) => {
    const header = headerOf(text, separator);
    const names = new Set(header);
    return request.choose(header).every((name) => names.has(name));
  };
  if (fits(usual)) return usual;
  const other = separators.find((separator) => separator !== usual && fits(separator));
  if (other !== undefined) return other;
  // None has every column asked for: the message names the columns by the separator that the header has.
  if (headerOf(text, usual).length > 1) return usual;
  return separators.find((separator) => headerOf(text, separator).length > 1) ?? usual;
}

function headerOf(text: string, separator: string): readonly string[] {
  return dsvFormat(separator).parseRows(text.slice(0, endOfHeader(text)))[0] ?? [];
}

/** The header may have line breaks between quotation marks. */
function endOfHeader(text: string): number {
  let quotes = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quotes++;
    else if (text[i] === "\n" && quotes % 2 === 0) return i;
  }
  return text.length;
}

/**
 * Where semicolons separate fields, a comma may be for decimals or for thousands: `1,234` is 1.234 or 1234.
 */
function refuseDecimalCommas(request: ColumnRequest, name: string, cells: readonly string[]): void {
  if (!cells.every((cell) => /^[+-]?\d+(?:[.,]\d+)?$/.test(cell))) return;
  const row = cells.findIndex((cell) => cell.includes(","));
  if (row < 0) return;
  throw request.fail(
    `the column ${JSON.stringify(name)} has ${cells[row]} in row ${row + 1}, a number with a comma; write numbers with a point, or take the column as text with --as-text ${name}`,
  );
}

function refuseTooWide(request: ColumnRequest, name: string, cells: readonly string[]): void {
  if (!cells.every((cell) => integer.test(cell))) return;
  const row = cells.findIndex((cell) => cell.length > 18 && isTooWide(integerIn(cell)));
  if (row >= 0) throw tooWide(request, name, row, integerIn(cells[row]!));
}

function isTooWide(value: bigint): boolean {
  return BigInt.asIntN(64, value) !== value;
}

function integerIn(cell: string): bigint {
  return BigInt(cell.split(".", 1)[0]!);
}

/**
 * The values of a column whose cells may be empty, which is null. Among numbers and booleans NA and its like
 * are empty too; among texts they are texts.
 */
function withGaps(cells: readonly string[], asText: boolean): FileColumn {
  const areTexts = asText || !cells.some(isMissingMarker) || isOfTexts(cells);
  const isEmpty = (cell: string) => cell === "" || (!areTexts && isMissingMarker(cell));
  const present = cells.filter((cell) => !isEmpty(cell));
  const values = asText ? present : typed(present);
  if (present.length === cells.length) return values;
  let at = 0;
  return cells.map((cell) => (isEmpty(cell) ? null : values[at++]!));
}

/** Whether a column is text whatever is missing in it. */
function isOfTexts(cells: readonly string[]): boolean {
  const said = cells.filter((cell) => cell !== "" && !isMissingMarker(cell));
  return said.length === 0 || typeof typed(said)[0] === "string";
}

/** The values that all cells of a column are written as. */
function typed(cells: readonly string[]): FileColumn {
  if (cells.every((cell) => integer.test(cell))) return integers(cells);
  if (cells.every((cell) => boolean.test(cell))) return cells.map((cell) => cell.toLowerCase() === "true");
  if (cells.every(isNumber)) return Float64Array.from(cells, Number);
  return cells;
}

function isNumber(cell: string): boolean {
  return number.test(cell) && Number.isFinite(Number(cell));
}

const integer = /^(?:0|-?[1-9]\d*)(?:\.0+)?$/;
const boolean = /^(?:true|false)$/i;
const number = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

function integers(cells: readonly string[]): FileColumn {
  const values = Float64Array.from(cells, Number);
  if (values.every((value) => value === (value | 0))) return Int32Array.from(values);
  if (values.every((value) => Number.isSafeInteger(value))) return values;
  return cells.map(integerIn);
}

/**
 * d3-dsv takes a quote that is never closed for one that ends with the file: all that follows is then in one
 * field.
 */
function refuseOpenQuote(request: ColumnRequest, text: string, lastLine: readonly string[]): void {
  if (!lastLine.at(-1)?.includes("\n")) return;
  const quotes = text.split('"').length - 1;
  if (quotes % 2 === 1)
    throw request.fail("a quotation mark is opened and never closed; check the last rows");
}

/** The number of a row's first line in the file: fields may have line breaks. */
function lineOf(lines: readonly string[][], index: number, header: readonly string[]): number {
  const breaks = [header, ...lines.slice(0, index)].flat().join("").split("\n").length - 1;
  return index + 2 + breaks;
}
