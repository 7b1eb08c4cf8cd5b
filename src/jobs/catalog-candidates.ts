import type { Catalog } from "../catalog/catalog.js";
import {
  byScore,
  checkedLimit,
  chosenGroup,
  type LeaderboardCandidates,
  type LeaderboardQuery,
  type PrimaryScores,
  rankedScore,
  type TestSetGroup,
} from "../judge/leaderboard/leaderboard-candidates.js";
import { TrackingError } from "../tracking-error.js";

/** So many test sets of a project are told apart. */
const mostTestSets = 1000;

/** What a leaderboard is of, without reading more records than are judged. */
export async function catalogCandidates(
  catalog: Catalog,
  project: string,
  asked: LeaderboardQuery & { filter?: string | undefined; primary: PrimaryScores },
  signal?: AbortSignal,
): Promise<LeaderboardCandidates> {
  const limit = checkedLimit(asked.limit);
  const { kinds = [] } = (await catalog.projects()).find((each) => each.project === project) ?? {};
  const usual = (["classification", "regression"] as const).filter((kind) => kinds.includes(kind));
  const found = await catalog
    .groups(project, {
      by: ["test_set_digest", "kind"],
      values: asked.score === undefined ? usual.map((kind) => asked.primary[kind].score) : [asked.score],
      limit: mostTestSets,
      ...(asked.filter === undefined ? {} : { filter: asked.filter }),
      ...(signal ? { signal } : {}),
    })
    .catch((error: unknown) => {
      // A score that no experiment of the project has is no column of it.
      const hasNone = error instanceof TrackingError && error.code === "UNKNOWN_COLUMN";
      if (!hasNone) throw error;
      return { groups: [], values: [] };
    });
  const groups = found.groups.flatMap(({ key, values }): TestSetGroup[] => {
    const kind = key[1] as TestSetGroup["kind"];
    const score = rankedScore(asked.score, kind, asked.primary);
    const statistics = values[found.values.findIndex(({ name }) => name === score.name)];
    if (score.kind !== kind || !statistics?.best) return [];
    return [
      {
        test_set_digest: String(key[0]),
        kind,
        experiments: statistics.count,
        best: statistics.best,
      },
    ];
  });
  const { group, others } = chosenGroup(project, groups, asked);
  const score = rankedScore(asked.score, group.kind, asked.primary);
  const here = `test_set_digest = '${group.test_set_digest}' AND kind = '${group.kind}'`;
  const filter = asked.filter ? `(${asked.filter}) AND ${here}` : here;
  const { prediction_ids: predictionIds } = await catalog.experiments(project, {
    filter: `${filter} AND ${score.name} IS NOT NULL`,
    sort: [{ column: score.name, direction: "best" }],
    columns: ["prediction_id"],
    limit,
    ...(signal ? { signal } : {}),
  });
  const records = await catalog.records(predictionIds, { project, ...(signal ? { signal } : {}) });
  const best = byScore(records, score).slice(0, limit);
  return { project, score, primaryScore: asked.primary[group.kind], group, best, others };
}
