import type { AddInterval } from "../intervals/add-interval.js";
import type { JudgeOptions } from "../judge-options.js";
import type { JudgedSample } from "../pairing/judged-sample.js";
import type { Dependence } from "./dependence.js";
import { dependentInterval, dependentMethod } from "./dependent-interval.js";
import { scoreEstimates } from "./score-estimates.js";
import { tooFewSources } from "./too-few-sources.js";

/** Of every score, where samples depend on each other. */
export function dependentIntervals(
  sample: JudgedSample,
  dependence: Dependence,
  { level }: JudgeOptions,
  wanted: (score: string) => boolean,
  add: AddInterval,
): void {
  const tooFew = tooFewSources(sample, dependence);
  for (const { score, value, estimate, reason } of scoreEstimates(sample, wanted, level)) {
    const why = tooFew(score);
    if (why !== undefined) {
      add(score, value, undefined, null, why);
      continue;
    }
    const found = estimate && dependentInterval(estimate, dependence, level);
    // One model's score that does not vary at all says nothing of how it would.
    const interval = found?.interval && found.interval.standardError > 0 ? found.interval : undefined;
    add(score, value, interval, dependentMethod(dependence), found?.reason ?? reason);
  }
}
