import { deviance } from "./deviance.js";
import { stirlingError } from "./stirling-error.js";

/**
 * Fisher's exact test of two shares, two-sided: how likely a table at most as likely as this one would come
 * up, were both groups drawn from the same samples. Exact at every size, so that no share is too small for
 * it. Source: R. A. Fisher (1934); scipy, `fisher_exact`.
 * @param successes of `trials` in the first group, `otherSuccesses` of `otherTrials` in the second
 * @example fisherExact(3, 3, 0, 3) // 0.1
 */
export function fisherExact(
  successes: number,
  trials: number,
  otherSuccesses: number,
  otherTrials: number,
): number {
  const all = trials + otherTrials;
  const marked = successes + otherSuccesses;
  const least = Math.max(0, trials - (all - marked));
  const most = Math.min(trials, marked);
  if (least === most) return 1;
  const chance = (count: number) => hypergeometricPoint(count, trials, marked, all);
  const mode = Math.min(Math.max(Math.floor(((trials + 1) * (marked + 1)) / (all + 2)), least), most);
  const own = chance(successes);
  const limit = own * tie;
  const isAbove = successes >= mode;
  // Its own tail, from the table outwards; then the other one, from where the chance falls to its own.
  let p = tailSum(successes, own, isAbove ? 1 : -1, trials, marked, all);
  let inside = mode;
  let outside = isAbove ? least - 1 : most + 1;
  if (chance(mode) <= limit) return 1;
  while (Math.abs(outside - inside) > 1) {
    const middle = Math.floor((inside + outside) / 2);
    if (chance(middle) <= limit) outside = middle;
    else inside = middle;
  }
  if (outside >= least && outside <= most) {
    p += tailSum(outside, chance(outside), isAbove ? -1 : 1, trials, marked, all);
  }
  return Math.min(1, p);
}

/** Chances that differ by rounding alone are equal. */
const tie = 1 + 1e-7;

/** The sum of the chances from a count on outwards, each by its ratio to the one before. */
function tailSum(
  from: number,
  first: number,
  step: 1 | -1,
  trials: number,
  marked: number,
  all: number,
): number {
  let ratio = 1;
  let sum = 1;
  for (let count = from; ratio > 1e-17 * sum; count += step) {
    const unmarkedLeft = all - marked - trials + count;
    ratio *=
      step === 1
        ? ((marked - count) * (trials - count)) / ((count + 1) * (unmarkedLeft + 1))
        : (count * unmarkedLeft) / ((marked - count + 1) * (trials - count + 1));
    sum += ratio;
  }
  return first * sum;
}

/**
 * Chance that of `trials` samples drawn from `all`, `marked` of which are marked, `count` are: by Loader's
 * saddle point, so that no digit is lost at ten million. Source: C. Loader (2000); R, `dhyper`.
 */
function hypergeometricPoint(count: number, trials: number, marked: number, all: number): number {
  const share = trials / all;
  return (
    (binomialPoint(count, marked, share) * binomialPoint(trials - count, all - marked, share)) /
    binomialPoint(trials, all, share)
  );
}

function binomialPoint(successes: number, trials: number, share: number): number {
  const failures = trials - successes;
  if (share === 0) return successes === 0 ? 1 : 0;
  if (share === 1) return failures === 0 ? 1 : 0;
  if (successes === 0) return Math.exp(trials * Math.log1p(-share));
  if (failures === 0) return Math.exp(trials * Math.log(share));
  const correction = stirlingError(trials) - stirlingError(successes) - stirlingError(failures);
  return (
    Math.exp(correction - deviance(successes, trials * share) - deviance(failures, trials * (1 - share))) *
    Math.sqrt(trials / (2 * Math.PI * successes * failures))
  );
}
