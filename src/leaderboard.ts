import { readEvaluation } from "./compare-experiments.js";
import type { ExperimentRecord } from "./experiment/experiment-record.js";
import { checkedSettings } from "./judge/compare-evaluations.js";
import {
  judgeLeaderboard,
  type Leaderboard,
  type LeaderboardSettings,
  standingDifference,
  standingInterval,
} from "./judge/leaderboard.js";
import { type LeaderboardQuery, leaderboardCandidates } from "./judge/leaderboard-candidates.js";
import type { Evaluation } from "./judge/pair-evaluations.js";
import { sharedSamples } from "./judge/shared-samples.js";
import { type ReadOptions, readExperiments } from "./read-experiments.js";

export interface LeaderboardOptions extends ReadOptions, LeaderboardQuery, LeaderboardSettings {
  /** Counts the samples that the best here shares with the best of each other test set. */
  shared?: boolean;
  /** Told after each experiment that was judged. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Ranks the experiments of a project on one test set by a score: each with its interval, its difference to the best, and whether the samples
 * show it to be worse. The best `limit` by value are judged; the others are counted.
 * @throws TrackingError UNKNOWN_PROJECT, INVALID_ARGUMENT where no experiment has the score, the test set is unknown, or an option is out of range
 */
export async function leaderboard(project: string, options: LeaderboardOptions = {}): Promise<Leaderboard> {
  checkedSettings(options.score === undefined ? {} : { score: options.score });
  const { project: name, experiments } = await readExperiments(project, options);
  const candidates = leaderboardCandidates(name, experiments, options);
  let kept: Evaluation | undefined; // the best: it is compared with every other
  let last: Evaluation | undefined;
  const evaluationOf = async (record: ExperimentRecord): Promise<Evaluation> => {
    for (const known of [kept, last]) if (known?.record === record) return known;
    last = await readEvaluation(record, options);
    return last;
  };
  let done = 0;
  return judgeLeaderboard(
    candidates,
    {
      async interval(record, settings) {
        const found = standingInterval(await evaluationOf(record), settings);
        kept ??= last;
        done += 1;
        options.onProgress?.(done, candidates.best.length);
        return found;
      },
      difference: async (best, other, settings) =>
        standingDifference(await evaluationOf(best), await evaluationOf(other), settings),
      shared: options.shared
        ? async (best, id) => {
            const other = experiments.find(({ predictionId }) => predictionId === id)!;
            return sharedSamples(await evaluationOf(best), await evaluationOf(other));
          }
        : undefined,
    },
    options,
  );
}
