import { absoluteErrors } from "../../scores/errors.js";
import { regressionRecords } from "../../scores/registry.js";
import type { ErrorScore } from "../../scores/score.js";
import { comoments, meanOfSum } from "../../statistics/comoments.js";
import { meanEstimate } from "../../statistics/estimate.js";
import { estimateDeviation } from "../../statistics/estimate-deviation.js";
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
  if (total?.every((each) => each === 0)) return "y_true has one value only, so there is nothing to explain";
  const losses = record.by === "share" ? record.unexplained(sample) : record.losses(sample);
  const both = total && comoments(losses, total);
  const share = both ? both.means[0] / both.means[1] : 0;
  const beyond = total ? losses.map((loss, i) => loss - share * total[i]!) : losses;
  const estimate = meanEstimate(beyond);
  const deviation = estimateDeviation(estimate, n - 1);
  const size = both ? both.means[0] : Math.abs(estimate.value);
  if (!(deviation.standardError > 1e-14 * size)) return noSpread;
  const tail = record.isHeavyTailed?.(yTrue) ? whyTailDecides([losses, beyond]) : undefined;
  if (tail !== undefined) return tail;
  if (both) {
    const step = deviation.standardError / both.means[1];
    const found = invertedInterval((ratio) => meanOfSum(both, 1, -ratio), share, step, level);
    return found
      ? { low: 1 - found.high, high: 1 - found.low }
      : "y_true varies so unevenly that these samples do not say how much there is to explain";
  }
  const found = skewedTInterval(deviation, level);
  if (record.by === "mean") return found;
  return { low: Math.sqrt(Math.max(found.low, 0)), high: Math.sqrt(Math.max(found.high, 0)) };
}
