import type { Cell, Runs } from "../../api/types.js";
import { columnTitle } from "../../run/column-title.js";
import { isOwnTag } from "../../run/mlflow-tags.js";
import { isSystemMetric } from "../../run/system-metrics.js";

type Column = Runs["columns"][number];

/** One parameter, tag or metric of several runs. */
export interface ComparedRow {
  name: string;
  column: Column;
  /** In the order of the runs; undefined of one that has it not. */
  values: (Cell | undefined)[];
  differs: boolean;
  /** Which runs have the best value, by their places; none where it is not known what is better. */
  best: readonly number[];
}

type Direction = "higher" | "lower" | "zero";

/**
 * What runs have of a kind: first that in which they differ, then that which most of them have.
 * @param ids the runs, in the order of their columns
 * @param directions of the scores that have one by their names: other metrics' are not guessed
 */
export function comparedRows(
  runs: Runs,
  ids: readonly string[],
  kind: Column["kind"],
  directions: ReadonlyMap<string, Direction> = new Map(),
): ComparedRow[] {
  const rows = ids.map((id) => runs.rows[runs.run_ids.indexOf(id)]);
  const found = runs.columns.flatMap((column, at): ComparedRow[] => {
    const name = columnTitle(column.name);
    if (column.kind !== kind || isOnRunPage(kind, name)) return [];
    const values = rows.map((row) => row?.[at] ?? undefined);
    if (values.every((value) => value === undefined)) return [];
    const differs = values.some((value) => value !== values[0]);
    return [{ name, column, values, differs, best: differs ? bestOf(values, directions.get(name)) : [] }];
  });
  const missing = (row: ComparedRow) => row.values.filter((value) => value === undefined).length;
  return found.sort((a, b) => Number(b.differs) - Number(a.differs) || missing(a) - missing(b));
}

/** What is no part of an experiment's design, and is looked at on the run's own page. */
function isOnRunPage(kind: Column["kind"], name: string): boolean {
  return (kind === "tag" && isOwnTag(name)) || (kind === "metric" && isSystemMetric(name));
}

function bestOf(values: readonly (Cell | undefined)[], direction: Direction | undefined): number[] {
  if (direction === undefined) return [];
  const goodness = values.map((value) => {
    if (typeof value !== "number") return -Infinity;
    return direction === "higher" ? value : direction === "lower" ? -value : -Math.abs(value);
  });
  const best = Math.max(...goodness);
  return goodness.flatMap((each, i) => (each === best && best > -Infinity ? [i] : []));
}
