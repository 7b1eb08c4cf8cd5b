import { findScore } from "../../scores/registry.js";
import { type Estimate, estimateDifference, estimateInterval } from "../../statistics/estimate.js";
import { noSpread } from "../intervals/add-interval.js";
import type { JudgeOptions } from "../judge-options.js";
import type { JudgedSample } from "../pairing/judged-sample.js";
import { type SampleScore, sampleScores } from "../sample-scores.js";
import type { FoundDifference } from "./found-difference.js";

/** A difference with what judges it. */
export interface EstimatedDifference {
  found: FoundDifference;
  method: SampleScore["method"];
  difference: Estimate;
}

/** The differences of the scores that every sample has its part in, by t, DeLong or the delta method. */
export function estimateDifferences(
  a: JudgedSample,
  b: JudgedSample,
  { level }: JudgeOptions,
  wanted: (score: string) => boolean,
): EstimatedDifference[] {
  const others = sampleScores(b, wanted);
  const n = a.yTrue.length;
  return sampleScores(a, wanted).flatMap(({ score, method, estimate: estimateOf }) => {
    const estimate = estimateOf();
    const other = others.find((each) => each.score === score)?.estimate();
    if (!estimate || !other) return [];
    const isToZero = findScore(score)!.direction === "zero";
    const difference = estimateDifference(
      isToZero ? distanceFromZero(estimate) : estimate,
      isToZero ? distanceFromZero(other) : other,
    );
    const found: FoundDifference = {
      score,
      a: estimate.value,
      b: other.value,
      interval: n < 2 ? undefined : estimateInterval(difference, level, method === "t" ? n - 1 : undefined),
      method: { t: "paired t", delong: "paired DeLong", delta: "paired delta method" }[method],
      isDrawn: false,
      reason: noSpread,
    };
    return [{ found, method, difference }];
  });
}

/** Of a score whose best value is 0, on either side of it. */
export function distanceFromZero({ value, parts }: Estimate): Estimate {
  return value < 0 ? { value: -value, parts: parts.map((part) => -part) } : { value, parts };
}
