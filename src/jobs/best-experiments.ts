import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { findScore, type Score } from "../scores/registry.js";
import { openStore } from "../store/open-store.js";
import { type BestRows, bestRows } from "../tracking-log/best-rows.js";
import { namedProjects } from "../tracking-log/named-projects.js";
import { readLog } from "../tracking-log/read-log.js";
import type { ReadOptions } from "./find-experiments.js";
import { isWorthACatalog, leftCatalog, logBytes, smallLog } from "./left-catalog.js";

/**
 * What experiments can be sorted by: a score (best first), the time (latest first), or text (alphabetically).
 */
export type SortColumn = "logged_at" | "name" | "model" | Score["name"];

export interface BestExperiments extends BestRows {
  project: string;
}

/**
 * The first experiments of a project in some order, without reading all of them: from the catalog that an
 * earlier command or dashboard left, else by one look through the log. A missing value comes last; ties are
 * broken by prediction id.
 * @throws TrackingError UNKNOWN_PROJECT
 */
export async function bestExperiments(
  project: string,
  { store: address, sort, limit }: ReadOptions & { sort: SortColumn; limit: number },
): Promise<BestExperiments> {
  const store = openStore(address);
  const [name] = (await namedProjects(store, project)) as [string];
  const bytes = await logBytes(store, [name]);
  if (bytes < smallLog) {
    const { experiments, problems } = await readLog(store, name);
    const first = sortExperiments(experiments, sort).slice(0, limit);
    return { project: name, experiments: first, total: experiments.length, problems };
  }
  const catalog = isWorthACatalog(store, bytes) ? await leftCatalog(store, [name]) : undefined;
  if (!catalog) {
    return { project: name, ...(await bestRows(store, name, { column: sort, rank: rankOf(sort) }, limit)) };
  }
  try {
    const direction = findScore(sort) ? "best" : sort === "logged_at" ? "descending" : "ascending";
    const { prediction_ids: predictionIds, total } = await catalog.experiments(name, {
      sort: [{ column: sort, direction }],
      columns: ["prediction_id"],
      limit,
    });
    const records = await catalog.records(predictionIds, { project: name });
    const byId = new Map(records.map((record) => [record.predictionId, record]));
    const problems = catalog.status().problems.filter(({ path }) => path.split("/")[1] === name);
    return { project: name, experiments: predictionIds.map((id) => byId.get(id)!), total, problems };
  } finally {
    await catalog.close();
  }
}

/** Experiments in the order that `bestExperiments` gives. */
export function sortExperiments(
  experiments: readonly ExperimentRecord[],
  sort: SortColumn,
): ExperimentRecord[] {
  const rank = rankOf(sort);
  const ranked = experiments.map((record) => ({ record, rank: rank(cellOf(record, sort))! }));
  ranked.sort((a, b) => {
    if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1;
    return a.record.predictionId < b.record.predictionId ? -1 : 1;
  });
  return ranked.map(({ record }) => record);
}

function cellOf(record: ExperimentRecord, sort: SortColumn): string {
  if (sort === "logged_at") return record.loggedAt.toISOString();
  if (sort === "name" || sort === "model") return record[sort] ?? "";
  const value = record.scores[sort];
  return value === undefined ? "" : String(value);
}

/** Least first; a cell that holds no such value has no rank. */
export function rankOf(sort: SortColumn): (cell: string) => number | string | undefined {
  const score = findScore(sort);
  if (sort === "logged_at") return (cell) => numberOr(-Date.parse(cell));
  if (!score) return (cell) => (cell === "" ? last : cell);
  return (cell) => {
    if (cell === "") return Number.POSITIVE_INFINITY;
    const value = numberOr(Number(cell));
    if (value === undefined || score.direction === "lower") return value;
    return score.direction === "zero" ? Math.abs(value) : -value;
  };
}

/** Sorts behind all text. */
const last = "\u{10ffff}";

function numberOr(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}
