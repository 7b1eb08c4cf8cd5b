import { mcNemarMidP } from "../../statistics/mcnemar.js";
import { pairedSharesInterval } from "../../statistics/paired-shares-interval.js";
import type { Agreement, NearerMoreOften } from "../judge-schema.js";

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
  const p = mcNemarMidP(a, b);
  const { low, high } = pairedSharesInterval({ both: 0, onlyFirst: a, onlySecond: b, neither }, level);
  const isPossible = p >= 1 - level;
  return {
    a: a / n,
    b: b / n,
    difference: (b - a) / n,
    // Of few samples Newcombe's interval may leave out 0 where the test does not.
    low: isPossible ? Math.min(low, 0) : low,
    high: isPossible ? Math.max(high, 0) : high,
    level,
    p,
    method: "sign test, mid-p; interval: Newcombe",
    n,
    verdict: isPossible ? "no evidence" : b > a ? "better" : "worse",
  };
}
