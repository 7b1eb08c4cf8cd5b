import type { ScoreName } from "../scores/registry.js";
import { meanOf } from "../statistics/estimate.js";
import type { JudgedClasses, JudgedNumbers, JudgedSample } from "./judged-sample.js";

/** A score of rows that count as often as their weights say; NaN where it is undefined. */
export type WeightedScore = (weights: Float64Array) => number;

/** The scores that are no means of the rows' own values, as functions of weights: what a bootstrap of rows asks for thousands of times. */
export function weightedRows(
  sample: JudgedSample,
  wanted: (score: ScoreName) => boolean,
): Map<ScoreName, WeightedScore> {
  const all = sample.kind === "regression" ? ofErrors(sample) : ofRanks(sample);
  return new Map([...all].filter(([score]) => wanted(score)));
}

function ofErrors({ yTrue, yPred }: JudgedNumbers): Map<ScoreName, WeightedScore> {
  const samples = yTrue.length;
  const errors = yPred.map((prediction, row) => prediction - yTrue[row]!);
  const [truths, offsets] = [centred(yTrue), centred(errors)];
  const variation = (values: Float64Array, weights: Float64Array) => {
    let sum = 0;
    let squares = 0;
    for (let row = 0; row < samples; row++) {
      const weighted = weights[row]! * values[row]!;
      sum += weighted;
      squares += weighted * values[row]!;
    }
    return squares - (sum * sum) / samples;
  };
  const squaredErrors = (weights: Float64Array) => {
    let squares = 0;
    for (let row = 0; row < samples; row++) squares += weights[row]! * errors[row]! ** 2;
    return squares;
  };
  const explained = (unexplained: number, total: number) =>
    total > 0 ? 1 - unexplained / total : Number.NaN;
  return new Map<ScoreName, WeightedScore>([
    ["r2", (weights) => explained(squaredErrors(weights), variation(truths, weights))],
    ["root_mean_squared_error", (weights) => Math.sqrt(squaredErrors(weights) / samples)],
    ["explained_variance", (weights) => explained(variation(offsets, weights), variation(truths, weights))],
  ]);
}

function centred(values: Float64Array): Float64Array {
  const mean = meanOf(values);
  return values.map((value) => value - mean);
}

/** A class's rows by descending score; `endsTie` where the next one's is lower. */
interface RankedRows {
  rows: Uint32Array;
  endsTie: Uint8Array;
  isPositive: Uint8Array;
}

function ofRanks({ yTrue, scores, scored }: JudgedClasses): Map<ScoreName, WeightedScore> {
  if (scores.length === 0) return new Map();
  const classes = scores.map((ofClass, i): RankedRows => {
    const rows = Uint32Array.from(ofClass.keys()).sort((a, b) => ofClass[b]! - ofClass[a]!);
    return {
      rows,
      endsTie: Uint8Array.from(rows, (row, at) => Number(ofClass[rows[at + 1] ?? -1] !== ofClass[row])),
      isPositive: Uint8Array.from(rows, (row) => Number(yTrue[row] === scored[i])),
    };
  });
  const mean = (of: (ranked: RankedRows, weights: Float64Array) => number) => (weights: Float64Array) => {
    let sum = 0;
    for (const ranked of classes) sum += of(ranked, weights);
    return sum / classes.length;
  };
  return new Map<ScoreName, WeightedScore>([
    ["roc_auc", mean(areaUnderRoc)],
    ["average_precision", mean(averagePrecision)],
  ]);
}

function areaUnderRoc({ rows, endsTie, isPositive }: RankedRows, weights: Float64Array): number {
  let positives = 0;
  let negatives = 0;
  let positivesBefore = 0; // above the tie that is gone through
  let negativesBefore = 0;
  let pairsTwice = 0;
  for (let at = 0; at < rows.length; at++) {
    const weight = weights[rows[at]!]!;
    if (isPositive[at] === 1) positives += weight;
    else negatives += weight;
    if (endsTie[at] === 0) continue;
    pairsTwice += (negatives - negativesBefore) * (positives + positivesBefore);
    positivesBefore = positives;
    negativesBefore = negatives;
  }
  return pairsTwice / (2 * positives * negatives);
}

function averagePrecision({ rows, endsTie, isPositive }: RankedRows, weights: Float64Array): number {
  let all = 0;
  let positives = 0;
  let positivesBefore = 0;
  let sum = 0;
  for (let at = 0; at < rows.length; at++) {
    const weight = weights[rows[at]!]!;
    all += weight;
    if (isPositive[at] === 1) positives += weight;
    if (endsTie[at] === 0) continue;
    if (positives > positivesBefore) sum += (positives - positivesBefore) * (positives / all);
    positivesBefore = positives;
  }
  return sum / positives;
}
