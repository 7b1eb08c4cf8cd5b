import { findScore } from "../../scores/registry.js";
import { degreesOfFreedom } from "../../statistics/degrees-of-freedom.js";
import type { Estimate } from "../../statistics/estimate.js";
import { normalQuantile } from "../../statistics/normal-distribution.js";
import { transformedInterval } from "../../statistics/transformed-interval.js";
import { areaLimits } from "../area-limits.js";
import type { JudgeOptions } from "../judge-options.js";
import type { JudgedClasses } from "../pairing/judged-sample.js";
import { sampleScores } from "../sample-scores.js";
import { tooFewForScores } from "../too-few-for-scores.js";
import { type AddInterval, noSpread, spreadInterval } from "./add-interval.js";

/** Of the scores of y_score. */
export function intervalsOfProbabilities(
  sample: JudgedClasses,
  { level }: JudgeOptions,
  wanted: (score: string) => boolean,
  add: AddInterval,
): void {
  const tooFew = tooFewForScores(sample);
  for (const { score, method, estimate } of sampleScores(sample, wanted)) {
    const made = estimate();
    if (!made) continue;
    const reason = tooFew(score);
    if (reason !== undefined) {
      add(score, made.value, undefined, null, reason);
    } else if (method === "delong") {
      const limits = areaLimits(sample, made);
      if (limits) add(score, made.value, limits(-normalQuantile((1 - level) / 2)), "Newcombe", noSpread);
      else add(score, made.value, spreadInterval(made, level), "DeLong", noSpread);
    } else {
      const { range, best } = findScore(score)!;
      const freedom = degreesOfFreedom(made.parts, sample.yTrue);
      const isShare = range[0] === 0 && range[1] === 1;
      const interval = isShare
        ? transformedInterval(made, "logit", level, freedom)
        : distanceInterval(made, best, level, freedom);
      add(
        score,
        made.value,
        interval,
        isShare ? "delta method of the logit, t" : "delta method of the logarithm, t",
        noSpread,
      );
    }
  }
}

/** By the logarithm of how far the score is from its best value. */
function distanceInterval({ value, parts }: Estimate, best: number, level: number, freedom: number) {
  const found = transformedInterval({ value: Math.abs(best - value), parts }, "log", level, freedom);
  if (!found) return undefined;
  return best > value
    ? { low: best - found.high, high: best - found.low }
    : { low: best + found.low, high: best + found.high };
}
