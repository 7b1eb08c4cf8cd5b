import {
  callback,
  checkedProject,
  checkOptions,
  flag,
  number,
  type OptionChecks,
  text,
} from "./check-options.js";
import { inCamelCase } from "./in-camel-case.js";
import type { Leaderboard, ScoreName } from "./judged-types.js";
import { loadInTurn } from "./load-in-turn.js";
import { type ReadOptions, readChecks } from "./read-experiments.js";
import { answer } from "./typescript-words.js";

export interface LeaderboardOptions extends ReadOptions {
  /** What they are ranked by; by default the project's primary score. */
  score?: ScoreName | undefined;
  /** The digest of the test set, or how it begins; by default the one with the most experiments. */
  testSet?: string | undefined;
  /** Ranks only experiments that it selects, in the dashboard's filter language; needs `@duckdb/node-api`. */
  filter?: string | undefined;
  /** How many of the best are judged; by default 20, at most 100. */
  limit?: number | undefined;
  /** How sure the intervals and verdicts are; by default 0.95. */
  level?: number | undefined;
  /** Of the bootstrap: the same seed gives the same numbers everywhere. By default 0. */
  seed?: number | undefined;
  /** A difference that matters, in the score's unit: whether each is within it of the best. */
  margin?: number | undefined;
  /** Counts the samples that the best here shares with the best of each other test set. */
  shared?: boolean | undefined;
  /** Told after each experiment that was judged. */
  onProgress?: ((done: number, total: number) => void) | undefined;
  /** Told how far the catalog is, which a large project's log is read into once. */
  onCatalog?: ((done: number, total: number) => void) | undefined;
}

const checks: OptionChecks<LeaderboardOptions> = {
  ...readChecks,
  score: text,
  testSet: text,
  filter: text,
  limit: number,
  level: number,
  seed: number,
  margin: number,
  shared: flag,
  onProgress: callback,
  onCatalog: callback,
};

/**
 * Ranks the experiments of a project on one test set by a score: each with its interval, its difference to
 * the best, and whether the samples show it to be worse. The best `limit` by value are judged; the others are
 * counted.
 * @throws TrackingError UNKNOWN_PROJECT, MISSING_ARGUMENT; INVALID_ARGUMENT where no experiment has the
 * score, the test set is unknown, or an option is out of range
 */
export function leaderboard(project: string, options?: LeaderboardOptions): Promise<Leaderboard> {
  return answer(options, async () => {
    const [name, checked] = [checkedProject(project), checkOptions(options, checks)];
    const jobs = await loadInTurn(() => import("../jobs/leaderboard.js"));
    return inCamelCase(await jobs.leaderboard(name, checked));
  });
}
