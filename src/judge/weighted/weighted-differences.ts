import { findScore, type ScoreName } from "../../scores/registry.js";
import { fewestDrawn } from "../../statistics/bootstrap-draws.js";
import { bootstrapIntervals } from "../../statistics/bootstrap-interval.js";
import type { FoundDifference } from "../difference/found-difference.js";
import type { JudgeOptions } from "../judge-options.js";
import { type WeightedSample, weighedScores } from "./weighed-scores.js";
import { drawnTogether } from "./weighted-intervals.js";
import { whyWeightedTail } from "./weighted-tail.js";
import { drawnMethod, whyNotDrawn } from "./why-not-drawn.js";

/**
 * The differences of every score of the same weighted samples: these are drawn with their weights, the same for
 * both, once for all scores.
 */
export function weightedDifferences(
  a: WeightedSample,
  b: WeightedSample,
  { level, seed }: JudgeOptions,
  wanted: (score: string) => boolean,
): FoundDifference[] {
  const [ofA, ofB] = [weighedScores(a, wanted), weighedScores(b, wanted)];
  const [whyA, whyB] = [whyNotDrawn(a, "noTest"), whyNotDrawn(b, "noTest")];
  const tooAlike = whyTooAlike(a, b);
  const found = ofA.names.map((score, i): FoundDifference => {
    const reason = whyA(score) ?? whyB(score) ?? tooAlike(score) ?? whyWeightedTail(a, score, b) ?? "";
    return { score, a: ofA.values[i], b: ofB.values[i], method: `paired ${drawnMethod}`, reason };
  });
  const tested = found.filter((each) => each.reason === "" && each.a !== undefined && each.b !== undefined);
  const isTested = (score: string) => tested.some((each) => each.score === score);
  const [drawnA, drawnB] = [weighedScores(a, isTested), weighedScores(b, isTested)];
  const gaps = (valuesA: readonly (number | undefined)[], valuesB: readonly (number | undefined)[]) =>
    tested.map(({ score }, i) => gap(score, valuesA[i], valuesB[i]));
  const intervals = bootstrapIntervals(
    gaps(drawnA.values, drawnB.values) as number[],
    {
      count: a.yTrue.length,
      ...drawnTogether(a.dependence ? a : b),
      valuesOf: (rows) => gaps(drawnA.valuesOf(rows), drawnB.valuesOf(rows)),
    },
    level,
    seed,
  );
  for (const [i, each] of tested.entries()) {
    const interval = intervals[i]!;
    if ("why" in interval) each.reason = interval.why;
    else each.interval = interval;
  }
  return found;
}

/** Sums of weights in another order differ by less than this share of a score. */
const roundingShare = 1e-13;

/** How much greater b is; of a score whose best is 0, how much farther from it. */
function gap(score: ScoreName, a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (Math.abs(b - a) <= roundingShare * Math.max(Math.abs(a), Math.abs(b))) return 0;
  return findScore(score)!.direction === "zero" ? Math.abs(b) - Math.abs(a) : b - a;
}

/** Few samples that differ say too little of how many of others would. */
function whyTooAlike(a: WeightedSample, b: WeightedSample): (score: ScoreName) => string | undefined {
  const differing = (ofA: ArrayLike<number>, ofB: ArrayLike<number>) => {
    const rows = new Uint8Array(a.weights.length);
    for (let row = 0; row < rows.length; row++)
      rows[row] = Number(ofA[row] !== ofB[row] && a.weights[row]! > 0);
    return rows;
  };
  const count = (rows: Uint8Array) => rows.reduce((sum, differs) => sum + differs, 0);
  const predicted = differing(a.yPred, b.yPred);
  const predictions = count(predicted);
  const positives =
    a.kind === "classification"
      ? count(predicted.map((each, row) => each * Number(a.yTrue[row] === a.positive)))
      : 0;
  let scored = 0;
  if (a.kind === "classification" && b.kind === "classification") {
    const columns = a.scores.flatMap((ofClass, i) => {
      const other = b.scores[i];
      return other ? [differing(ofClass, other)] : [];
    });
    const any = new Uint8Array(a.weights.length);
    for (const rows of columns) for (let row = 0; row < any.length; row++) any[row]! |= rows[row]!;
    scored = count(any);
  }
  return (score) => {
    const { needsScore } = findScore(score)!;
    // Recall hangs on the positive samples alone.
    const ofPositives = score === "recall";
    const rows = needsScore ? scored : ofPositives ? positives : predictions;
    if (rows >= fewestDrawn) return undefined;
    const what = needsScore ? "have another y_score" : "are predicted differently";
    return `${rows} of the ${ofPositives ? "positive samples" : "samples"} that count ${what}, fewer than ${fewestDrawn}`;
  };
}
