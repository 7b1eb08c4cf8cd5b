import { type ConfusionTable, confusionTable } from "../scores/confusion-table.js";
import type { CountGradient } from "../scores/count-gradient.js";
import { absoluteErrors } from "../scores/errors.js";
import { findScore, regressionRecords, type ScoreName, scoreNames } from "../scores/registry.js";
import {
  type Estimate,
  estimateDifference,
  estimateInterval,
  type Interval,
} from "../statistics/estimate.js";
import { mcNemarMidP } from "../statistics/mcnemar.js";
import { medianEstimate } from "../statistics/median-estimate.js";
import { normalQuantile } from "../statistics/normal-distribution.js";
import { pairedSharesInterval } from "../statistics/paired-shares-interval.js";
import { wilcoxonSignedRank } from "../statistics/wilcoxon-signed-rank.js";
import { bootstrapMethod, bootstrapScores, rowsMethod } from "./bootstrap-scores.js";
import { countCells } from "./count-cells.js";
import { countEstimate, countGradient } from "./count-gradient.js";
import { askedScores, mostCells } from "./count-scores.js";
import { drawDifferences, randomizationMethod } from "./draw-differences.js";
import type { Agreement, ScoreDifference } from "./judge-schema.js";
import { fewSamples, type JudgeOptions, noSpread } from "./judge-scores.js";
import type { JudgedClasses, JudgedNumbers, JudgedSample } from "./pairing/judged-sample.js";
import { sampleScores } from "./sample-scores.js";
import { weightedRows } from "./weighted-rows.js";

/**
 * With fewer samples that the two predict differently, the bootstrap's intervals leave 0 out far too often.
 */
const leastDiffering = 20;

interface Found {
  score: ScoreName;
  a: number | undefined;
  b: number | undefined;
  interval?: Partial<Interval> | undefined;
  method: string | null;
  /** Whether the method draws at random, so that its seed is said. */
  isDrawn: boolean;
  reason: string;
}

/**
 * The differences of every score that is defined for both, which have the same samples in the same order and
 * the same labels.
 */
export function judgeDifference(
  a: JudgedSample,
  b: JudgedSample,
  options: JudgeOptions,
): { scores: ScoreDifference[]; agreement: Agreement } {
  const wanted = (score: string) => options.scores?.includes(score) ?? true;
  const found: Found[] = [];
  const agreement: Agreement = {
    both_right: null,
    only_a_right: null,
    only_b_right: null,
    both_wrong: null,
    a_nearer: null,
    b_nearer: null,
    equally_near: null,
  };
  if (a.kind === "classification" && b.kind === "classification") {
    found.push(...ofCounts(a, b, options, wanted, agreement));
  } else if (a.kind === "regression" && b.kind === "regression") {
    found.push(...ofRanks(a, b, options, wanted, agreement));
  }
  found.push(...ofSamples(a, b, options, wanted));
  const order: string[] =
    a.kind === "classification" ? scoreNames("classification") : scoreNames("regression");
  return {
    agreement,
    scores: found
      .sort((x, y) => order.indexOf(x.score) - order.indexOf(y.score))
      .flatMap((each) => scoreDifference(each, a.yTrue.length, options)),
  };
}

function scoreDifference(
  { score, a, b, interval, method, isDrawn, reason }: Found,
  n: number,
  { level, seed }: JudgeOptions,
): ScoreDifference[] {
  if (a === undefined || b === undefined) return [];
  const { direction } = findScore(score)!;
  const difference = direction === "zero" ? Math.abs(b) - Math.abs(a) : b - a;
  const p = interval?.p ?? null;
  const isShown = p !== null && p < 1 - level && difference !== 0;
  const isGain = direction === "higher" ? difference > 0 : difference < 0;
  return [
    {
      score,
      a,
      b,
      difference,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      level,
      p,
      method: interval ? method : null,
      n,
      seed: interval && isDrawn ? seed : null,
      direction,
      verdict: isShown ? (isGain ? "better" : "worse") : "no evidence",
      samples_needed: samplesNeeded(difference, interval?.standardError, n, level),
      reason: interval?.low === undefined ? reason : null,
    },
  ];
}

/** For a power of 80 %, by the normal distribution. */
function samplesNeeded(
  difference: number,
  standardError: number | undefined,
  n: number,
  level: number,
): number | null {
  if (difference === 0 || !standardError) return null;
  const distance = normalQuantile(0.5 + level / 2) + normalQuantile(0.8);
  return Math.ceil(n * ((distance * standardError) / difference) ** 2);
}

