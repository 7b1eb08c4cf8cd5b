import type { AnnotatedRecord } from "../annotations/annotated-record.js";
import { given } from "../experiment/given.js";
import type { CompareSettings } from "../judge/compare-settings.js";
import type { Comparison } from "../judge/judge-schema.js";
import { asOneOf, notRanked } from "../judge/leaderboard/as-one-of.js";
import { judgeLeaderboard } from "../judge/leaderboard/leaderboard.js";
import { whyAlone } from "./compared-score.js";
import { evaluationJudge } from "./evaluation-judge.js";
import type { Place } from "./find-experiments.js";
import { rankedTogether } from "./ranked-together.js";

interface RankedOptions extends Place, CompareSettings {
  score: string;
  /** Leaves it by itself, as if no other experiment had been tried. */
  alone?: boolean | undefined;
}

/** So many samples of all experiments together are judged without being asked for: some seconds of work. */
const mostSamples = 4e6;

/**
 * A pair that was judged by itself, as one of those that the leaderboard judges together, where both are among
 * them.
 */
export async function amongThoseTried(
  alone: Comparison,
  [a, b]: readonly [AnnotatedRecord, AnnotatedRecord],
  options: RankedOptions,
): Promise<Comparison> {
  if (options.alone === true) return notRanked(alone, "it was asked for alone");
  const why = whyAlone(a, b, options.score);
  if (why !== undefined) return notRanked(alone, why);
  const candidates = await rankedTogether(a, options.score, options);
  const ranked = candidates.best.length;
  if (a.samples * ranked > mostSamples) {
    return notRanked(
      alone,
      `${ranked} experiments of ${a.samples} samples each are ranked together, which takes a while; the leaderboard judges them`,
    );
  }
  const { store, level, seed, group, order } = options;
  const settings = given({ level, seed, group, order });
  const { interval, difference } = evaluationJudge({ ...settings, ...given({ store }) });
  const judged = () => judgeLeaderboard(candidates, { interval, difference, shared: undefined }, settings);
  return asOneOf(alone, candidates, judged);
}
