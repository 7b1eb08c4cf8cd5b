import { type WeightTotals, weightTotals } from "../../experiment/sample-weight.js";
import { classNames } from "../../scores/classification-context.js";
import { classificationRecords, regressionRecords, type ScoreName } from "../../scores/registry.js";
import type { CountedShare } from "../../scores/score.js";
import { fewestDrawn } from "../../statistics/bootstrap-draws.js";
import type { JudgedClasses } from "../pairing/judged-sample.js";
import { tooFewForScores } from "../too-few-for-scores.js";
import type { WeightedSample } from "./weighed-scores.js";

export const drawnMethod = "bootstrap of the weighted samples";

/** Simulated: of samples that tell less, too few intervals cover the true value. */
const fewestSamples = 30;
/** Of a class, or what else a score is a share of, so many samples of equal weight tell how it varies. */
const fewestOfClass = 10;
/** Average precision hangs on the highest few positives. */
const fewestRanked = 50;

/** Why samples that are drawn with their weights do not say how a score varies; undefined where they do. */
export function whyNotDrawn(
  sample: WeightedSample,
  purpose: "noInterval" | "noTest",
): (score: ScoreName) => string | undefined {
  const ofAll = whyNone(sample);
  const ofClasses = sample.kind === "classification" ? whyClasses(sample) : undefined;
  return (score) => {
    const record = regressionRecords.find(({ name }) => name === score);
    if (record?.by === "extreme") return record[purpose];
    return ofAll ?? ofClasses?.(score);
  };
}

function whyNone(sample: WeightedSample): string | undefined {
  const { weights, dependence } = sample;
  if (dependence?.by === "order") {
    return "the samples are weighted and neighbours in time depend on each other, and weighted samples are drawn one by one or by groups; log them with a group, such as the day, instead of an order";
  }
  const effective = effectiveUnits(sample);
  const [what, count, fewest] = dependence
    ? ["groups", dependence.count, fewestDrawn]
    : ["samples", weights.length, fewestSamples];
  if (effective >= fewest) return undefined;
  return `the ${count} ${what} count as ${inShort(effective)} by their weights, fewer than ${fewest}`;
}

/** As how many samples, or groups of them, of equal weight those of a test set count. */
export function effectiveUnits({ weights, dependence }: WeightedSample): number {
  if (dependence?.by !== "group") return weightTotals(weights).effectiveSamples;
  const sums = new Float64Array(dependence.count);
  for (let row = 0; row < weights.length; row++) sums[dependence.codes[row]!]! += weights[row]!;
  return weightTotals(sums).effectiveSamples;
}

type WeightedClasses = JudgedClasses & WeightedSample;

function whyClasses(sample: WeightedClasses): (score: ScoreName) => string | undefined {
  const { labels, yTrue } = sample;
  const ofScores = tooFewForScores(countedOf(sample));
  const rare = new Map(
    [...labels.keys()].map((code) => [code, countOf(sample, (row) => yTrue[row] === code)] as const),
  );
  const whyFew = (fewest: number) => {
    const few = [...rare.keys()].filter((code) => rare.get(code)! < fewest);
    if (few.length === 0) return undefined;
    return `${classNames(few, labels)} ${few.length === 1 ? "counts" : "count"} as fewer than ${fewest} samples by the weights, too few to say how the score varies`;
  };
  return (score) => {
    const record = classificationRecords.find(({ name }) => name === score)!;
    if (record.by === "ranking" && record.ranking === "average precision") return whyFew(fewestRanked);
    if (record.by !== "counts") return whyFew(fewestOfClass) ?? ofScores(score);
    if (record.share) return whyShare(sample, record.share.of);
    return record.everyClass || labels.length <= 2 ? whyFew(fewestOfClass) : undefined;
  };
}

function whyShare(sample: WeightedClasses, of: CountedShare["of"]): string | undefined {
  const { yTrue, yPred, positive } = sample;
  const isActual = (row: number) => yTrue[row] === positive;
  const isPredicted = (row: number) => yPred[row] === positive;
  const rows = {
    all: () => true,
    actual: isActual,
    predicted: isPredicted,
    either: (row: number) => isActual(row) || isPredicted(row),
  }[of];
  const count = countOf(sample, rows);
  if (count >= fewestOfClass) return undefined;
  return `the samples that it is a share of count as ${inShort(count)} by their weights, fewer than ${fewestOfClass}`;
}

/** As how many samples of equal weight some of them count. */
function countOf({ weights }: WeightedSample, isCounted: (row: number) => boolean): number {
  const { sum, effectiveSamples }: WeightTotals = weightTotals(weights.filter((_, row) => isCounted(row)));
  return sum > 0 ? effectiveSamples : 0;
}

/** The samples that count. */
function countedOf({ weights, ...sample }: WeightedClasses): JudgedClasses {
  const counts = (_: number, row: number) => weights[row]! > 0;
  return {
    ...sample,
    yTrue: sample.yTrue.filter(counts),
    yPred: sample.yPred.filter(counts),
    scores: sample.scores.map((ofClass) => ofClass.filter(counts)),
  };
}

function inShort(count: number): number {
  return Number(count.toPrecision(2));
}
