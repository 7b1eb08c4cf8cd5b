import { normalQuantile } from "./normal-distribution.js";

/**
 * Wilson's interval of a proportion: within 0..1, and of some width even where all or none succeeded.
 * Source: E. B. Wilson (1927); statsmodels, `proportion_confint(method="wilson")`.
 * @example wilsonInterval(0, 1, 0.95).low // 0
 */
export function wilsonInterval(
  successes: number,
  trials: number,
  level: number,
): { low: number; high: number } {
  return wilsonLimits(successes, trials, normalQuantile(0.5 + level / 2));
}

/**
 * The same at so many normal deviations.
 * @example wilsonLimits(1, 2, 0) // { low: 0.5, high: 0.5 }
 */
export function wilsonLimits(successes: number, trials: number, z: number): { low: number; high: number } {
  const share = successes / trials;
  const widened = 1 + (z * z) / trials;
  const centre = (share + (z * z) / (2 * trials)) / widened;
  const half = (z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials))) / widened;
  return {
    low: successes === 0 ? 0 : centre - half,
    high: successes === trials ? 1 : centre + half,
  };
}
