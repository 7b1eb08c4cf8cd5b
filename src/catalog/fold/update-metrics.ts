import type { Session } from "../../duckdb/session.js";
import { runCells } from "../../run/run-line.js";
import type { RunRecord } from "../../run/run-record.js";
import { form, type NameState, nameKey, type ProjectState, rareTable, wideColumn } from "../project-state.js";

/** A run as its row in the catalog says, and as it is now. */
export interface NewerRun {
  before: RunRecord;
  run: RunRecord;
}

/**
 * Whether nothing but numbers changed that have their places in the tables: then these are set, which is much
 * faster than to put the whole row in again.
 */
export function isOfNumbersAlone(project: ProjectState, { before, run }: NewerRun): boolean {
  const [a, b] = [runCells(before), runCells(run)];
  if (
    [a.parameters, a.tags, a.inputs, a.outputs].join() !== [b.parameters, b.tags, b.inputs, b.outputs].join()
  )
    return false;
  return changedMetrics({ before, run }).every((key) => {
    const name = nameOf(project, key);
    const known = before.metrics[key];
    if (!name || !Number.isFinite(run.metrics[key])) return false;
    if (name.place === "rare") return Number.isFinite(known);
    return (name.forms & name.columns & form.number) !== 0 && Number.isFinite(known ?? 0);
  });
}

function nameOf({ names }: ProjectState, key: string): NameState | undefined {
  return names.get(nameKey("metric", key));
}

function changedMetrics({ before, run }: NewerRun): string[] {
  return Object.keys(run.metrics).filter((key) => !Object.is(run.metrics[key], before.metrics[key]));
}

/** Sets the metrics of runs whose changes are of numbers alone. */
export async function updateMetrics(
  session: Session,
  project: ProjectState,
  runs: readonly NewerRun[],
): Promise<void> {
  if (runs.length === 0) return;
  const keys = [...new Set(runs.flatMap(changedMetrics))];
  const isWide = (key: string) => nameOf(project, key)!.place === "wide";
  await updateWide(session, project, runs, keys.filter(isWide));
  await updateRare(
    session,
    project,
    runs,
    keys.filter((key) => !isWide(key)),
  );
}

async function updateWide(
  session: Session,
  project: ProjectState,
  runs: readonly NewerRun[],
  keys: readonly string[],
): Promise<void> {
  const columns = keys.map((key) => wideColumn(nameOf(project, key)!.id, "number"));
  const rows = runs.map(({ run }) => ({
    id: run.runId,
    metrics: runCells(run).metrics,
    // A NaN or an infinity that did not change is in the column of texts, and stays there.
    values: keys.map((key) => (Number.isFinite(run.metrics[key]) ? run.metrics[key] : null)),
  }));
  const sets = columns.map((column, i) => `${column} = u.x.values[${i + 1}]`);
  await session.run(
    `UPDATE ${project.table} SET ${["metrics = u.x.metrics", ...sets].join(", ")}
     FROM (SELECT unnest(from_json($1, '[{"id":"VARCHAR","metrics":"VARCHAR","values":["DOUBLE"]}]')) x) u
     WHERE c_run_id = u.x.id`,
    [JSON.stringify(rows)],
  );
}

async function updateRare(
  session: Session,
  project: ProjectState,
  runs: readonly NewerRun[],
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return;
  const values = runs.flatMap((each) => {
    const changed = new Set(changedMetrics(each));
    return keys
      .filter((key) => changed.has(key))
      .map((key) => ({ id: each.run.runId, name: nameOf(project, key)!.id, value: each.run.metrics[key] }));
  });
  const rare = rareTable(project);
  await session.run(
    `UPDATE ${rare} SET n = u.value
     FROM (SELECT e.row, v.x.name AS name, v.x.value AS value
           FROM (SELECT unnest(from_json($1, '[{"id":"VARCHAR","name":"INTEGER","value":"DOUBLE"}]')) x) v
           JOIN ${project.table} e ON e.c_run_id = v.x.id) u
     WHERE ${rare}.row = u.row AND ${rare}.name = u.name`,
    [JSON.stringify(values)],
  );
}
