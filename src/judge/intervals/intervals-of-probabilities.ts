import type { JudgeOptions } from "../judge-options.js";
import type { JudgedClasses } from "../pairing/judged-sample.js";
import type { AddInterval } from "./add-interval.js";
import { intervalsOfEstimates } from "./intervals-of-estimates.js";

/** Of the scores of y_score. */
export function intervalsOfProbabilities(
  sample: JudgedClasses,
  options: JudgeOptions,
  wanted: (score: string) => boolean,
  add: AddInterval,
): void {
  intervalsOfEstimates(sample, options, wanted, add);
}
