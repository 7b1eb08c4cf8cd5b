import type { Runs } from "../api/types.js";
import type { Coloured } from "../charts/run-colours.js";

/** Those of the runs drawn that are known here, for their colours. */
export function drawnRuns(
  ids: readonly string[],
  known: ReadonlyMap<string, { startedAt: number }>,
): Coloured[] {
  return ids.flatMap((id) => {
    const run = known.get(id);
    return run ? [{ id, startedAt: run.startedAt }] : [];
  });
}

/** When each run of a page began, by its id; the page has the column `started_at`. */
export function startsOf(page: Runs): ReadonlyMap<string, { startedAt: number }> {
  const at = page.columns.findIndex(({ name }) => name === "started_at");
  return new Map(page.run_ids.map((id, i) => [id, { startedAt: Date.parse(String(page.rows[i]?.[at])) }]));
}
