import { readRuns } from "../../jobs/read-runs.js";
import { runColumns } from "../../run/run-columns.js";
import { runJson } from "../../run/run-json.js";
import { addFlat, type Cell, type Exported } from "./exported.js";

/** Mappings become columns of their own: `parameters.lr`, `tags.team`, `metrics.loss`. */
const mappings = new Set([
  "parameters",
  "tags",
  "metrics",
  "metric_steps",
  "metric_times",
  "first_metrics",
  "min_metrics",
  "max_metrics",
  "inputs",
  "outputs",
  "runtime",
]);

/** The runs of a project as rows of a table. */
export async function exportedRuns(project: string, store: string | undefined): Promise<Exported> {
  const { runs, problems } = await readRuns(project, store === undefined ? {} : { store });
  const rows = runs.map((run) => {
    const row = new Map<string, Cell>();
    const { written_at: _, lost_contact: isLost, last_seen_at: seen, ...rest } = runJson(run);
    for (const [column, value] of Object.entries(rest)) {
      addFlat(row, column, value instanceof Date ? value.toISOString() : value);
    }
    row.set("lost_contact", isLost);
    row.set("last_seen_at", seen.toISOString());
    return row;
  });
  const used = new Set(rows.flatMap((row) => [...row.keys()]));
  const columns = runColumns
    .map(({ name }) => name as string)
    .filter((name) => name !== "written_at" && name !== "format")
    .flatMap((name) =>
      mappings.has(name) ? [...used].filter((column) => column.startsWith(`${name}.`)).sort() : [name],
    );
  const after = columns.indexOf("status") + 1;
  columns.splice(after, 0, "lost_contact", "last_seen_at");
  return {
    what: "runs",
    columns: async () => columns,
    async *rows(onProblem) {
      for (const _ of problems) onProblem();
      yield* rows;
    },
  };
}
