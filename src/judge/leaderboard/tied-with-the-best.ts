import { sharedLevel } from "../../statistics/shared-level.js";
import { detectableTogether, samplesNeeded } from "../difference/detectable-difference.js";
import { short } from "../numbers-in-words.js";
import type { Leaderboard, LeaderboardRow } from "./leaderboard-schema.js";

/**
 * What the samples do not tell from the best one, and about how many would tell the one that is farthest from it
 * by its value, were that difference the true one.
 * @param pairs how many pairs there are of those judged: the difference has to stand out among all of them
 */
export function tiedWithTheBest(
  rows: readonly LeaderboardRow[],
  level: number,
  pairs: number,
): Leaderboard["tied"] {
  const compared = rows.filter(({ p_corrected: p }) => p !== null);
  const tied = compared.filter(({ verdict }) => verdict === "tied with the best");
  const farthest = tied
    .flatMap(({ difference }) => (difference && difference.difference !== null ? [difference] : []))
    .sort((a, b) => Math.abs(b.difference!) - Math.abs(a.difference!))[0];
  const found = { experiments: tied.length, judged: compared.length };
  if (!farthest) {
    return {
      ...found,
      difference: null,
      samples: null,
      samples_needed: null,
      summary: allAreTold(compared.length),
    };
  }
  const gap = Math.abs(farthest.difference!);
  const detectable = detectableTogether(farthest, sharedLevel(level, pairs));
  const needed = samplesNeeded({ detectable, n: farthest.n }, gap);
  const are = tied.length === 1 ? "is" : "are";
  const start = `${tied.length} of ${compared.length} ${are} not distinguishable from the best.`;
  const rest =
    needed === null
      ? ""
      : ` The largest difference among them, ${short(gap)}, would take about ${needed.low} to ${needed.high} samples to show, were it true; there are ${farthest.n}.`;
  return { ...found, difference: gap, samples: farthest.n, samples_needed: needed, summary: start + rest };
}

function allAreTold(others: number): string {
  if (others === 0) return "";
  return others === 1
    ? "The other one is told from the best."
    : `All ${others} others are told from the best.`;
}
