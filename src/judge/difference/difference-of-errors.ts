import { absoluteErrors } from "../../scores/errors.js";
import { regressionRecords } from "../../scores/registry.js";
import { estimateDifference, estimateInterval } from "../../statistics/estimate.js";
import { medianEstimate } from "../../statistics/median-estimate.js";
import { wilcoxonSignedRank } from "../../statistics/wilcoxon-signed-rank.js";
import { bootstrapScores, rowsMethod } from "../bootstrap-scores.js";
import { fewSamples } from "../intervals/intervals-of-estimates.js";
import type { JudgeOptions } from "../judge-options.js";
import type { Agreement } from "../judge-schema.js";
import type { JudgedNumbers } from "../pairing/judged-sample.js";
import { weightedRows } from "../weighted-rows.js";
import { type EstimatedDifference, estimateDifferences } from "./estimate-differences.js";
import type { FoundDifference } from "./found-difference.js";

/** The differences of the scores of a regression; fills in the agreement. */
export function differenceOfErrors(
  a: JudgedNumbers,
  b: JudgedNumbers,
  options: JudgeOptions,
  wanted: (score: string) => boolean,
  agreement: Agreement,
): FoundDifference[] {
  const estimated = estimateDifferences(a, b, options, wanted);
  const few = estimated.filter(({ method }) => method === "delta" && a.yTrue.length <= fewSamples);
  if (few.length > 0) drawRows(a, b, few, options);
  return [...ofRanks(a, b, options, wanted, agreement), ...estimated.map(({ found }) => found)];
}

/** Intervals of few samples, by drawing rows. */
function drawRows(
  a: JudgedNumbers,
  b: JudgedNumbers,
  drawn: readonly EstimatedDifference[],
  { level, seed }: JudgeOptions,
): void {
  const scores = new Set<string>(drawn.map(({ found }) => found.score));
  const [ofA, ofB] = [a, b].map((sample) => weightedRows(sample, (score) => scores.has(score)));
  const intervals = bootstrapScores(
    new Float64Array(a.yTrue.length).fill(1),
    {
      scoresOf(weights, values) {
        for (let i = 0; i < drawn.length; i++) {
          const { score } = drawn[i]!.found;
          values[i] = ofB!.get(score)!(weights) - ofA!.get(score)!(weights);
        }
      },
      influences: drawn.map(({ difference }) => difference.parts),
    },
    level,
    seed,
  );
  for (const [i, { found }] of drawn.entries()) {
    if (!intervals[i]) continue;
    found.interval = { ...found.interval, ...intervals[i] };
    found.method = `paired delta method; interval: paired ${rowsMethod}`;
    found.isDrawn = true;
  }
}

function ofRanks(
  a: JudgedNumbers,
  b: JudgedNumbers,
  { level }: JudgeOptions,
  wanted: (score: string) => boolean,
  agreement: Agreement,
): FoundDifference[] {
  const [sizesA, sizesB] = [absoluteErrors(a), absoluteErrors(b)];
  const excess = new Float64Array(sizesA.length);
  agreement.a_nearer = 0;
  agreement.b_nearer = 0;
  for (let i = 0; i < excess.length; i++) {
    excess[i] = sizesB[i]! - sizesA[i]!;
    if (excess[i]! > 0) agreement.a_nearer += 1;
    else if (excess[i]! < 0) agreement.b_nearer += 1;
  }
  agreement.equally_near = excess.length - agreement.a_nearer - agreement.b_nearer;
  return regressionRecords.flatMap((record): FoundDifference[] => {
    if (!wanted(record.name)) return [];
    const found = {
      score: record.name,
      a: record.of(a.yTrue, a.yPred),
      b: record.of(b.yTrue, b.yPred),
      isDrawn: false,
    };
    if (record.by === "extreme") return [{ ...found, method: null, reason: record.noTest }];
    if (record.by !== "median") return [];
    const { p, exact } = wilcoxonSignedRank(excess);
    const [medianA, medianB] = [medianEstimate(sizesA, level), medianEstimate(sizesB, level)];
    const spread =
      medianA && medianB ? estimateInterval(estimateDifference(medianA, medianB), level) : undefined;
    const method = `Wilcoxon signed-rank of the absolute errors, ${exact ? "exact" : "normal approximation"}${spread ? "; interval: Woodruff" : ""}`;
    const reason = "it takes 8 samples at least, whose errors are not all alike";
    return [{ ...found, interval: { ...spread, p }, method, reason }];
  });
}
