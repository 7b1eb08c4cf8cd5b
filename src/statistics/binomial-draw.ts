import { stirlingError } from "./stirling-error.js";

/**
 * How many of `trials` succeed, each with the probability given: one draw. By inversion where few are
 * expected, else by Hörmann's transformed rejection, whose time does not grow with the number. Source: W.
 * Hörmann (1993), The Generation of Binomial Random Variates, BTRS.
 * @example binomialDraw(10, 1, () => 0.5) // 10
 */
export function binomialDraw(trials: number, probability: number, random: () => number): number {
  if (trials === 0 || probability <= 0) return 0;
  if (probability >= 1) return trials;
  if (probability > 0.5) return trials - binomialDraw(trials, 1 - probability, random);
  return trials * probability < 10
    ? byInversion(trials, probability, random)
    : byRejection(trials, probability, random);
}

function byInversion(trials: number, probability: number, random: () => number): number {
  const odds = probability / (1 - probability);
  let chance = Math.exp(trials * Math.log1p(-probability));
  let left = random() - chance;
  let successes = 0;
  while (left > 0 && successes < trials) {
    successes += 1;
    chance *= ((trials - successes + 1) / successes) * odds;
    left -= chance;
    if (chance < 1e-320) break;
  }
  return successes;
}

function byRejection(trials: number, probability: number, random: () => number): number {
  const deviation = Math.sqrt(trials * probability * (1 - probability));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * probability;
  const c = trials * probability + 0.5;
  const sure = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * deviation;
  const mode = Math.floor((trials + 1) * probability);
  const logOdds = Math.log(probability / (1 - probability));
  let logAtMode: number | undefined;
  for (;;) {
    const u = random() - 0.5;
    const v = random();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + c);
    if (k < 0 || k > trials) continue;
    if (us >= 0.07 && v <= sure) return k;
    logAtMode ??= logFactorial(mode) + logFactorial(trials - mode);
    const limit = logAtMode - logFactorial(k) - logFactorial(trials - k) + (k - mode) * logOdds;
    if (Math.log((v * alpha) / (a / (us * us) + b)) <= limit) return k;
  }
}

function logFactorial(k: number): number {
  const z = k + 1;
  return (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + stirlingError(z);
}
