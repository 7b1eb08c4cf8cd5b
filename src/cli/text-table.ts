import stringWidth from "string-width";

import { visibleText } from "../tracking-error.js";

export interface TableColumn {
  title: string;
  align?: "left" | "right";
}

/**
 * A table as aligned text, one row a line; wide characters and emoji take the two columns that they take on a
 * screen.
 */
export function textTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const cells = [columns.map(({ title }) => title), ...rows].map((row) => row.map(onOneLine));
  const widths = columns.map((_, i) =>
    cells.reduce((widest, row) => Math.max(widest, stringWidth(row[i] ?? "")), 0),
  );
  return cells
    .map((row) =>
      row
        .map((cell, i) => {
          const padding = " ".repeat((widths[i] as number) - stringWidth(cell));
          return columns[i]?.align === "right" ? padding + cell : cell + padding;
        })
        .join("  ")
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}

/** A cell takes one line, whatever is in it. */
export function onOneLine(text: string): string {
  return visibleText(text).replace(/[\n\t]/g, "\ufffd");
}
