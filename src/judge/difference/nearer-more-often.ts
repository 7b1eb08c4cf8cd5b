import type { Agreement, NearerMoreOften } from "../judge-schema.js";
import { outcomesDifference } from "./difference-of-counts.js";

/**
 * Whose predictions are nearer to the true values on more samples, whatever the size of the errors: the sign
 * test. A question of its own, since the model with the larger mean or median error may be nearer more often.
 * Null for a classification.
 */
export function nearerMoreOften(
  { a_nearer: a, b_nearer: b, equally_near: neither }: Agreement,
  level: number,
): NearerMoreOften | null {
  if (a === null || b === null || neither === null) return null;
  const n = a + b + neither;
  const outcomes = { both: 0, onlyFirst: a, onlySecond: b, neither };
  const { low = 0, high = 0, p = 1 } = outcomesDifference(outcomes, level).interval!;
  const isPossible = p >= 1 - level;
  return {
    a: a / n,
    b: b / n,
    difference: (b - a) / n,
    low,
    high,
    level,
    p,
    method: "sign test, mid-p; interval: Newcombe",
    n,
    verdict: isPossible ? "no evidence" : b > a ? "better" : "worse",
  };
}
