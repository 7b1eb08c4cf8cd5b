import { findScore, scoreNames } from "../../scores/registry.js";
import { normalQuantile } from "../../statistics/normal-distribution.js";
import { dependentDifferences } from "../dependence/dependent-differences.js";
import type { JudgeOptions } from "../judge-options.js";
import type { Agreement, ScoreDifference } from "../judge-schema.js";
import type { JudgedSample } from "../pairing/judged-sample.js";
import { agreementOf } from "./agreement.js";
import { differenceOfCounts } from "./difference-of-counts.js";
import { differenceOfErrors } from "./difference-of-errors.js";
import { differenceOfProbabilities } from "./difference-of-probabilities.js";
import type { FoundDifference } from "./found-difference.js";

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
  const found: FoundDifference[] = [];
  const agreement: Agreement = {
    both_right: null,
    only_a_right: null,
    only_b_right: null,
    both_wrong: null,
    a_nearer: null,
    b_nearer: null,
    equally_near: null,
  };
  const dependence = a.dependence ?? b.dependence;
  if (dependence) {
    Object.assign(agreement, agreementOf(a, b));
    found.push(...dependentDifferences(a, b, dependence, options, wanted));
  } else if (a.kind === "classification" && b.kind === "classification") {
    found.push(...differenceOfCounts(a, b, options, wanted, agreement));
    found.push(...differenceOfProbabilities(a, b, options, wanted));
  } else if (a.kind === "regression" && b.kind === "regression") {
    found.push(...differenceOfErrors(a, b, options, wanted, agreement));
  }
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
  { score, a, b, interval, method, isDrawn, reason }: FoundDifference,
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
