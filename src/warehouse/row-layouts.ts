import { type Column, columnsOfFormat1, logColumns } from "../tracking-log/columns.js";
import type { SqlDialect } from "./sql-dialect.js";

/**
 * The headers that a tracking log may have. Databases match the columns of CSV files by position, whatever
 * the headers say, so a row's layout is told by where its number of the format is, and that nothing follows
 * it.
 */
const layouts = [
  { name: "2", columns: logColumns, kind: undefined },
  { name: "1, classification", columns: columnsOfFormat1("classification"), kind: "classification" },
  {
    name: "1, classification, first",
    columns: columnsOfFormat1("classification", true),
    kind: "classification",
  },
  { name: "1, regression", columns: columnsOfFormat1("regression"), kind: "regression" },
] as const;

/** What the positions of a line are called: as in format 2. */
export const positions: readonly string[] = logColumns.map(({ name }) => name);

/** Which of the layouts a line has; NULL where none. */
export function layoutOfLine(sql: SqlDialect): string {
  const cases = layouts.map(({ name, columns, kind }) => {
    const cell = (index: number) => `COALESCE(${sql.column(positions[index] as string)}, '')`;
    const last = columns.length - 1;
    const conditions = [
      ...(kind === undefined ? [] : [`${sql.column("kind")} = ${sql.text(kind)}`]),
      `${cell(last)} = ${sql.text(name.slice(0, 1))}`,
      ...(last + 1 < positions.length ? [`${cell(last + 1)} = ''`] : []),
    ];
    return `    WHEN ${conditions.join(" AND ")} THEN ${sql.text(name)}`;
  });
  return `CASE\n${cases.join("\n")}\n  END`;
}

/** A column's cell in a line of whatever layout; NULL where it is empty. */
export function cellOf(sql: SqlDialect, { name }: Column): string {
  const places = layouts.map(({ columns }) => columns.findIndex((column) => column.name === name));
  const own = sql.column(name);
  if (places.every((place) => positions[place] === name)) return `NULLIF(${own}, '')`;
  const byPlace = new Map<number, string[]>();
  for (const [i, place] of places.entries()) {
    if (place >= 0)
      byPlace.set(place, [...(byPlace.get(place) ?? []), sql.text((layouts[i] as { name: string }).name)]);
  }
  const cases = [...byPlace].map(
    ([place, names]) =>
      `WHEN ${sql.column("layout")} IN (${names.join(", ")}) THEN ${sql.column(positions[place] as string)}`,
  );
  return `NULLIF(CASE ${cases.join(" ")} END, '')`;
}
