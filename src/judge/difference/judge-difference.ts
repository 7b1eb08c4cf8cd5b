import { findScore, type ScoreName, scoreNames } from "../../scores/registry.js";
import { dependentDifferences } from "../dependence/dependent-differences.js";
import type { JudgeOptions } from "../judge-options.js";
import type { Agreement, ScoreDifference } from "../judge-schema.js";
import type { JudgedSample } from "../pairing/judged-sample.js";
import { scoreValue } from "../score-value.js";
import { isWeighted } from "../weighted/weighed-scores.js";
import { weightedDifferences } from "../weighted/weighted-differences.js";
import { whyNotJudged } from "../why-not-judged.js";
import { agreementOf } from "./agreement.js";
import { detectableDifference } from "./detectable-difference.js";
import { differenceOfCounts } from "./difference-of-counts.js";
import { differenceOfErrors } from "./difference-of-errors.js";
import { differenceOfProbabilities } from "./difference-of-probabilities.js";
import type { FoundDifference } from "./found-difference.js";
import { verdictOf } from "./verdict-of.js";

/**
 * The differences of every score that is defined for either, in the order of the registry. Both have the same
 * samples in the same order and the same labels.
 */
export function judgeDifference(
  a: JudgedSample,
  b: JudgedSample,
  options: JudgeOptions,
): { scores: ScoreDifference[]; agreement: Agreement } {
  const wanted = (score: string) => options.scores?.includes(score) ?? true;
  const found: FoundDifference[] = [];
  const dependence = a.dependence ?? b.dependence;
  if (isWeighted(a) && isWeighted(b)) {
    found.push(...weightedDifferences(a, b, options, wanted));
  } else if (dependence) {
    found.push(...dependentDifferences(a, b, dependence, options, wanted));
  } else if (a.kind === "classification" && b.kind === "classification") {
    found.push(...differenceOfCounts(a, b, options, wanted));
    found.push(...differenceOfProbabilities(a, b, options, wanted));
  } else if (a.kind === "regression" && b.kind === "regression") {
    found.push(...differenceOfErrors(a, b, options, wanted));
  }
  const judged = new Map(found.map((each) => [each.score, each]));
  const scores = scoreNames(a.kind).filter(wanted);
  return {
    agreement: agreementOf(a, b),
    scores: scores.flatMap((score) => {
      const known = judged.get(score);
      return known?.a !== undefined && known.b !== undefined
        ? scoreDifference({ ...known, a: known.a, b: known.b }, a, b, options)
        : notJudged(score, a, b, options);
    }),
  };
}

function scoreDifference(
  { score, a, b, method, ...found }: FoundDifference & { a: number; b: number },
  sampleA: JudgedSample,
  sampleB: JudgedSample,
  { level, seed }: JudgeOptions,
): ScoreDifference {
  const { direction, range } = findScore(score)!;
  const isNoise = isRounding(found.interval, a, b);
  const interval = isNoise ? undefined : found.interval;
  const reason = isNoise ? "the two differ by no more than rounding" : found.reason;
  // Two values of the score cannot be farther apart than its range is wide.
  const widest = range[1] - range[0];
  const bounds = interval?.low === undefined ? undefined : { low: interval.low, high: interval.high! };
  const isBounded = bounds !== undefined && Number.isFinite(bounds.low) && Number.isFinite(bounds.high);
  const difference = isNoise ? 0 : direction === "zero" ? Math.abs(b) - Math.abs(a) : b - a;
  const p = interval?.p ?? null;
  return {
    score,
    a,
    b,
    difference,
    low: isBounded ? Math.max(bounds.low, -widest) : null,
    high: isBounded ? Math.min(bounds.high, widest) : null,
    level,
    p,
    method: interval ? method : null,
    n: sampleA.yTrue.length,
    seed: interval && sampleA.weights ? seed : null,
    direction,
    verdict: verdictOf(p, difference, direction, level),
    detectable: detectableDifference(
      // Where the samples give no interval, they do not say either what they would show; nor do draws say how
      // far their deviation is off.
      isBounded && !sampleA.weights ? interval!.standardError : undefined,
      Math.max(
        interval?.varianceError ?? varianceErrorOfCounts(sampleA, sampleB),
        varianceErrorOfNormal(sampleA),
      ),
      level,
    ),
    reason: bounds && !isBounded ? "these samples do not bound it" : !bounds || p === null ? reason : null,
  };
}

/** Sums in another order differ by less than this share of a value. */
const roundingShare = 1e-12;

/** Whether all that tells the two apart, and all that the samples vary by, is how sums are rounded. */
function isRounding(interval: FoundDifference["interval"], a: number, b: number): boolean {
  const least = roundingShare * Math.max(Math.abs(a), Math.abs(b));
  const spread = interval?.standardError;
  return a !== b && Math.abs(b - a) <= least && spread !== undefined && spread <= least;
}

/** Of normal values a variance is off by this at least: few samples say too little of their own tails. */
function varianceErrorOfNormal({ yTrue }: JudgedSample): number {
  return Math.sqrt(2 / (yTrue.length - 1));
}

/** How far a variance is off that follows from how many samples the two predict differently. */
function varianceErrorOfCounts(a: JudgedSample, b: JudgedSample): number {
  if (a.kind === "regression") return 0;
  let differing = 0;
  for (let i = 0; i < a.yPred.length; i++) differing += Number(a.yPred[i] !== b.yPred[i]);
  return 1 / Math.sqrt(differing);
}

/** A score that is there but cannot be judged, or is defined for one of the two only. */
function notJudged(
  score: ScoreName,
  sampleA: JudgedSample,
  sampleB: JudgedSample,
  { level }: JudgeOptions,
): ScoreDifference[] {
  const [ofA, ofB] = [scoreValue(sampleA, score), scoreValue(sampleB, score)];
  const [a, b] = [ofA?.value ?? null, ofB?.value ?? null];
  if (a === null && b === null) return [];
  const { direction } = findScore(score)!;
  const far = (value: number) => (direction === "zero" ? Math.abs(value) : value);
  const undefinedOf = a === null ? ofA : ofB;
  return [
    {
      score,
      a,
      b,
      difference: a === null || b === null ? null : far(b) - far(a),
      low: null,
      high: null,
      level,
      p: null,
      method: null,
      n: sampleA.yTrue.length,
      seed: null,
      direction,
      verdict: "cannot be tested",
      detectable: null,
      reason:
        a === null || b === null
          ? (undefinedOf?.why ?? "it does not apply there")
          : whyNotJudged(sampleA, score),
    },
  ];
}
