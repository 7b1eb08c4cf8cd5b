import { confusionTable } from "../../scores/confusion-table.js";
import type { ScoreName } from "../../scores/registry.js";
import type { BcaInterval } from "../../statistics/bca-interval.js";
import { estimateInterval } from "../../statistics/estimate.js";
import { bootstrapMethod, bootstrapScores } from "../bootstrap-scores.js";
import { type Cells, countCells } from "../count-cells.js";
import { countEstimate, countGradient, influenceOf } from "../count-gradient.js";
import { countScore, emptyTable, fillTable, mostCells, type NamedCountScore } from "../count-scores.js";
import { noSpread } from "../intervals/add-interval.js";
import { judgeScores } from "../intervals/judge-scores.js";
import type { ScoreInterval } from "../judge-schema.js";
import { type JudgedClasses, type JudgedSample, takeRows } from "../pairing/judged-sample.js";
import { type SampleScore, sampleScores } from "../sample-scores.js";
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
  const { level, score } = slice;
  const value = slice.value - rest.value;
  const nothing = { value, low: null, high: null, level, p: null, method: null, seed: null };
  const [first, second] = [inside, outside].map((part) => estimateOf(part, score)?.estimate());
  const method =
    estimateOf(inside, score)?.method === "delong" ? "DeLong, unpaired" : "delta method, unpaired";
  if (!first || !second)
    return { ...nothing, reason: "no test of this score compares two groups of samples" };
  // Of two groups without a common sample the variances add up, as if the parts were those of one.
  const parts = new Float64Array(isInside.length);
  parts.set(first.parts);
  parts.set(second.parts, first.parts.length);
  const found = estimateInterval({ value, parts }, level);
  if (!found) return { ...nothing, reason: noSpread };
  const { low, high, p } = found;
  const estimated = { value, low, high, level, p, method, seed: null, reason: null };
  const record = countScore(score);
  if (sample.kind === "regression" || !record) return estimated;
  const columns = [Int32Array.from(isInside), sample.yTrue, sample.yPred] as const;
  const cells = countCells(columns, Math.max(sample.labels.length, 2), mostCells);
  const drawn = cells && bootstrapped(sample, cells, record, level, seed);
  if (!drawn) return estimated;
  return {
    ...estimated,
    low: drawn.low,
    high: drawn.high,
    method: `${method}; interval: ${bootstrapMethod}`,
    seed,
  };
}

function estimateOf(part: JudgedSample, score: ScoreName): Omit<SampleScore, "score"> | undefined {
  const record = countScore(score);
  if (part.kind === "regression" || !record) return sampleScores(part, (name) => name === score)[0];
  const { labels, yTrue, yPred, positive = labels.length } = part;
  const table = confusionTable({ labels: [...labels.keys()], yTrue, yPred });
  const value = record.of(table, positive);
  if (value === undefined) return undefined;
  const gradient = countGradient(record, table, positive);
  return { method: "delta", estimate: () => countEstimate(value, gradient, yTrue, yPred) };
}

/**
 * Whether a sample belongs to the slice is drawn with it, so that the sizes vary as they would among other
 * samples.
 */
function bootstrapped(
  { labels, yTrue, positive = labels.length }: JudgedClasses,
  { counts, codes }: Cells,
  record: NamedCountScore,
  level: number,
  seed: number,
): BcaInterval | undefined {
  const [side, truth, predicted] = codes as [Int32Array, Int32Array, Int32Array];
  const table = emptyTable(labels.length);
  const own = new Float64Array(counts.length);
  const tableOf = (draw: Float64Array, wanted: number) => {
    for (let cell = 0; cell < own.length; cell++) own[cell] = side[cell] === wanted ? draw[cell]! : 0;
    return fillTable(table, own, truth, predicted);
  };
  const { of } = record;
  const gradients = [0, 1].map((wanted) => countGradient(record, tableOf(counts, wanted), positive));
  const influences = counts.map((_, cell) => {
    const inside = side[cell]!;
    const influence = influenceOf(gradients[inside]!, yTrue.length, truth[cell]!, predicted[cell]!);
    return inside === 1 ? influence : -influence;
  });
  return bootstrapScores(
    counts,
    {
      scoresOf(draw, scores) {
        const inside = of(tableOf(draw, 1), positive) ?? 0;
        scores[0] = inside - (of(tableOf(draw, 0), positive) ?? 0);
      },
      influences: [influences],
    },
    level,
    seed,
  )[0];
}
