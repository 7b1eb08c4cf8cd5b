import type { ScoreName } from "../../scores/registry.js";
import { binnedPopulation, binnedValues } from "../../statistics/binned-population.js";
import { meanOf } from "../../statistics/estimate.js";
import { subsetMeanP } from "../../statistics/subset-mean-p.js";
import type { ScoreDifference } from "../judge-schema.js";
import type { JudgedSample } from "../pairing/judged-sample.js";
import { sampleLosses } from "./sample-losses.js";

/**
 * Of the samples of a slice, how likely as many draws from all differences, taken to be 0 on average, would
 * differ as much. Few samples mostly lack a rare large error, and then look all alike: what is rare is known
 * from all. Undefined where the score is no mean of losses, or they are only right and wrong.
 */
export function drawsAmongAll(
  a: JudgedSample,
  b: JudgedSample,
  score: ScoreName,
): ((rows: Int32Array) => number) | undefined {
  const [ofA, ofB] = [sampleLosses(a, score), sampleLosses(b, score)];
  if (!ofA || !ofB || ofA.isShare) return undefined;
  const shift = ofB.centre - ofA.centre;
  const excess = ofB.values.map((loss, i) => loss - ofA.values[i]! + shift);
  const mean = meanOf(excess);
  const { values, counts } = binnedPopulation(binnedValues(excess.map((each) => each - mean)));
  // So many of each that drawing some does not change what is left.
  const population = { values, counts: counts.map((count) => 1000 * count) };
  return (rows) => {
    let sum = 0;
    for (const row of rows) sum += excess[row]!;
    return subsetMeanP(population, rows.length, sum);
  };
}

/** With the larger p of two tests; the interval is never without 0 where that finds nothing. */
export function withLargerP(difference: ScoreDifference, p: number, level: number): ScoreDifference {
  if (difference.p === null || difference.p >= p) return difference;
  const { low, high } = difference;
  const isPossible = p >= 1 - level;
  return {
    ...difference,
    p,
    low: isPossible && low !== null ? Math.min(low, 0) : low,
    high: isPossible && high !== null ? Math.max(high, 0) : high,
    method: `${difference.method}, and as many draws from all samples, the larger p`,
    verdict: isPossible ? "no evidence" : difference.verdict,
  };
}
