import type { ExperimentRecord } from "../experiment/experiment-record.js";
import type { Store } from "../store/store.js";
import type { LogProblem } from "./read-log.js";
import { parseRow, toRecord } from "./row.js";
import { type ScannedRow, scanRows } from "./scan-rows.js";

/** What comes first: rows of the least rank; of equal ones the prediction id that sorts first. */
export interface RowOrder {
  /** The column that the rank is made of. */
  column: string;
  /** @param cell of the column, empty where it has no value; undefined where it holds no such value */
  rank: (cell: string) => number | string | undefined;
  /** Leaves out those of which it says no. */
  isWanted?: (predictionId: string) => boolean;
}

export interface BestRows {
  experiments: ExperimentRecord[];
  /** Rows of the whole log, one a prediction id, less what is not wanted. */
  total: number;
  problems: LogProblem[];
}

interface Candidate extends Ranked, ReturnType<ScannedRow["whole"]> {
  path: string;
  line: number;
}

interface Ranked {
  rank: number | string;
  predictionId: string;
}

/** Some of the first rows may turn out to be unreadable. */
const spare = 100;

/**
 * The first `limit` experiments of a project in some order, by one scan of its log: records are made of these
 * alone, so other rows whose cells do not hold what their columns promise are counted like any.
 */
export async function bestRows(
  store: Store,
  project: string,
  { column, rank, isWanted }: RowOrder,
  limit: number,
): Promise<BestRows> {
  let candidates: Candidate[] = [];
  let worst: Candidate | undefined;
  const unreadable: LogProblem[] = [];
  const cut = () => {
    candidates = candidates.sort(compareRanked).slice(0, limit + spare);
    worst = candidates.length === limit + spare ? candidates.at(-1) : undefined;
  };
  let unwanted = 0;
  const consider = (row: ScannedRow) => {
    if (isWanted && !isWanted(row.predictionId())) {
      unwanted += 1;
      return;
    }
    const [cell = ""] = row.cells;
    const ranked = rank(cell);
    if (ranked === undefined) {
      const reason = `${column} is ${JSON.stringify(cell.slice(0, 40))}`;
      unreadable.push({ path: row.path, line: row.line, reason });
      return;
    }
    if (worst && ranked > worst.rank) return;
    const { path, line } = row;
    const candidate = { rank: ranked, predictionId: row.predictionId() };
    if (worst && compareRanked(candidate, worst) > 0) return;
    candidates.push({ ...candidate, path, line, ...row.whole() });
    if (candidates.length === 4 * (limit + spare)) cut();
  };
  const { rows, problems } = await scanRows(store, project, [column], consider);
  cut();

  const experiments: ExperimentRecord[] = [];
  for (const { path, line, header, text } of candidates) {
    if (experiments.length === limit) break;
    const parsed = parseRow(header, text);
    const read = "cells" in parsed ? toRecord(parsed.cells) : parsed;
    if ("record" in read) experiments.push(read.record);
    else unreadable.push({ path, line, reason: read.broken });
  }
  return { experiments, total: rows - unwanted - unreadable.length, problems: [...problems, ...unreadable] };
}

function compareRanked(a: Ranked, b: Ranked): number {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1;
  return a.predictionId < b.predictionId ? -1 : 1;
}