function ofCounts(
  a: JudgedClasses,
  b: JudgedClasses,
  { level, seed }: JudgeOptions,
  wanted: (score: string) => boolean,
  agreement: Agreement,
): Found[] {
  const { yTrue, positive = a.labels.length } = a;
  const labels = [...a.labels.keys()];
  const right = countRight(a, b);
  agreement.both_right = right.both;
  agreement.only_a_right = right.onlyA;
  agreement.only_b_right = right.onlyB;
  agreement.both_wrong = yTrue.length - right.both - right.onlyA - right.onlyB;

  const asked = askedScores(labels.length, wanted);
  if (asked.length === 0) return [];
  const tables = [a, b].map(({ yPred }) => confusionTable({ labels, yTrue, yPred })) as Pair<ConfusionTable>;
  const values = asked.map(
    ({ of }) => tables.map((table) => of(table, positive)) as Pair<number | undefined>,
  );
  const gradients = asked.map(
    (record) => tables.map((table) => countGradient(record, table, positive)) as Pair<CountGradient>,
  );
  const cells = countCells([yTrue, a.yPred, b.yPred], labels.length, mostCells);
  let differing = 0;
  for (let i = 0; i < yTrue.length; i++) differing += Number(a.yPred[i] !== b.yPred[i]);
  const drawn =
    cells && differing > 0
      ? drawDifferences(cells, { asked, gradients, positive, labels: labels.length, level, seed })
      : undefined;
  const midP = mcNemarMidP(right.onlyA, right.onlyB);
  const { both, onlyA: onlyFirst, onlyB: onlySecond } = right;
  const shares = { both, onlyFirst, onlySecond, neither: agreement.both_wrong };
  const judged = (i: number): Pick<Found, "interval" | "method" | "isDrawn" | "reason"> => {
    if (differing === 0) {
      const interval = { low: 0, high: 0, p: 1, standardError: 0 };
      return { interval, method: "the predictions are the same", isDrawn: false, reason: noSpread };
    }
    if (drawn) {
      const { p, bootstrapped } = drawn[i]!;
      if (bootstrapped && differing >= leastDiffering) {
        const method = `${randomizationMethod}; interval: paired ${bootstrapMethod}`;
        return { interval: { ...bootstrapped, p }, method, isDrawn: true, reason: noSpread };
      }
      const reason = `${differing} ${differing === 1 ? "sample is" : "samples are"} predicted differently, and the interval takes ${leastDiffering}`;
      const interval = bootstrapped ? { p, standardError: bootstrapped.standardError } : { p };
      return {
        interval,
        method: randomizationMethod,
        isDrawn: true,
        reason: bootstrapped ? reason : noSpread,
      };
    }
    const [ofA, ofB] = [a, b].map(({ yPred }, which) =>
      countEstimate(values[i]![which] ?? 0, gradients[i]![which]!, yTrue, yPred),
    ) as Pair<Estimate>;
    const interval = yTrue.length < 2 ? undefined : estimateInterval(estimateDifference(ofA, ofB), level);
    return { interval, method: "paired delta method", isDrawn: false, reason: noSpread };
  };
  return asked.map(({ name, isShareRight }, i): Found => {
    const [valueA, valueB] = values[i]!;
    const found = { score: name, a: valueA, b: valueB, ...judged(i) };
    if (differing === 0 || !isShareRight) return found;
    const interval = { ...found.interval, ...pairedSharesInterval(shares, level), p: midP };
    return { ...found, interval, method: "McNemar mid-p; interval: Newcombe", isDrawn: false };
  });
}

type Pair<T> = [T, T];

function countRight(a: JudgedClasses, b: JudgedClasses): { both: number; onlyA: number; onlyB: number } {
  let both = 0;
  let onlyA = 0;
  let onlyB = 0;
  for (let i = 0; i < a.yTrue.length; i++) {
    const isRightA = a.yPred[i] === a.yTrue[i];
    const isRightB = b.yPred[i] === b.yTrue[i];
    if (isRightA && isRightB) both += 1;
    else if (isRightA) onlyA += 1;
    else if (isRightB) onlyB += 1;
  }
  return { both, onlyA, onlyB };
}

function ofSamples(
  a: JudgedSample,
  b: JudgedSample,
  { level, seed }: JudgeOptions,
  wanted: (score: string) => boolean,
): Found[] {
  const others = sampleScores(b, wanted);
  const n = a.yTrue.length;
  const drawn: { found: Found; influences: Float64Array }[] = [];
  const all = sampleScores(a, wanted).flatMap(({ score, method, estimate: estimateOf }): Found[] => {
    const estimate = estimateOf();
    const other = others.find((each) => each.score === score)?.estimate();
    if (!estimate || !other) return [];
    const isToZero = findScore(score)!.direction === "zero";
    const difference = estimateDifference(
      isToZero ? distanceFromZero(estimate) : estimate,
      isToZero ? distanceFromZero(other) : other,
    );
    const found: Found = {
      score,
      a: estimate.value,
      b: other.value,
      interval: n < 2 ? undefined : estimateInterval(difference, level, method === "t" ? n - 1 : undefined),
      method: { t: "paired t", delong: "paired DeLong", delta: "paired delta method" }[method],
      isDrawn: false,
      reason: noSpread,
    };
    // Drawn rows have ties that the samples had not, which biases a difference of average precisions.
    if (method === "delta" && a.kind === "regression" && n <= fewSamples)
      drawn.push({ found, influences: difference.parts });
    return [found];
  });
  if (drawn.length > 0) {
    const scores = new Set<string>(drawn.map(({ found }) => found.score));
    const [ofA, ofB] = [a, b].map((sample) => weightedRows(sample, (score) => scores.has(score)));
    const intervals = bootstrapScores(
      new Float64Array(n).fill(1),
      {
        scoresOf(weights, values) {
          for (let i = 0; i < drawn.length; i++) {
            const { score } = drawn[i]!.found;
            values[i] = ofB!.get(score)!(weights) - ofA!.get(score)!(weights);
          }
        },
        influences: drawn.map(({ influences }) => influences),
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
  return all;
}

function distanceFromZero({ value, parts }: Estimate): Estimate {
  return value < 0 ? { value: -value, parts: parts.map((part) => -part) } : { value, parts };
}

function ofRanks(
  a: JudgedNumbers,
  b: JudgedNumbers,
  { level }: JudgeOptions,
  wanted: (score: string) => boolean,
  agreement: Agreement,
): Found[] {
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
  return regressionRecords.flatMap((record): Found[] => {
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
