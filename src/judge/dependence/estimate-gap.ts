import type { Score } from "../../scores/registry.js";
import { type Estimate, estimateDifference } from "../../statistics/estimate.js";

/** Of a score whose best value is 0, on either side of it. */
function distanceFromZero({ value, parts }: Estimate): Estimate {
  return value < 0 ? { value: -value, parts: parts.map((part) => -part) } : { value, parts };
}

/** How much greater the second is; of a score whose best value is 0, how much farther from it. */
export function estimateGap(direction: Score["direction"], a: Estimate, b: Estimate): Estimate {
  return direction === "zero"
    ? estimateDifference(distanceFromZero(a), distanceFromZero(b))
    : estimateDifference(a, b);
}
