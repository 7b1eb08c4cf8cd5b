export interface GridPlace {
  row: number;
  column: number;
}

export interface GridSize {
  rows: number;
  columns: number;
  /** Rows that fit on the screen. */
  screen: number;
}

/** Where a key brings the chosen cell, within the grid; undefined where it is no key that moves. */
export function movedBy(
  { key, ctrlKey }: { key: string; ctrlKey: boolean },
  { row, column }: GridPlace,
  { rows, columns, screen }: GridSize,
): GridPlace | undefined {
  const moves: Record<string, GridPlace> = {
    ArrowDown: { row: row + 1, column },
    ArrowUp: { row: row - 1, column },
    ArrowRight: { row, column: column + 1 },
    ArrowLeft: { row, column: column - 1 },
    PageDown: { row: row + screen, column },
    PageUp: { row: row - screen, column },
    Home: ctrlKey ? { row: 0, column } : { row, column: 0 },
    End: ctrlKey ? { row: rows - 1, column } : { row, column: columns - 1 },
  };
  return Object.hasOwn(moves, key) ? within(moves[key] ?? { row, column }, { rows, columns }) : undefined;
}

/** The nearest place in the grid. */
function within({ row, column }: GridPlace, { rows, columns }: Omit<GridSize, "screen">): GridPlace {
  return {
    row: Math.min(rows - 1, Math.max(0, row)),
    column: Math.min(columns - 1, Math.max(0, column)),
  };
}
