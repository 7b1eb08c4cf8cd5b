import { samplesNeeded } from "./difference/detectable-difference.js";
import type { MarginConclusion, ScoreDifference } from "./judge-schema.js";
import { concludeMargin, gainOf } from "./margin-conclusion.js";
import { marginInWords, type PairNames } from "./margin-in-words.js";

/**
 * What a difference says of a margin, as `concludeMargin` has it; with the limits, how many samples would
 * decide it, and in words.
 * @throws TrackingError INVALID_ARGUMENT
 */
export function judgeMargin(
  difference: ScoreDifference,
  margin: number,
  names: PairNames = ["A", "B"],
): MarginConclusion {
  const { conclusion } = concludeMargin(difference, margin);
  const gain = gainOf(difference);
  const { level, reason } = difference;
  const found = {
    margin,
    conclusion,
    low: gain?.low ?? null,
    high: gain?.high ?? null,
    level,
    samples_needed: samplesNeeded(difference, margin),
    reason: gain ? null : reason,
  };
  return { ...found, summary: marginInWords(found, difference.n, names) };
}
