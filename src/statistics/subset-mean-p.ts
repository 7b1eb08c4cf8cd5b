import { normalTail } from "./normal-distribution.js";

/** Numbers in ascending order, each as often as its count says. */
export interface Population {
  values: Float64Array;
  counts: Float64Array;
}

/**
 * Permutation test of a mean: how likely `drawn` members of a population, drawn without replacement, would
 * have a sum this far from what is expected, or farther; twice the smaller tail, ties counting half (mid-p).
 * By a saddle point approximation, whose relative error stays small however small p is, so that nothing is
 * drawn. 1 where nothing varies. Source: I. M. Skovgaard (1987), Saddlepoint Expansions for Conditional
 * Distributions; J. Robinson (1982), Saddlepoint Approximations for Permutation Tests and Confidence
 * Intervals.
 * @example subsetMeanP({ values: Float64Array.of(-1, 1), counts: Float64Array.of(5, 5) }, 4, 0) // 1
 */
export function subsetMeanP({ values, counts }: Population, drawn: number, sum: number): number {
  const { n, mean, deviation } = spreadOf(values, counts);
  if (!(deviation > 0) || drawn <= 0 || drawn >= n) return 1;
  const standard = values.map((value) => (value - mean) / deviation);
  const wanted = (sum - drawn * mean) / deviation;
  const z = Math.abs(wanted) / Math.sqrt((drawn * (n - drawn)) / (n - 1));
  // Next to the middle the approximation divides by next to 0.
  if (z < 0.05) return 2 * normalTail(z);
  return Math.min(
    1,
    lastP(standard, counts, n, drawn, wanted) ?? 2 * tailP(standard, counts, n, drawn, wanted),
  );
}

function spreadOf(
  values: Float64Array,
  counts: Float64Array,
): { n: number; mean: number; deviation: number } {
  let [n, total, squares] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    n += counts[i]!;
    total += counts[i]! * values[i]!;
  }
  const mean = total / n;
  for (let i = 0; i < values.length; i++) squares += counts[i]! * (values[i]! - mean) ** 2;
  return { n, mean, deviation: Math.sqrt(squares / n) };
}

/** Of the greatest or the least sum there is: the share of the ways to draw that have it. */
function lastP(
  values: Float64Array,
  counts: Float64Array,
  n: number,
  drawn: number,
  wanted: number,
): number | undefined {
  let [left, last] = [drawn, 0];
  const places = wanted > 0 ? [...values.keys()].reverse() : [...values.keys()];
  for (const place of places) {
    const taken = Math.min(left, counts[place]!);
    last += taken * values[place]!;
    left -= taken;
    if (left > 0) continue;
    if (Math.abs(wanted) < Math.abs(last) * (1 - 1e-9)) return undefined;
    return Math.exp(logWays(counts[place]!, taken) - logWays(n, drawn));
  }
  return undefined;
}

function logWays(n: number, drawn: number): number {
  let log = 0;
  for (let i = 0; i < drawn; i++) log += Math.log((n - i) / (i + 1));
  return log;
}

/**
 * Newton's method for the odds exp(offset + tilt x) under which `drawn` are drawn and sum up to what is
 * wanted; then the tail by Lugannani and Rice.
 */
function tailP(values: Float64Array, counts: Float64Array, n: number, drawn: number, wanted: number): number {
  const start = Math.log(drawn / (n - drawn));
  const spreadAtStart = drawn * (1 - drawn / n);
  let [offset, tilt] = [start, wanted / spreadAtStart];
  let now = cumulants(values, counts, offset, tilt);
  const depthOf = ({ log }: Cumulants) => log - offset * drawn - tilt * wanted;
  let isFound = false;
  for (let i = 0; i < 100 && !isFound; i++) {
    const [missing, short] = [drawn - now.size, wanted - now.sum];
    const determinant = now.ss * now.xx - now.sx * now.sx;
    if (!(determinant > 1e-12 * now.ss * now.xx)) break;
    const upOffset = (now.xx * missing - now.sx * short) / determinant;
    const upTilt = (now.ss * short - now.sx * missing) / determinant;
    const gain = upOffset * missing + upTilt * short;
    isFound = gain < 1e-9;
    const before = depthOf(now);
    const [fromOffset, fromTilt] = [offset, tilt];
    for (let length = 1; length > 1e-12; length /= 2) {
      [offset, tilt] = [fromOffset + length * upOffset, fromTilt + length * upTilt];
      now = cumulants(values, counts, offset, tilt);
      if (isFound || depthOf(now) <= before - 0.1 * length * gain) break;
    }
  }
  const depth = 2 * (n * Math.log(n / (n - drawn)) - start * drawn - depthOf(now));
  if (!(depth > 0)) return 1;
  const density = Math.exp(-depth / 2);
  if (!isFound) return density; // a bound
  const r = Math.sqrt(depth);
  const w = Math.abs(tilt) * Math.sqrt((now.ss * now.xx - now.sx * now.sx) / spreadAtStart);
  return normalTail(r) + (density / Math.sqrt(2 * Math.PI)) * (1 / w - 1 / r);
}

interface Cumulants {
  log: number;
  size: number;
  sum: number;
  ss: number;
  sx: number;
  xx: number;
}

/** Of members that are each drawn with odds exp(offset + tilt x). */
function cumulants(values: Float64Array, counts: Float64Array, offset: number, tilt: number): Cumulants {
  let [log, size, sum, ss, sx, xx] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const [x, count] = [values[i]!, counts[i]!];
    const exponent = offset + tilt * x;
    const small = Math.exp(-Math.abs(exponent));
    log += count * (Math.max(exponent, 0) + Math.log1p(small));
    const expected = (count * (exponent > 0 ? 1 : small)) / (1 + small);
    const spread = (count * small) / ((1 + small) * (1 + small));
    size += expected;
    sum += expected * x;
    ss += spread;
    sx += spread * x;
    xx += spread * x * x;
  }
  return { log, size, sum, ss, sx, xx };
}
