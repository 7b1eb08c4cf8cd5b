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
  const differing = differingSamples(a, b);
  const found = ofA.names.map((score, i): FoundDifference => {
    const refused = whyA(score) ?? whyB(score);
    const values = { score, a: ofA.values[i], b: ofB.values[i], method: `paired ${drawnMethod}` };
    const alike = differing(score);
    if (refused === undefined && alike.count === 0 && values.a === values.b) {
      return { ...values, interval: { low: 0, high: 0, p: 1, standardError: 0 }, reason: "" };
    }
    const reason = refused ?? whyTooAlike(alike) ?? whyWeightedTail(a, score, b) ?? "";
    return { ...values, reason };
  });
  const tested = found.filter(
    ({ a: valueA, b: valueB, interval, reason }) =>
      !interval && reason === "" && valueA !== undefined && valueB !== undefined,
  );
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

interface Differing {
  count: number;
  /** In words. */
  what: string;
}

/** How many samples that count the two predict, or score, differently: those that a score hangs on. */
function differingSamples(a: WeightedSample, b: WeightedSample): (score: ScoreName) => Differing {
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
    const whose = ofPositives ? "positive samples" : "samples";
    const what = needsScore ? "have another y_score" : "are predicted differently";
    return { count: rows, what: `of the ${whose} that count ${what}` };
  };
}

/** Few samples that differ say too little of how many of others would. */
function whyTooAlike({ count, what }: Differing): string | undefined {
  return count < fewestDrawn ? `${count} ${what}, fewer than ${fewestDrawn}` : undefined;
}
