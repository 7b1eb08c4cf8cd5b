import { normalTail } from "./normal-distribution.js";

/**
 * Spiegelhalter's test: whether the Brier score is what scores that are true probabilities would give. z
 * above 0 where it is larger. Source: D. Spiegelhalter (1986), Probabilistic Prediction in Patient
 * Management.
 * @param excess sum of (y - p)(1 - 2p) over the samples
 * @param variance sum of (1 - 2p)^2 p (1 - p)
 * @returns undefined where every p is 0, 1/2 or 1
 * @example spiegelhalterTest(0, 1) // { z: 0, p: 1 }
 */
export function spiegelhalterTest(excess: number, variance: number): { z: number; p: number } | undefined {
  if (!(variance > 0)) return undefined;
  const z = excess / Math.sqrt(variance);
  return { z, p: Math.min(1, 2 * normalTail(Math.abs(z))) };
}
