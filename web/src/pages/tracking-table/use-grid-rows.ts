import { useQueries } from "@tanstack/react-query";

import { experimentsQuery } from "../../api/queries.js";
import type { Cell } from "../../api/types.js";

const chunk = 200;

export interface GridRowData {
  id: string;
  /** What the experiment is called, and its model in short. */
  title: string;
  model: string;
  cells: Cell[];
}

export interface GridRows {
  project: string;
  filter: string | undefined;
  sort: readonly string[];
  columns: readonly string[];
  total: number;
  /** The rows that are drawn, the last one not included. */
  from: number;
  to: number;
}

/** The rows that are drawn, fetched in chunks; a row is undefined while it is on its way. */
export function useGridRows(rows: GridRows): (row: number) => GridRowData | undefined {
  const { project, filter, sort, columns, total, from, to } = rows;
  // One more on both sides, so that rows are there before they are scrolled to.
  const first = Math.max(0, Math.floor(from / chunk) - 1);
  const end = Math.min(Math.ceil(total / chunk), Math.ceil(to / chunk) + 1);
  const chunks = Array.from({ length: Math.max(1, end - first) }, (_, i) => first + i);
  const pages = useQueries({
    queries: chunks.map((index) => ({
      ...experimentsQuery(project, {
        filter,
        sort: [...sort],
        column: columns,
        limit: chunk,
        offset: index * chunk,
      }),
      // Rows of another place, shown for the time being, would be wrong rows.
      placeholderData: () => undefined,
    })),
  });
  return (row) => {
    const page = pages[Math.floor(row / chunk) - first]?.data;
    const id = page?.prediction_ids[row % chunk];
    const cells = page?.rows[row % chunk];
    if (page === undefined || id === undefined || cells === undefined) return undefined;
    const [title, model] = [page.titles[row % chunk] ?? id, page.models[row % chunk] ?? ""];
    return { id, title, model, cells };
  };
}
