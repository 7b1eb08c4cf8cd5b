import { normalTail } from "./normal-distribution.js";

/**
 * How far two models' mean ranks must be apart for Nemenyi's test to tell them apart, of any pair of them.
 * Sources: P. Nemenyi (1963); J. Demsar (2006), Statistical Comparisons of Classifiers over Multiple Data
 * Sets.
 * @param models 2 or more
 * @example Math.round(1000 * criticalDifference(2, 1, 0.95)) // 1960
 */
export function criticalDifference(models: number, testSets: number, level: number): number {
  const quantile = rangeQuantile(level, models);
  return (quantile / Math.SQRT2) * Math.sqrt((models * (models + 1)) / (6 * testSets));
}

/** Quantile of the range of so many standard normal values; scipy, `studentized_range` with infinite df. */
function rangeQuantile(probability: number, count: number): number {
  let low = 0;
  let high = 20;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (rangeProbability(middle, count) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Chance that the range is at most q: the least of them at x, the others within q above it. By Simpson's
 * rule.
 */
function rangeProbability(q: number, count: number): number {
  const steps = 400;
  const [from, to] = [-9, 9];
  const width = (to - from) / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const x = from + i * width;
    const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
    const within = normalTail(x) - normalTail(x + q);
    sum += (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * density * within ** (count - 1);
  }
  return (count * sum * width) / 3;
}
