import type { ClassificationScore, ScoreName } from "../../scores/registry.js";
import { estimateInterval } from "../../statistics/estimate.js";
import { bootstrapScores } from "../bootstrap-scores.js";
import { countCells, countScores, emptyTable, fillTable } from "../count-scores.js";
import { judgeScores, noSpread, type ScoreInterval, tooManyOrNoSpread } from "../judge-scores.js";
import { type JudgedClasses, type JudgedSample, takeRows } from "../judged-sample.js";
import { sampleScores } from "../sample-scores.js";
import type { SliceDifference } from "./slice-report.js";

interface Judging {
  score: ScoreName;
  level: number;
  seed: number;
}

/** A score that is no mean over the samples, such as F1, of a slice and of the rest; undefined where either has none. */
export function otherScore(
  sample: JudgedSample,
  isInside: Uint8Array,
  { score, level, seed }: Judging,
):
  | { slice: ScoreInterval; rest: ScoreInterval; difference: Omit<SliceDifference, "p_corrected"> }
  | undefined {
  const [inside, outside] = [1, 0].map((side) => partOf(sample, isInside, side)) as [
    JudgedSample,
    JudgedSample,
  ];
  const [slice, rest] = [inside, outside].map((part) =>
    part.yTrue.length === 0 ? undefined : judgeScores(part, { level, seed, scores: [score] })[0],
  );
  if (!slice || !rest) return undefined;
  return { slice, rest, difference: difference(sample, inside, outside, isInside, slice, rest, seed) };
}

function partOf(sample: JudgedSample, isInside: Uint8Array, side: number): JudgedSample {
  const rows: number[] = [];
  for (let i = 0; i < isInside.length; i++) if (isInside[i] === side) rows.push(i);
  return takeRows(sample, Int32Array.from(rows), sample.kind === "classification" ? sample.labels : []);
}

function difference(
  sample: JudgedSample,
  inside: JudgedSample,
  outside: JudgedSample,
  isInside: Uint8Array,
  slice: ScoreInterval,
  rest: ScoreInterval,
  seed: number,
): Omit<SliceDifference, "p_corrected"> {
  const { level } = slice;
  const score = slice.score;
  const value = slice.value - rest.value;
  const nothing = { value, low: null, high: null, level, p: null, method: null, seed: null };
  if (sample.kind === "classification" && countScores.has(score as ClassificationScore)) {
    const found = bootstrapped(sample, isInside, score as ClassificationScore, level, seed);
    if (!found) return { ...nothing, reason: tooManyOrNoSpread };
    const { low, high, p } = found;
    return { value, low, high, level, p, method: "bootstrap BCa, 2000 replicates", seed, reason: null };
  }
  const [first, second] = [inside, outside].map((part) => sampleScores(part, (name) => name === score)[0]);
  if (!first || !second)
    return { ...nothing, reason: "no test of this score compares two groups of samples" };
  // Of two groups without a common sample the variances add up, as if the parts were those of one.
  const parts = new Float64Array(isInside.length);
  parts.set(first.estimate.parts);
  parts.set(second.estimate.parts, first.estimate.parts.length);
  const found = estimateInterval({ value, parts }, level);
  if (!found) return { ...nothing, reason: noSpread };
  const { low, high, p } = found;
  const method = first.method === "delong" ? "DeLong, unpaired" : "delta method, unpaired";
  return { value, low, high, level, p, method, seed: null, reason: null };
}

/** Whether a sample belongs to the slice is drawn with it, so that the sizes vary as they would among other samples. */
function bootstrapped(
  sample: JudgedClasses,
  isInside: Uint8Array,
  score: ClassificationScore,
  level: number,
  seed: number,
) {
  const { labels, yTrue, yPred, positive = labels.length } = sample;
  const { counts, codes } = countCells([Int32Array.from(isInside), yTrue, yPred], Math.max(labels.length, 2));
  const [side, truth, predicted] = codes as [Int32Array, Int32Array, Int32Array];
  const table = emptyTable(labels.length);
  const of = countScores.get(score)!;
  const ofSide = (draw: ArrayLike<number>, wanted: number) => {
    const own = Float64Array.from(side, (each, cell) => (each === wanted ? draw[cell]! : 0));
    return of(fillTable(table, own, truth, predicted), positive) ?? 0;
  };
  return bootstrapScores(counts, (draw) => [ofSide(draw, 1) - ofSide(draw, 0)], level, seed)[0];
}
