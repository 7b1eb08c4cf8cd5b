import type { Estimate } from "../../statistics/estimate.js";

/** Of a score whose best value is 0, on either side of it. */
export function distanceFromZero({ value, parts }: Estimate): Estimate {
  return value < 0 ? { value: -value, parts: parts.map((part) => -part) } : { value, parts };
}
