import { dsvFormat } from "d3-dsv";
import {
  type ColumnRequest,
  type FileColumn,
  maybeNoValue,
  noValue,
  textOf,
  wantedColumns,
} from "./column-request.js";
import { isMissingMarker } from "./missing-markers.js";

/** The columns asked for of a file with a header line and a line a row, RFC 4180 quoting, and LF or CRLF. */
export async function delimitedColumns(
  request: ColumnRequest,
  delimiter: string,
): Promise<Map<string, FileColumn>> {
  const text = textOf(request);
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
      return [name, asText ? cells : typed(cells)];
    }),
  );
}

/** The values of a column whose cells may be empty, which is null. Among numbers and booleans NA and its like are empty too; among texts they are texts. */
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
export function typed(cells: readonly string[]): FileColumn {
  if (cells.every((cell) => integer.test(cell))) return integers(cells);
  if (cells.every((cell) => boolean.test(cell))) return cells.map((cell) => cell.toLowerCase() === "true");
  if (cells.every((cell) => number.test(cell) && Number.isFinite(Number(cell))))
    return Float64Array.from(cells, Number);
  return cells;
}

const integer = /^(?:0|-?[1-9]\d*)(?:\.0+)?$/;
const boolean = /^(?:true|false)$/i;
const number = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

function integers(cells: readonly string[]): FileColumn {
  const values = Float64Array.from(cells, Number);
  if (values.every((value) => value === (value | 0))) return Int32Array.from(values);
  if (values.every((value) => Number.isSafeInteger(value))) return values;
  return cells.map((cell) => BigInt(cell.split(".", 1)[0]!));
}

/** d3-dsv takes a quote that is never closed for one that ends with the file: all that follows is then in one field. */
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
