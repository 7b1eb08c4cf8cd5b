import { maxError } from "../scores/max-error.js";
import { medianAbsoluteError } from "../scores/median-absolute-error.js";
import { findScore, type Score, type ScoreName, scoreNames } from "../scores/registry.js";
import {
  type Estimate,
  estimateDifference,
  estimateInterval,
  type Interval,
} from "../statistics/estimate.js";
import { mcNemarMidP } from "../statistics/mcnemar.js";
import { normalQuantile } from "../statistics/normal-distribution.js";
import { wilcoxonSignedRank } from "../statistics/wilcoxon-signed-rank.js";
import { bootstrapScores } from "./bootstrap-scores.js";
import { countCells, countScores, emptyTable, fillTable } from "./count-scores.js";
import { type JudgeOptions, noSpread, tooManyOrNoSpread } from "./judge-scores.js";
import type { JudgedClasses, JudgedNumbers, JudgedSample } from "./judged-sample.js";
import { sampleScores } from "./sample-scores.js";

export type Verdict = "better" | "worse" | "no evidence";

/** A score of two experiments on the same samples. */
export interface ScoreDifference {
  score: ScoreName;
  a: number;
  b: number;
  /** b - a; of `mean_error`, whose best is 0, how much farther b is from 0. */
  difference: number;
  /** Null where there is no interval; `reason` says why. */
  low: number | null;
  high: number | null;
  level: number;
  /** Two-sided, of there being no difference; null where no test applies. */
  p: number | null;
  method: string | null;
  n: number;
  seed: number | null;
  direction: Score["direction"];
  /** Whether b is better than a. */
  verdict: Verdict;
  /** How many samples would show a difference of this size four times of five. */
  samples_needed: number | null;
  reason: string | null;
}

/** How the two fared sample by sample: classification, right or wrong; regression, whose prediction is nearer. */
export interface Agreement {
  both_right: number | null;
  only_a_right: number | null;
  only_b_right: number | null;
  both_wrong: number | null;
  a_nearer: number | null;
  b_nearer: number | null;
  equally_near: number | null;
}

interface Found {
  score: ScoreName;
  a: number | undefined;
  b: number | undefined;
  interval?: Partial<Interval> | undefined;
  method: string | null;
  reason: string;
}

/** The differences of every score that is defined for both, which have the same samples in the same order and the same labels. */
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
    found.push(...ofRanks(a, b, wanted, agreement));
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
  { score, a, b, interval, method, reason }: Found,
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
      seed: interval && method?.includes("bootstrap") ? seed : null,
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
  const { labels, positive = labels.length } = a;
  const { counts, codes } = countCells([a.yTrue, a.yPred, b.yPred], labels.length);
  const [yTrue, ofA, ofB] = codes as [Int32Array, Int32Array, Int32Array];
  const right = { both: 0, a: 0, b: 0, none: 0 };
  for (let cell = 0; cell < counts.length; cell++) {
    const isRightA = ofA[cell] === yTrue[cell];
    const isRightB = ofB[cell] === yTrue[cell];
    right[isRightA ? (isRightB ? "both" : "a") : isRightB ? "b" : "none"] += counts[cell]!;
  }
  agreement.both_right = right.both;
  agreement.only_a_right = right.a;
  agreement.only_b_right = right.b;
  agreement.both_wrong = right.none;

  const asked = [...countScores].filter(
    ([score]) => wanted(score) && (labels.length <= 2 || !findScore(score)!.binaryOnly),
  );
  const tables = [emptyTable(labels.length), emptyTable(labels.length)] as const;
  const fill = (draw: ArrayLike<number>) => {
    fillTable(tables[0], draw, yTrue, ofA);
    fillTable(tables[1], draw, yTrue, ofB);
  };
  fill(counts);
  const values = asked.map(([, of]) => [of(tables[0], positive), of(tables[1], positive)] as const);
  const intervals = bootstrapScores(
    counts,
    (draw) => {
      fill(draw);
      return asked.map(([, of]) => (of(tables[1], positive) ?? 0) - (of(tables[0], positive) ?? 0));
    },
    level,
    seed,
  );
  const midP = mcNemarMidP(right.a, right.b);
  const isSame = right.a + right.b === 0 && ofA.every((code, cell) => code === ofB[cell]);
  return asked.map(([score], i): Found => {
    const [valueA, valueB] = values[i]!;
    const bootstrapped = isSame ? { low: 0, high: 0, p: 1, standardError: 0 } : intervals[i];
    const isAccuracy = score === "accuracy" || score === "recall_weighted";
    return {
      score,
      a: valueA,
      b: valueB,
      interval: isAccuracy ? { ...bootstrapped, p: midP } : bootstrapped,
      method: isAccuracy
        ? "McNemar mid-p; interval: paired bootstrap BCa, 2000 replicates"
        : "paired bootstrap BCa, 2000 replicates",
      reason: tooManyOrNoSpread,
    };
  });
}

function ofSamples(
  a: JudgedSample,
  b: JudgedSample,
  { level }: JudgeOptions,
  wanted: (score: string) => boolean,
): Found[] {
  const others = sampleScores(b, wanted);
  const n = a.yTrue.length;
  return sampleScores(a, wanted).flatMap(({ score, method, estimate }): Found[] => {
    const other = others.find((each) => each.score === score)?.estimate;
    if (!other) return [];
    const isToZero = findScore(score)!.direction === "zero";
    const difference = estimateDifference(
      isToZero ? distanceFromZero(estimate) : estimate,
      isToZero ? distanceFromZero(other) : other,
    );
    return [
      {
        score,
        a: estimate.value,
        b: other.value,
        interval: n < 2 ? undefined : estimateInterval(difference, level, method === "t" ? n - 1 : undefined),
        method: { t: "paired t", delong: "paired DeLong", delta: "paired delta method" }[method],
        reason: noSpread,
      },
    ];
  });
}

function distanceFromZero({ value, parts }: Estimate): Estimate {
  return value < 0 ? { value: -value, parts: parts.map((part) => -part) } : { value, parts };
}

function ofRanks(
  a: JudgedNumbers,
  b: JudgedNumbers,
  wanted: (score: string) => boolean,
  agreement: Agreement,
): Found[] {
  const excess = a.yTrue.map((truth, i) => Math.abs(b.yPred[i]! - truth) - Math.abs(a.yPred[i]! - truth));
  agreement.a_nearer = excess.reduce((count, each) => count + Number(each > 0), 0);
  agreement.b_nearer = excess.reduce((count, each) => count + Number(each < 0), 0);
  agreement.equally_near = excess.length - agreement.a_nearer - agreement.b_nearer;
  const found: Found[] = [];
  if (wanted("median_absolute_error")) {
    const { p, exact } = wilcoxonSignedRank(excess);
    found.push({
      score: "median_absolute_error",
      a: medianAbsoluteError(a.yTrue, a.yPred),
      b: medianAbsoluteError(b.yTrue, b.yPred),
      interval: { p },
      method: `Wilcoxon signed-rank of the absolute errors, ${exact ? "exact" : "normal approximation"}`,
      reason: "the test is of ranks, which give no interval of the difference",
    });
  }
  if (wanted("max_error")) {
    found.push({
      score: "max_error",
      a: maxError(a.yTrue, a.yPred),
      b: maxError(b.yTrue, b.yPred),
      method: null,
      reason: "the largest of some errors says too little of others",
    });
  }
  return found;
}
