import { findScore } from "../../scores/registry.js";
import type { FoundDifference } from "../difference/found-difference.js";
import type { JudgeOptions } from "../judge-options.js";
import type { JudgedSample } from "../pairing/judged-sample.js";
import type { Dependence } from "./dependence.js";
import { dependentInterval, dependentMethod } from "./dependent-interval.js";
import { estimateGap } from "./estimate-gap.js";
import { scoreEstimates } from "./score-estimates.js";
import { tooFewSources } from "./too-few-sources.js";

/** The differences of every score, where samples depend on each other. */
export function dependentDifferences(
  a: JudgedSample,
  b: JudgedSample,
  dependence: Dependence,
  { level }: JudgeOptions,
  wanted: (score: string) => boolean,
): FoundDifference[] {
  const others = new Map(scoreEstimates(b, wanted, level).map((each) => [each.score, each]));
  const tooFew = tooFewSources(a, dependence);
  return scoreEstimates(a, wanted, level).map((ofA): FoundDifference => {
    const { score } = ofA;
    const why = tooFew(score);
    const ofB = others.get(score);
    const found = {
      score,
      a: ofA.value,
      b: ofB?.value,
      method: `paired ${dependentMethod(dependence)}`,
    };
    if (why !== undefined) return { ...found, reason: why };
    if (!ofA.estimate || !ofB?.estimate) return { ...found, reason: ofB?.reason ?? ofA.reason };
    const difference = estimateGap(findScore(score)!.direction, ofA.estimate, ofB.estimate);
    const { interval, reason = ofA.reason } = dependentInterval(difference, dependence, level);
    return { ...found, interval, reason };
  });
}
