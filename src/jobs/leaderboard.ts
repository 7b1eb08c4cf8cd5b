import { annotated, isRanked } from "../annotations/annotated-record.js";
import { primaryScoresOf } from "../annotations/primary-scores.js";
import { readAnnotations } from "../annotations/read-annotations.js";
import { requireDuckdb } from "../duckdb/open-database.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { given } from "../experiment/given.js";
import { checkedSettings } from "../judge/compare-settings.js";
import { judgeLeaderboard, type LeaderboardSettings } from "../judge/leaderboard/leaderboard.js";
import {
  type LeaderboardCandidates,
  type LeaderboardQuery,
  leaderboardCandidates,
} from "../judge/leaderboard/leaderboard-candidates.js";
import type { Leaderboard } from "../judge/leaderboard/leaderboard-schema.js";
import { sharedSamples } from "../judge/pairing/shared-samples.js";
import { openStore } from "../store/open-store.js";
import { namedProjects } from "../tracking-log/named-projects.js";
import { readLog } from "../tracking-log/read-log.js";
import { withAddedValues } from "./added-values.js";
import { catalogCandidates } from "./catalog-candidates.js";
import { evaluationJudge } from "./evaluation-judge.js";
import { findExperiment, type ReadOptions } from "./find-experiments.js";
import { isWorthACatalog, logBytes, wholeCatalog } from "./left-catalog.js";

export interface LeaderboardOptions extends ReadOptions, LeaderboardQuery, LeaderboardSettings {
  /** Ranks only experiments that it selects; answered by the catalog, which needs DuckDB. */
  filter?: string | undefined;
  /** Counts the samples that the best here shares with the best of each other test set. */
  shared?: boolean;
  /** Told after each experiment that was judged. */
  onProgress?: (done: number, total: number) => void;
  /** Told how far the catalog is, which a large project's log is read into once. */
  onCatalog?: (done: number, total: number) => void;
}

/**
 * Ranks the experiments of a project on one test set by a score: each with its interval, its difference to
 * the best, and whether the samples show it to be worse. The best `limit` by value are judged; the others are
 * counted.
 * @throws TrackingError UNKNOWN_PROJECT, INVALID_ARGUMENT where no experiment has the score, the test set is
 * unknown, or an option is out of range
 */
export async function leaderboard(project: string, options: LeaderboardOptions = {}): Promise<Leaderboard> {
  const { score, margin } = options;
  checkedSettings({
    ...(score === undefined ? {} : { score }),
    ...(margin === undefined ? {} : { margin }),
  });
  const { candidates, recordOf } = await candidatesOf(project, options);
  let done = 0;
  const { evaluationOf, ...judge } = evaluationJudge(options, () => {
    done += 1;
    options.onProgress?.(done, candidates.best.length);
  });
  return judgeLeaderboard(
    candidates,
    {
      ...judge,
      shared: options.shared
        ? async (best, id) => {
            return sharedSamples(await evaluationOf(best), await evaluationOf(await recordOf(id)));
          }
        : undefined,
    },
    options,
  );
}

interface CandidateSource {
  candidates: LeaderboardCandidates;
  recordOf: (predictionId: string) => Promise<ExperimentRecord>;
}

/** From the catalog where the project's log is large or a filter selects; a small one is read at once. */
async function candidatesOf(project: string, options: LeaderboardOptions): Promise<CandidateSource> {
  const store = openStore(options.store, options.signal);
  const [name] = (await namedProjects(store, project)) as [string];
  const said = await readAnnotations(store, name);
  const primary = primaryScoresOf(said);
  const isFiltered = options.filter !== undefined;
  if (isFiltered) await requireDuckdb("a filter needs");
  if (options.filter?.includes("added.")) {
    const { store: address, signal } = options;
    await withAddedValues(name, given({ store: address, signal }), async () => {}); // which it may select by
  }
  const catalog =
    isFiltered || isWorthACatalog(store, await logBytes(store, [name]))
      ? await wholeCatalog(store, [name], {
          onProgress: ({ bytesRead, bytesToRead }) => options.onCatalog?.(bytesRead, bytesToRead),
          signal: options.signal,
        })
      : undefined;
  if (!catalog) {
    const { experiments: all } = await readLog(store, name);
    const experiments = all
      .filter(({ predictionId }) => isRanked(said, predictionId))
      .map((record) => annotated(record, said));
    return {
      candidates: leaderboardCandidates(name, experiments, options, primary),
      recordOf: async (id) => experiments.find(({ predictionId }) => predictionId === id)!,
    };
  }
  try {
    return {
      candidates: await catalogCandidates(catalog, name, { ...options, primary }, options.signal),
      recordOf: (id) => findExperiment(id, { ...options, project: name }),
    };
  } finally {
    await catalog.close();
  }
}
