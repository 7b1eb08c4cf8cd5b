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
export function pairedSharesInterval(
  { both, onlyFirst, onlySecond, neither }: PairedOutcomes,
  level: number,
): { low: number; high: number } {
  const n = both + onlyFirst + onlySecond + neither;
  const [first, second] = [both + onlyFirst, both + onlySecond];
  const [ofFirst, ofSecond] = [wilsonInterval(first, n, level), wilsonInterval(second, n, level)];
  const product = both * neither - onlyFirst * onlySecond;
  const corrected = product > 0 ? Math.max(product - n / 2, 0) : product;
  const spread = Math.sqrt(first) * Math.sqrt(n - first) * Math.sqrt(second) * Math.sqrt(n - second);
  const correlation = spread === 0 ? 0 : corrected / spread;
  const difference = (onlySecond - onlyFirst) / n;
  const together = (x: number, y: number) => Math.sqrt(Math.max(0, x * x - 2 * correlation * x * y + y * y));
  return {
    low: difference - together(second / n - ofSecond.low, ofFirst.high - first / n),
    high: difference + together(ofSecond.high - second / n, first / n - ofFirst.low),
  };
}
