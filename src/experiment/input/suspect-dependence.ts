import type { FeatureColumn } from "./sample-features.js";

/** Beyond this many samples nobody waits for the look. */
const mostSamples = 100_000;
const leastGroups = 10;
/** Words in the name of a column that tells where samples come from. */
const sources =
  /(?:^|[^a-z])(?:patients?|subjects?|persons?|people|users?|customers?|clients?|accounts?|members?|students?|groups?|clusters?|households?|famil(?:y|ies)|documents?|docs?|sessions?|visits?|videos?|speakers?|authors?|devices?|sensors?|stations?|sites?|hospitals?|days?|dates?)(?:$|[^a-z])/;

/** The predictions as numbers, and how far off each is. */
export interface CheckedPredictions {
  /** What tells one sample from another, apart from features: true values, predictions and scores. */
  columns: readonly ArrayLike<number>[];
  /** Of each sample: its absolute error, or 1 where it is wrong. */
  errors: Float64Array;
}

/**
 * Says where samples look as if they depended on each other: where they are repeated, or where those that
 * share a source are wrong together. Tests take samples for independent, and find differences everywhere
 * where they are not.
 * @returns a sentence with the way out, or nothing
 */
export function suspectDependence(
  samples: number,
  predictionsOf: () => CheckedPredictions,
  features: readonly FeatureColumn[],
): string | undefined {
  if (samples < 2 * leastGroups || samples > mostSamples) return undefined;
  const predictions = predictionsOf();
  return suspectRepeats(predictions, features) ?? suspectGroup(predictions, features);
}

function suspectRepeats(
  { columns }: CheckedPredictions,
  features: readonly FeatureColumn[],
): string | undefined {
  const all = [
    ...columns,
    ...features.map((feature) => ("codes" in feature ? feature.codes : feature.values)),
  ];
  // Where every sample is there several times, so is each value of a column: a look at one column ends most.
  if (all.some((column) => commonDivisor(countsOf(column)) < 2)) return undefined;
  const samples = columns[0]!.length;
  const counts = countsOf(
    Array.from({ length: samples }, (_, row) => all.map((column) => column[row]).join()),
  );
  if (counts.size < leastGroups || counts.size > samples / 2) return undefined;
  const common = commonDivisor(counts);
  if (common < 2) return undefined;
  return `samples repeat: each is there ${common} times or a multiple of that, with the same true value, prediction${features.length > 0 ? ", features" : ""} and scores, so that a test takes ${samples} samples for independent where ${counts.size} are; leave the copies out, or give group: which of the samples are the same`;
}

function countsOf(values: ArrayLike<unknown>): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  for (let i = 0; i < values.length; i++) counts.set(values[i], (counts.get(values[i]) ?? 0) + 1);
  return counts;
}

function commonDivisor(counts: ReadonlyMap<unknown, number>): number {
  let common = 0;
  for (const count of counts.values()) {
    common = divisor(count, common);
    if (common === 1) break;
  }
  return common;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

function suspectGroup(
  { errors }: CheckedPredictions,
  features: readonly FeatureColumn[],
): string | undefined {
  for (const feature of features) {
    if (!sources.test(feature.name.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase())) continue;
    const ratio = varianceRatio(errors, "codes" in feature ? feature.codes : feature.values);
    if (ratio === undefined) continue;
    return `samples of the same ${feature.name} are wrong together: the errors' means by ${feature.name} vary ${ratio.toFixed(1)} times as much as those of independent samples, so that tests find differences where there are none; give group: ${JSON.stringify(feature.name)}`;
  }
  return undefined;
}

/**
 * The variance of groups' means over that of independent samples (F of a one-way analysis of variance), where
 * it is 1.5 or more and 4 standard errors above 1.
 */
function varianceRatio(errors: Float64Array, values: ArrayLike<number | bigint>): number | undefined {
  const groups = new Map<number | bigint, { size: number; sum: number }>();
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < errors.length; i++) {
    const error = errors[i]!;
    let group = groups.get(values[i]!);
    if (!group) groups.set(values[i]!, (group = { size: 0, sum: 0 }));
    group.size += 1;
    group.sum += error;
    sum += error;
    squares += error * error;
  }
  const n = errors.length;
  if (groups.size < leastGroups || groups.size > n / 2) return undefined;
  const total = squares - (sum * sum) / n;
  let between = -(sum * sum) / n;
  for (const { size, sum: part } of groups.values()) between += (part * part) / size;
  const within = (total - between) / (n - groups.size);
  const ratio = between / (groups.size - 1) / within;
  return ratio >= 1.5 && ratio > 1 + 4 * Math.sqrt(2 / (groups.size - 1)) ? ratio : undefined;
}
