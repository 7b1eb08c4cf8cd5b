import { degreesOfFreedom } from "../../statistics/degrees-of-freedom.js";
import { type Estimate, estimateDifference, estimateInterval } from "../../statistics/estimate.js";
import { intervalOfLimits } from "../../statistics/interval-of-limits.js";
import { limitsOfDifference } from "../../statistics/limits-of-difference.js";
import { normalQuantile } from "../../statistics/normal-distribution.js";
import { areaLimits, partsCorrelation } from "../area-limits.js";
import { noSpread } from "../intervals/add-interval.js";
import type { JudgeOptions } from "../judge-options.js";
import type { JudgedClasses } from "../pairing/judged-sample.js";
import { type SampleScore, sampleScores } from "../sample-scores.js";
import { classCounts, tooFewForScores } from "../too-few-for-scores.js";
import type { FoundDifference } from "./found-difference.js";

/** The differences of the scores of y_score. */
export function differenceOfProbabilities(
  a: JudgedClasses,
  b: JudgedClasses,
  { level }: JudgeOptions,
  wanted: (score: string) => boolean,
): FoundDifference[] {
  const others = sampleScores(b, wanted);
  const [tooFewA, tooFewB] = [tooFewForScores(a), tooFewForScores(b)] as const;
  return sampleScores(a, wanted).flatMap(({ score, method, estimate }): FoundDifference[] => {
    const [ofA, ofB] = [estimate(), others.find((each) => each.score === score)?.estimate()];
    if (!ofA || !ofB) return [];
    const found = { score, a: ofA.value, b: ofB.value, reason: noSpread };
    const reason = tooFewA(score) ?? tooFewB(score);
    if (reason !== undefined) return [{ ...found, method: null, reason }];
    return [{ ...found, ...judged(method, [a, ofA], [b, ofB], level) }];
  });
}

type Estimated = readonly [JudgedClasses, Estimate];

function judged(
  method: SampleScore["method"],
  [a, ofA]: Estimated,
  [b, ofB]: Estimated,
  level: number,
): Pick<FoundDifference, "interval" | "method"> {
  const difference = estimateDifference(ofA, ofB);
  if (method === "t") {
    const n = difference.parts.length;
    return { interval: n < 2 ? undefined : estimateInterval(difference, level, n - 1), method: "paired t" };
  }
  if (method === "delta") {
    const freedom = degreesOfFreedom(difference.parts, a.yTrue);
    return { interval: estimateInterval(difference, level, freedom), method: "paired delta method, t" };
  }
  const estimated = estimateInterval(difference, level);
  const [limitsA, limitsB] = [areaLimits(a, ofA), areaLimits(b, ofB)];
  if (!limitsA || !limitsB) return { interval: estimated, method: "paired DeLong" };
  const correlation = partsCorrelation(ofA.parts, ofB.parts);
  // Of few samples of a class a correlation is easily too large by chance.
  const corrected = correlation > 0 ? Math.max(0, correlation - 0.5 / rarest(a)) : correlation;
  const limits = (z: number) =>
    limitsOfDifference({ value: ofA.value, ...limitsA(z) }, { value: ofB.value, ...limitsB(z) }, corrected);
  const interval = intervalOfLimits(difference.value, limits, estimated?.standardError ?? 0, level);
  // The samples' own deviation says too little of few: the limits know better.
  const ofLimits = (interval.high - interval.low) / (2 * normalQuantile(0.5 + level / 2));
  const standardError = interval.standardError > 0 ? Math.max(interval.standardError, ofLimits) : 0;
  const varianceError = Math.max(estimated?.varianceError ?? 0, Math.sqrt(2 / rarest(a)));
  return { interval: { ...interval, standardError, varianceError }, method: "paired MOVER, Newcombe" };
}

/** Samples of the rarest class that has scores, or of those that are none of it. */
function rarest(sample: JudgedClasses): number {
  const counts = classCounts(sample);
  return Math.min(
    ...sample.scored.map((code) => Math.min(counts[code]!, sample.yTrue.length - counts[code]!)),
  );
}
