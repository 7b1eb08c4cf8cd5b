import { isTooDeep } from "../../experiment/json-depth.js";
import type { ColumnType } from "../../tracking-log/columns.js";

/**
 * What a cell is not, where a warehouse cannot cast it to its column's type: the views have NULL there.
 * Empty is missing, in every column.
 * @example whyNoValue("number", "0,5") // "no number"
 */
export function whyNoValue(type: ColumnType, cell: string): string | undefined {
  return cell === "" || isValue[type](cell) ? undefined : `no ${names[type]}`;
}

const names: Record<ColumnType, string> = {
  text: "text",
  json: "JSON",
  number: "number of 64 bits",
  integer: "integer of 64 bits",
  boolean: "true or false",
  time: "time in UTC such as 2026-11-23T14:05:09.123Z",
};

const isValue: Record<ColumnType, (cell: string) => boolean> = {
  text: () => true,
  json: isJson,
  // An infinite value is one; digits that come out as infinity are none.
  number: (cell) =>
    (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell) && Number.isFinite(Number(cell))) ||
    /^([+-]?inf(inity)?|nan)$/i.test(cell),
  integer: (cell) => /^[+-]?\d{1,19}$/.test(cell) && BigInt.asIntN(64, BigInt(cell)) === BigInt(cell),
  boolean: (cell) => /^(true|false)$/i.test(cell),
  time: isTime,
};

function isJson(cell: string): boolean {
  if (isTooDeep(cell)) return false;
  try {
    JSON.parse(cell);
    return true;
  } catch {
    return false;
  }
}

/** Not what Date takes: it reads a day of 30 February as one of March. */
function isTime(cell: string): boolean {
  const match = /^(\d{4}-\d\d-\d\d)[T ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.exec(
    cell,
  );
  if (!match) return false;
  const day = new Date(`${match[1]}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(match[1] as string);
}
