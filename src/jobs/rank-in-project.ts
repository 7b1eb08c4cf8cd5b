import { isRanked } from "../annotations/annotated-record.js";
import type { ProjectAnnotations } from "../annotations/fold-annotations.js";
import { primaryScoreOf } from "../annotations/primary-scores.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import type { Catalog } from "../catalog/catalog.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { badness } from "../judge/leaderboard/leaderboard-candidates.js";
import { findScore, type Score } from "../scores/registry.js";
import { openStore } from "../store/open-store.js";
import { scanRows } from "../tracking-log/scan-rows.js";
import type { ReadOptions } from "./find-experiments.js";
import { isWorthACatalog, leftCatalog, logBytes } from "./left-catalog.js";

/** Where an experiment stands among those of its project, kind and test set by the primary score's value. */
export interface RankInProject {
  score: Score["name"];
  value: number;
  /** One more than the number of better values. */
  rank: number;
  /** How many have the score. */
  of: number;
}

/** @returns null where the experiment has no such score, or is archived */
export async function rankInProject(
  record: ExperimentRecord,
  { store: address, signal }: ReadOptions,
): Promise<RankInProject | null> {
  const store = openStore(address, signal);
  const { project } = record;
  const annotations = await readAnnotations(store, project);
  const mine = ownRank(record, annotations);
  if (!mine) return null;
  const catalog = isWorthACatalog(store, await logBytes(store, [project]))
    ? await leftCatalog(store, [project])
    : undefined;
  if (catalog) {
    try {
      return await rankInCatalog(catalog, record);
    } finally {
      await catalog.close();
    }
  }
  const score = findScore(mine.score)!;
  const columns = ["kind", "test_set_digest", score.name];
  await scanRows(store, project, columns, ({ cells: [kind, digest, cell], predictionId }) => {
    if (kind !== record.kind || digest !== record.testSetDigest || !cell) return;
    if (!isRanked(annotations, predictionId())) return;
    mine.of += 1;
    if (badness(score, Number(cell)) < badness(score, mine.value)) mine.rank += 1;
  });
  return mine;
}

/** The same from a catalog that is up to date. */
export async function rankInCatalog(
  catalog: Catalog,
  record: ExperimentRecord,
  signal?: AbortSignal,
): Promise<RankInProject | null> {
  const mine = ownRank(record, await catalog.annotations(record.project));
  if (!mine) return null;
  const among = `kind = '${record.kind}' AND test_set_digest = '${record.testSetDigest}'`;
  const count = async (filter: string) => {
    const query = { filter: `${among} AND ${filter}`, columns: ["prediction_id"], limit: 1 };
    return (await catalog.experiments(record.project, { ...query, ...(signal ? { signal } : {}) })).total;
  };
  mine.rank += await count(betterThan(findScore(mine.score)!, mine.value));
  mine.of = await count(`${mine.score} IS NOT NULL`);
  return mine;
}

function ownRank(record: ExperimentRecord, annotations: ProjectAnnotations): RankInProject | undefined {
  if (!isRanked(annotations, record.predictionId)) return undefined;
  const { score } = primaryScoreOf(annotations, record.kind);
  const value = record.scores[score];
  return value === undefined ? undefined : { score, value, rank: 1, of: 0 };
}

function betterThan({ name, direction }: Score, value: number): string {
  if (direction === "higher") return `${name} > ${value}`;
  if (direction === "lower") return `${name} < ${value}`;
  return `${name} > ${-Math.abs(value)} AND ${name} < ${Math.abs(value)}`;
}
