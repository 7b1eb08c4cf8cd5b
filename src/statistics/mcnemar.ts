import { deviance } from "./deviance.js";
import { stirlingError } from "./stirling-error.js";

/**
 * McNemar's mid-p: how likely the samples that only one of two models gets right would fall this unevenly, or
 * more so, if both were equally good. Exact at every size: twice the binomial tail less the point's own
 * probability; 1 where there is no such sample. Source: M. W. Fagerland, S. Lydersen and P. Laake (2013), The
 * McNemar test for binary matched-pairs data.
 * @example mcNemarMidP(1, 1) // 1
 * @example mcNemarMidP(0, 3) // 0.125
 */
export function mcNemarMidP(onlyFirst: number, onlySecond: number): number {
  const fewer = Math.min(onlyFirst, onlySecond);
  const more = Math.max(onlyFirst, onlySecond);
  if (fewer === more) return 1;
  let ratio = 1;
  let below = 0; // of the tail's terms below the point's, which counts as 1
  for (let k = fewer; k > 0 && ratio > 1e-18 * (1 + below); k--) {
    ratio *= k / (fewer + more - k + 1);
    below += ratio;
  }
  return Math.min(1, pointProbability(fewer, more) * (1 + 2 * below));
}

/**
 * Chance of `fewer` heads among `fewer + more` throws of a fair coin, by Loader's saddle point: no digit is
 * lost at ten million.
 */
function pointProbability(fewer: number, more: number): number {
  const throws = fewer + more;
  if (fewer === 0) return 2 ** -throws;
  const correction = stirlingError(throws) - stirlingError(fewer) - stirlingError(more);
  return (
    Math.exp(correction - deviance(fewer, throws / 2) - deviance(more, throws / 2)) *
    Math.sqrt(throws / (2 * Math.PI * fewer * more))
  );
}
