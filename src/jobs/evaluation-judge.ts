import type { ExperimentRecord } from "../experiment/experiment-record.js";
import type { Judge } from "../judge/leaderboard/leaderboard.js";
import { standingDifference, standingInterval } from "../judge/leaderboard/standing.js";
import type { Evaluation } from "../judge/pairing/pair-evaluations.js";
import type { ReadOptions } from "./find-experiments.js";
import { readEvaluation } from "./read-evaluation.js";

/** Judges experiments whose predictions it reads, two at a time: the best one, and another. */
export function evaluationJudge(
  options: ReadOptions,
  onJudged: () => void = () => {},
): Pick<Judge, "interval" | "difference"> & {
  evaluationOf: (record: ExperimentRecord) => Promise<Evaluation>;
} {
  let kept: Evaluation | undefined; // the best: it is compared with every other
  let last: Evaluation | undefined;
  const evaluationOf = async (record: ExperimentRecord): Promise<Evaluation> => {
    for (const known of [kept, last]) if (known?.record === record) return known;
    last = await readEvaluation(record, options);
    return last;
  };
  return {
    evaluationOf,
    async interval(record, settings) {
      const found = standingInterval(await evaluationOf(record), settings);
      kept ??= last;
      onJudged();
      return found;
    },
    difference: async (best, other, settings) =>
      standingDifference(await evaluationOf(best), await evaluationOf(other), settings),
  };
}
