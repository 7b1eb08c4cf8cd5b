import type { JudgeOptions } from "../judge-options.js";
import type { JudgedClasses } from "../pairing/judged-sample.js";
import { estimateDifferences } from "./estimate-differences.js";
import type { FoundDifference } from "./found-difference.js";

/** The differences of the scores of y_score. */
export function differenceOfProbabilities(
  a: JudgedClasses,
  b: JudgedClasses,
  options: JudgeOptions,
  wanted: (score: string) => boolean,
): FoundDifference[] {
  return estimateDifferences(a, b, options, wanted).map(({ found }) => found);
}
