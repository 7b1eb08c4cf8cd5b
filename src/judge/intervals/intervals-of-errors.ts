import { absoluteErrors } from "../../scores/errors.js";
import { regressionRecords } from "../../scores/registry.js";
import type { ErrorScore } from "../../scores/score.js";
import { comoments, meanOfSum } from "../../statistics/comoments.js";
import { meanDeviation } from "../../statistics/mean-deviation.js";
import { medianInterval } from "../../statistics/median-interval.js";
import { invertedInterval, skewedTInterval } from "../../statistics/skewed-t.js";
import type { JudgeOptions } from "../judge-options.js";
import type { JudgedNumbers } from "../pairing/judged-sample.js";
import { whyTailDecides } from "../tail.js";
import { type AddInterval, noSpread } from "./add-interval.js";

interface Bounds {
  low: number;
  high: number;
}

/** Of the scores of a regression. */
export function intervalsOfErrors(
  sample: JudgedNumbers,
  { level }: JudgeOptions,
  wanted: (score: string) => boolean,
  add: AddInterval,
): void {
  for (const record of regressionRecords) {
    if (!wanted(record.name)) continue;
    const value = record.of(sample.yTrue, sample.yPred);
    if (value === undefined || !Number.isFinite(value)) continue;
    if (record.by === "extreme") {
      add(record.name, value, undefined, null, record.noInterval);
    } else if (record.by === "median") {
      const interval = medianInterval(absoluteErrors(sample), level);
      add(record.name, value, interval, "order statistics", "it takes 8 samples at least");
    } else {
      const found = boundsOf(sample, record, level);
      if (typeof found === "string") add(record.name, value, undefined, null, found);
      else add(record.name, value, found, "skewness-corrected t", noSpread);
    }
  }
}

/** Of a score that is made of means; or why it has none. */
function boundsOf(
  sample: JudgedNumbers,
  record: Exclude<ErrorScore, { by: "median" | "extreme" }>,
  level: number,
): Bounds | string {
  const { yTrue } = sample;
  const n = yTrue.length;
  if (n < 2) return noSpread;
  const total = record.by === "share" ? record.total(yTrue) : undefined;
  if (total && yTrue.every((value) => value === yTrue[0]))
    return "y_true has one value only, so there is nothing to explain";
  const losses = record.by === "share" ? record.unexplained(sample) : record.losses(sample);
  const of = meanDeviation(losses);
  const isHeavyTailed = record.isHeavyTailed?.(yTrue) === true;
  if (!total && !(of.standardError > 1e-14 * Math.abs(of.value))) return noSpread;
  if (of.standardError > 0) {
    const tail = isHeavyTailed ? whyTailDecides(losses, of) : undefined;
    if (tail !== undefined) return tail;
  }
  if (total) return ofShare(losses, total, isHeavyTailed, level);
  const found = skewedTInterval(of, level);
  if (record.by === "mean") return found;
  return { low: Math.sqrt(Math.max(found.low, 0)), high: Math.sqrt(Math.max(found.high, 0)) };
}

/** Fieller's: all r for which the mean of loss - r total may be 0, taken from 1. */
function ofShare(
  losses: Float64Array,
  total: Float64Array,
  isHeavyTailed: boolean,
  level: number,
): Bounds | string {
  const both = comoments(losses, total);
  const share = both.means[0] / both.means[1];
  const at = (ratio: number) => meanOfSum(both, 1, -ratio);
  const deviation = at(share);
  if (!(deviation.standardError > 1e-14 * both.means[0])) return noSpread;
  for (let i = 0; i < losses.length; i++) losses[i]! -= share * total[i]!;
  const tail = isHeavyTailed ? whyTailDecides(losses, deviation) : undefined;
  if (tail !== undefined) return tail;
  const found = invertedInterval(at, share, deviation.standardError / both.means[1], level);
  return found ? { low: 1 - found.high, high: 1 - found.low } : unbounded;
}

const unbounded = "y_true varies so unevenly that these samples do not say how much there is to explain";
