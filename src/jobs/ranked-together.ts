import { annotated, isRanked } from "../annotations/annotated-record.js";
import { primaryScoresOf } from "../annotations/primary-scores.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import {
  badness,
  checkedLimit,
  type LeaderboardCandidates,
  leaderboardCandidates,
} from "../judge/leaderboard/leaderboard-candidates.js";
import { findScore, type Score } from "../scores/registry.js";
import { openStore } from "../store/open-store.js";
import type { Store } from "../store/store.js";
import { readLog } from "../tracking-log/read-log.js";
import { scanRows } from "../tracking-log/scan-rows.js";
import { catalogCandidates } from "./catalog-candidates.js";
import { findExperiments, type ReadOptions } from "./find-experiments.js";
import { isWorthACatalog, leftCatalog, logBytes, smallLog } from "./left-catalog.js";

/**
 * The experiments that the leaderboard of a score judges together with this one: of its project, kind and test
 * set, the best by value. A large log is looked through once, or the catalog that is left of it; none is made.
 */
export async function rankedTogether(
  record: ExperimentRecord,
  scoreName: string,
  options: ReadOptions,
): Promise<LeaderboardCandidates> {
  const store = openStore(options.store);
  const { project, testSetDigest: testSet } = record;
  const said = await readAnnotations(store, project);
  const primary = primaryScoresOf(said);
  const asked = { score: scoreName, testSet };
  const bytes = await logBytes(store, [project]);
  const catalog = isWorthACatalog(store, bytes) ? await leftCatalog(store, [project]) : undefined;
  if (catalog) {
    try {
      return await catalogCandidates(catalog, project, { ...asked, primary });
    } finally {
      await catalog.close();
    }
  }
  const records =
    bytes < smallLog
      ? (await readLog(store, project)).experiments.filter(({ predictionId }) => isRanked(said, predictionId))
      : await firstByScan(store, record, findScore(scoreName)!, options, (id) => isRanked(said, id));
  const found = leaderboardCandidates(
    project,
    records.map((each) => annotated(each, said)),
    asked,
    primary,
  );
  return { ...found, others: [] };
}

/** As many of the best of a test set as are judged, found by one look at every row. */
async function firstByScan(
  store: Store,
  { project, kind, testSetDigest }: ExperimentRecord,
  score: Score,
  options: ReadOptions,
  isWanted: (predictionId: string) => boolean,
): Promise<ExperimentRecord[]> {
  const found: { predictionId: string; worth: number }[] = [];
  const columns = ["kind", "test_set_digest", score.name];
  await scanRows(store, project, columns, ({ cells: [rowKind, digest, cell], predictionId }) => {
    if (rowKind !== kind || digest !== testSetDigest || !cell || !isWanted(predictionId())) return;
    found.push({ predictionId: predictionId(), worth: badness(score, Number(cell)) });
  });
  found.sort((a, b) => a.worth - b.worth || (a.predictionId < b.predictionId ? -1 : 1));
  const ids = found.slice(0, checkedLimit()).map(({ predictionId }) => predictionId);
  return (await findExperiments(ids, { ...options, project })).map(([each]) => each);
}
