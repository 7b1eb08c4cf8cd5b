import type { AnnotatedRecord } from "../annotations/annotated-record.js";
import { primaryScoresOf } from "../annotations/primary-scores.js";
import { given } from "../experiment/given.js";
import { catalogCandidates } from "../jobs/catalog-candidates.js";
import { whyAlone } from "../jobs/compared-score.js";
import type { Comparison } from "../judge/judge-schema.js";
import { asOneOf, notRanked } from "../judge/leaderboard/as-one-of.js";
import { judgeLeaderboard } from "../judge/leaderboard/leaderboard.js";
import { type JudgeRoutesOptions, threadJudge } from "./judged-files.js";

export interface RankedQuery {
  score: string;
  level?: number | undefined;
  seed?: number | undefined;
  /** "true": by itself, as if no other experiment had been tried. */
  alone?: string | undefined;
}

/** A pair that was judged by itself, as one of those that the leaderboard judges together. */
export async function asRanked(
  found: Comparison,
  [a, b]: readonly [AnnotatedRecord, AnnotatedRecord],
  { score, level, seed, alone }: RankedQuery,
  { catalog, plots, judging }: JudgeRoutesOptions,
  signal: AbortSignal,
): Promise<Comparison> {
  const why = alone === "true" ? "it was asked for alone" : whyAlone(a, b, score);
  if (why !== undefined) return notRanked(found, why);
  const primary = primaryScoresOf(await catalog.annotations(a.project));
  const asked = { score, testSet: a.testSetDigest, primary };
  const candidates = await catalogCandidates(catalog, a.project, asked, signal);
  const judge = threadJudge(plots, judging, signal);
  const judged = () => judgeLeaderboard(candidates, { ...judge, shared: undefined }, given({ level, seed }));
  return asOneOf(found, candidates, judged);
}
