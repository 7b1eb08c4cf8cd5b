import { wilsonInterval } from "./wilson-interval.js";

/**
 * Newcombe's interval of the difference of two shares, first less second, from the Wilson intervals of both:
 * of some width even where all or none succeeded. Source: R. G. Newcombe (1998), method 10; statsmodels,
 * `confint_proportions_2indep(method="newcomb")`.
 * @example newcombeInterval(1, 1, 1, 1, 0.95).high > 0 // true
 */
export function newcombeInterval(
  successes: number,
  trials: number,
  otherSuccesses: number,
  otherTrials: number,
  level: number,
): { low: number; high: number } {
  const [share, other] = [successes / trials, otherSuccesses / otherTrials];
  const first = wilsonInterval(successes, trials, level);
  const second = wilsonInterval(otherSuccesses, otherTrials, level);
  return {
    low: share - other - Math.hypot(share - first.low, second.high - other),
    high: share - other + Math.hypot(first.high - share, other - second.low),
  };
}
