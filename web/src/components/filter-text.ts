import type { Cell, Column } from "../api/types.js";

/** The condition that a cell's value stands for, in the filter language. */
export function cellCondition(
  { filter_name: name }: Pick<Column, "filter_name">,
  value: Cell,
  equal: boolean,
): string {
  if (value === null) return `${name} IS ${equal ? "NULL" : "NOT NULL"}`;
  const literal = typeof value === "string" ? textLiteral(value) : String(value);
  return equal ? `${name} = ${literal}` : `(${name} != ${literal} OR ${name} IS NULL)`;
}

/** A text as the filter language takes it. */
function textLiteral(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

/** The filter that searches for every word of a text, whatever its characters; undefined for none. */
export function wordsCondition(text: string): string | undefined {
  const words = text.split(/\s+/).filter((word) => word !== "");
  return words.length === 0 ? undefined : words.map(textLiteral).join(" AND ");
}

/** A filter narrowed to a cell's value, or to all others. */
export function andCell(filter: string | undefined, column: Column, value: Cell, equal: boolean): string {
  const condition = cellCondition(column, value, equal);
  if (!filter) return condition;
  return /\bor\b/i.test(filter) ? `(${filter}) AND ${condition}` : `${filter} AND ${condition}`;
}

/** Whether a filter has a text that is read as a time, which begins with a year and a month. */
export function namesATime(filter: string): boolean {
  return /'\s*\d{4}-\d{2}/.test(filter);
}
