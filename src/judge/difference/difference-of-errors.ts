import { absoluteErrors } from "../../scores/errors.js";
import { regressionRecords } from "../../scores/registry.js";
import type { ErrorScore, Share } from "../../scores/score.js";
import { comoments, meanOfSum } from "../../statistics/comoments.js";
import { type Interval, meanOf } from "../../statistics/estimate.js";
import { medianDifference } from "../../statistics/median-difference.js";
import { invertedInterval } from "../../statistics/skewed-t.js";
import { noSpread } from "../intervals/add-interval.js";
import type { JudgeOptions } from "../judge-options.js";
import type { JudgedNumbers } from "../pairing/judged-sample.js";
import type { FoundDifference } from "./found-difference.js";
import { excessOf, type MeanDifference, meanDifference } from "./mean-difference.js";

type Judged = Omit<FoundDifference, "score" | "a" | "b">;

/** The differences of the scores of a regression. */
export function differenceOfErrors(
  a: JudgedNumbers,
  b: JudgedNumbers,
  { level }: JudgeOptions,
  wanted: (score: string) => boolean,
): FoundDifference[] {
  const precision = precisionOf(a, b);
  return regressionRecords.flatMap((record): FoundDifference[] => {
    if (!wanted(record.name)) return [];
    const [valueA, valueB] = [record.of(a.yTrue, a.yPred), record.of(b.yTrue, b.yPred)];
    if (!Number.isFinite(valueA) || !Number.isFinite(valueB)) return [];
    return [
      {
        score: record.name,
        a: valueA,
        b: valueB,
        ...judged(a, b, record, { level, precision }),
      },
    ];
  });
}

function judged(
  a: JudgedNumbers,
  b: JudgedNumbers,
  record: ErrorScore,
  { level, precision }: { level: number; precision: number },
): Judged {
  if (record.by === "extreme") return { method: null, reason: record.noTest };
  if (record.by === "median") {
    const interval = medianDifference(absoluteErrors(a), absoluteErrors(b), level);
    const method = "order statistics of both, at their correlation";
    const isFew = a.yTrue.length < 8 || 2 ** (1 - a.yTrue.length) > 1 - level;
    return { interval, method, reason: isFew ? "it takes 8 samples at least" : noSpread };
  }
  const lossesOf = record.by === "share" ? record.unexplained : record.losses;
  const [ofA, ofB] = [lossesOf(a), lossesOf(b)];
  if (record.direction === "zero") for (const losses of [ofA, ofB]) makePositive(losses);
  const options = {
    level,
    precision,
    isHeavyTailed: record.isHeavyTailed?.(a.yTrue) === true,
  };
  const found = meanDifference(ofA, ofB, options);
  if (record.by === "share") return shareDifference(found, excessOf(ofA, ofB), record, a.yTrue, level);
  return record.by === "root" ? rootDifference(found, ofA, ofB, level) : found;
}

/** How far the mean is from 0, as losses whose mean that is. */
function makePositive(losses: Float64Array): void {
  if (meanOf(losses) >= 0) return;
  for (let i = 0; i < losses.length; i++) losses[i] = -losses[i]!;
}

/** How much rounding makes of a loss, as a share of it: an error is what is left of two larger numbers. */
function precisionOf(a: JudgedNumbers, b: JudgedNumbers): number {
  let [error, truth] = [0, 0];
  for (let i = 0; i < a.yTrue.length; i++) {
    error = Math.max(error, Math.abs(a.yPred[i]! - a.yTrue[i]!), Math.abs(b.yPred[i]! - b.yTrue[i]!));
    truth = Math.max(truth, Math.abs(a.yTrue[i]!));
  }
  return Math.max(1e-12, error > 0 ? (8 * Number.EPSILON * truth) / error : 0);
}

/**
 * 1 - unexplained / total of both has the p of what is unexplained, since the total is the same; the interval
 * is Fieller's: that of the ratio, all d for which the mean of excess + d total may be 0.
 */
function shareDifference(
  found: MeanDifference,
  excess: Float64Array,
  { total }: Share,
  yTrue: Float64Array,
  level: number,
): Judged {
  const { interval, method } = found;
  const totals = total(yTrue);
  if (yTrue.every((value) => value === yTrue[0])) {
    return { method: null, reason: "y_true has one value only, so there is nothing to explain" };
  }
  if (interval?.low === undefined || !interval.standardError) return found;
  const both = comoments(excess, totals);
  const estimate = -both.means[0] / both.means[1];
  const at = (difference: number) => meanOfSum(both, 1, difference);
  const step = at(estimate).standardError / both.means[1];
  const bounds = invertedInterval(at, estimate, step, level);
  const reason = "y_true varies so unevenly that these samples do not say how much there is to explain";
  return { ...found, interval: withBounds(interval, bounds, step), method, reason };
}

/**
 * Two roots have the p of what is under them; the interval has all d for which the roots may differ by d,
 * their own values taken to be as far apart as that.
 */
function rootDifference(found: MeanDifference, ofA: Float64Array, ofB: Float64Array, level: number): Judged {
  const { interval, method } = found;
  if (interval?.low === undefined || !interval.standardError) return found;
  const both = comoments(ofA, ofB);
  const [rootA, rootB] = both.means.map(Math.sqrt) as [number, number];
  const middle = (rootA + rootB) / 2;
  const slope = (root: number, scale: number) => (scale === 0 ? 0 : 1 / (2 * root));
  const at = (difference: number) => {
    const [slopeA, slopeB] = [
      slope(middle - difference / 2, both.scales[0]),
      slope(middle + difference / 2, both.scales[1]),
    ];
    return { ...meanOfSum(both, -slopeA, slopeB), value: rootB - rootA - difference };
  };
  const estimate = rootB - rootA;
  const step = at(estimate).standardError;
  const bounds = invertedInterval(at, estimate, step, level);
  const reason = "these samples do not bound it";
  return { ...found, interval: withBounds(interval, bounds, step), method, reason };
}

function withBounds(
  { p, varianceError }: Partial<Interval>,
  bounds: { low: number; high: number } | undefined,
  standardError: number,
): Partial<Interval> {
  return { ...bounds, p: p!, varianceError: varianceError!, standardError };
}
