import { verdictOf } from "../difference/verdict-of.js";
import type { Comparison, ScoreDifference, Verdict } from "../judge-schema.js";
import { short } from "../numbers-in-words.js";
import { verdictInWords } from "../verdict-in-words.js";
import type { LeaderboardCandidates } from "./leaderboard-candidates.js";
import type { Leaderboard } from "./leaderboard-schema.js";

type AsOneOf = NonNullable<Comparison["as_one_of"]>;

/**
 * A comparison of two experiments that are ranked together, as one of the pairs that were tried: with the best
 * one as the leaderboard judges it, by Ryan's method; of two others by Bonferroni's, which takes no other pair's
 * p. The verdict is then the one of the leaderboard, and the words say what the pair by itself would be.
 * @param alone the comparison of the two by themselves
 * @param candidates those of the project on this test set, ranked by the score of the comparison
 * @param judged the leaderboard of them, where it is needed
 */
export async function asOneOf(
  alone: Comparison,
  candidates: LeaderboardCandidates,
  judged: () => Promise<Leaderboard>,
): Promise<Comparison> {
  const ranked = candidates.best.map(({ predictionId }) => predictionId);
  const ids = [alone.a.prediction_id, alone.b.prediction_id];
  const missing = ids.find((id) => !ranked.includes(id));
  if (missing !== undefined) {
    return notRanked(alone, `${missing} is not among the best ${ranked.length}, which are judged together`);
  }
  if (ids[0] === ids[1]) return notRanked(alone, "it is one experiment, compared with itself");
  const main = alone.scores.find(({ score }) => score === alone.score)!;
  const best = ids.indexOf(ranked[0]!);
  // Of two alone there is one pair, whose p is what it is.
  const isJudged = best >= 0 && ranked.length > 2;
  const found =
    (isJudged && withTheBest(await judged(), ids, best)) || byBonferroni(main, ranked.length, alone.level);
  const pairs = pairsOf(ranked.length);
  const summary = wordsOf(alone.alone, found, pairs);
  return {
    ...alone,
    verdict: found.verdict,
    summary: `${verdictInWords({ ...main, verdict: found.verdict })}${summary === "" ? "" : ` ${summary}`}`,
    as_one_of: { experiments: ranked.length, pairs, ...found, summary },
  };
}

/** The same comparison, which says why it stays alone. */
export function notRanked(alone: Comparison, reason: string): Comparison {
  return { ...alone, alone_because: reason };
}

type Adjusted = Pick<AsOneOf, "p_adjusted" | "verdict" | "correction">;

/** Undefined where the leaderboard has another best one, since the predictions of this one cannot be read. */
function withTheBest(
  { rows, correction }: Leaderboard,
  ids: readonly string[],
  best: number,
): Adjusted | undefined {
  const row = rows.find(({ prediction_id: id }) => id === ids[1 - best]);
  const isBest = rows.find(({ prediction_id: id }) => id === ids[best])?.verdict === "best";
  if (!row || !isBest || row.verdict === "not judged") return undefined;
  const verdicts: Partial<Record<typeof row.verdict, Verdict>> = {
    "worse than the best": best === 0 ? "worse" : "better",
    "tied with the best": "no evidence",
  };
  return { p_adjusted: row.p_corrected, verdict: verdicts[row.verdict] ?? "cannot be tested", correction };
}

function byBonferroni(main: ScoreDifference, experiments: number, level: number): Adjusted {
  const { p, difference, direction } = main;
  const pairs = pairsOf(experiments);
  const adjusted = p === null ? null : Math.min(1, p * pairs);
  return {
    p_adjusted: adjusted,
    verdict: verdictOf(adjusted, difference ?? 0, direction, level),
    correction: `Bonferroni, since any two of the ${experiments} could have been compared`,
  };
}

function pairsOf(experiments: number): number {
  return (experiments * (experiments - 1)) / 2;
}

function wordsOf({ p, verdict }: Comparison["alone"], adjusted: Adjusted, pairs: number): string {
  if (pairs < 2 || p === null || adjusted.p_adjusted === null || verdict === "no evidence") return "";
  const corrected = `corrected p ${short(adjusted.p_adjusted)}`;
  return adjusted.verdict === verdict
    ? `As one of the ${pairs} pairs tried it differs, too (${corrected}).`
    : `Alone, this pair would differ (p ${short(p)}); as one of the ${pairs} pairs tried it does not (${corrected}).`;
}
