import type { ScoreName } from "../../scores/registry.js";
import { normalQuantile, normalTail } from "../../statistics/normal-distribution.js";
import { noSpread } from "../intervals/add-interval.js";
import { judgeScores } from "../intervals/judge-scores.js";
import type { ScoreInterval } from "../judge-schema.js";
import { type JudgedSample, takeRows } from "../pairing/judged-sample.js";
import type { SliceDifference } from "./slice-schema.js";

interface Judging {
  score: ScoreName;
  level: number;
  seed: number;
}

/**
 * A score that is no mean over the samples, such as F1, of a slice and of the rest; undefined where either
 * has none.
 */
export function otherScore(
  sample: JudgedSample,
  isInside: Uint8Array,
  { score, level, seed }: Judging,
):
  | { slice: ScoreInterval; rest: ScoreInterval; difference: Omit<SliceDifference, "p_corrected"> }
  | undefined {
  const [slice, rest] = [1, 0].map((side) => {
    const part = partOf(sample, isInside, side);
    return part.yTrue.length === 0 ? undefined : judgeScores(part, { level, seed, scores: [score] })[0];
  });
  if (!slice || !rest) return undefined;
  return { slice, rest, difference: difference(slice, rest) };
}

function partOf(sample: JudgedSample, isInside: Uint8Array, side: number): JudgedSample {
  const rows: number[] = [];
  for (let i = 0; i < isInside.length; i++) if (isInside[i] === side) rows.push(i);
  return takeRows(sample, Int32Array.from(rows), sample.kind === "classification" ? sample.labels : []);
}

/**
 * From the limits of both, which have no sample in common (MOVER); p is of a normal distribution as wide
 * towards 0 as that limit, so that it is below 1 - level where the interval leaves 0 out, and only there.
 */
function difference(slice: ScoreInterval, rest: ScoreInterval): Omit<SliceDifference, "p_corrected"> {
  const { level } = slice;
  const value = slice.value - rest.value;
  const nothing = { value, low: null, high: null, level, p: null, method: null, seed: null };
  const missing = [slice, rest].find(({ low, high }) => low === null || high === null);
  if (missing) return { ...nothing, reason: missing.reason };
  const below = Math.hypot(slice.value - slice.low!, rest.high! - rest.value);
  const above = Math.hypot(slice.high! - slice.value, rest.value - rest.low!);
  const towardsZero = value > 0 ? below : above;
  if (!(towardsZero > 0)) return { ...nothing, reason: noSpread };
  const z = (-normalQuantile((1 - level) / 2) * Math.abs(value)) / towardsZero;
  return {
    value,
    low: value - below,
    high: value + above,
    level,
    p: Math.min(1, 2 * normalTail(z)),
    method: "MOVER, unpaired",
    seed: null,
    reason: null,
  };
}
