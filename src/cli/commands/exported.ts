export type Cell = string | number | boolean;

/** What is exported: rows of a table, of which not every one has every column. */
export interface Exported {
  /** In messages: "12 experiments". */
  what: string;
  columns: () => Promise<string[]>;
  rows: (onProblem: () => void) => AsyncIterable<ReadonlyMap<string, Cell>>;
}

/** Nested mappings join their names with dots; a list stays one cell, as JSON. */
export function addFlat(row: Map<string, Cell>, name: string, value: unknown): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    for (const [key, part] of Object.entries(value)) addFlat(row, `${name}.${key}`, part);
  } else if (Array.isArray(value)) row.set(name, JSON.stringify(value));
  else if (value !== null && value !== undefined) row.set(name, value as Cell);
}
