import { limitsOfDifference } from "./limits-of-difference.js";
import type { Limits } from "./share-limits.js";
import { wilsonInterval } from "./wilson-interval.js";

/** How two yes-or-no outcomes of the same samples fall together. */
export interface PairedOutcomes {
  both: number;
  onlyFirst: number;
  onlySecond: number;
  neither: number;
}

/**
 * Newcombe's interval of the difference of two shares of the same samples, second less first: from the Wilson
 * intervals of both, and how they go together. Good where few samples decide, or none. Source: R. G. Newcombe
 * (1998), Improved Confidence Intervals for the Difference between Binomial Proportions Based on Paired Data,
 * method 10.
 * @example pairedSharesInterval({ both: 36, onlyFirst: 2, onlySecond: 12, neither: 0 }, 0.95).low > 0 // true
 */
export function pairedSharesInterval(outcomes: PairedOutcomes, level: number): Limits {
  const { both, onlyFirst, onlySecond, neither } = outcomes;
  const n = both + onlyFirst + onlySecond + neither;
  const [first, second] = [both + onlyFirst, both + onlySecond];
  return limitsOfDifference(
    { value: first / n, ...wilsonInterval(first, n, level) },
    { value: second / n, ...wilsonInterval(second, n, level) },
    pairedCorrelation(outcomes),
  );
}

/**
 * How two shares of the same samples go together, -1..1: the correlation of the outcomes, a positive one
 * brought nearer to 0 by a continuity correction; 0 where one of them does not vary. Source: Newcombe, as
 * above.
 * @example pairedCorrelation({ both: 2, onlyFirst: 0, onlySecond: 0, neither: 2 }) // 0.5
 */
export function pairedCorrelation({ both, onlyFirst, onlySecond, neither }: PairedOutcomes): number {
  const n = both + onlyFirst + onlySecond + neither;
  const [first, second] = [both + onlyFirst, both + onlySecond];
  const product = both * neither - onlyFirst * onlySecond;
  const corrected = product > 0 ? Math.max(product - n / 2, 0) : product;
  const spread = Math.sqrt(first) * Math.sqrt(n - first) * Math.sqrt(second) * Math.sqrt(n - second);
  return spread === 0 ? 0 : corrected / spread;
}
