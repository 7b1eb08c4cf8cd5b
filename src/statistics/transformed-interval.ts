import { type Estimate, estimateInterval } from "./estimate.js";
import type { Limits } from "./share-limits.js";

/**
 * The interval of a value on a scale where it is nearer to a normal distribution, brought back: of a positive
 * one its logarithm, of one between 0 and 1 its logit. So it is skewed as the value is, and stays in its
 * range. Undefined where the value does not vary, or is at an end of its range. Source: the delta method; M.
 * LeDell, M. Petersen and M. van der Laan (2015) for areas.
 * @param degreesOfFreedom of Student's t
 * @example transformedInterval({ value: 0.5, parts: Float64Array.of(0) }, "logit", 0.95, 9) // undefined
 */
export function transformedInterval(
  { value, parts }: Estimate,
  scale: "log" | "logit",
  level: number,
  degreesOfFreedom: number,
): Limits | undefined {
  const rest = scale === "log" ? 1 : 1 - value;
  if (!(value > 0 && rest > 0)) return undefined;
  const found = estimateInterval({ value: 0, parts }, level, degreesOfFreedom);
  if (!found || found.standardError <= 1e-14 * value) return undefined;
  const factor = Math.exp(found.high / (value * rest));
  if (scale === "log") return { low: value / factor, high: value * factor };
  const odds = value / rest;
  return { low: odds / factor / (1 + odds / factor), high: (odds * factor) / (1 + odds * factor) };
}
