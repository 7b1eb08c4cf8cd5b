import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { findScore, type Score } from "../scores/registry.js";

/**
 * What experiments can be sorted by: a score (best first), the time (latest first), or text (alphabetically).
 */
export type SortColumn = "logged_at" | "name" | "model" | Score["name"];

/** Experiments in some order: a missing value comes last; ties are broken by prediction id. */
export function sortExperiments<Record extends ExperimentRecord>(
  experiments: readonly Record[],
  sort: SortColumn,
): Record[] {
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
