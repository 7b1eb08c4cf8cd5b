import type { ScoreName } from "../scores/registry.js";
import { aucEstimate } from "../statistics/auc-estimate.js";
import { averagePrecisionEstimate } from "../statistics/average-precision-estimate.js";
import { type ClassRanking, classRanking } from "../statistics/class-ranking.js";
import { type Estimate, influenceEstimate, meanEstimate, meanOf } from "../statistics/estimate.js";
import { addRanked, addRankedPair, type RankedEstimate } from "../statistics/ranked-estimate.js";
import type { JudgedClasses, JudgedNumbers, JudgedSample } from "./judged-sample.js";

/** A score that each sample has its part in. */
export interface SampleScore {
  score: ScoreName;
  method: "t" | "delong" | "delta";
  /** Made when asked for, since each has a number a sample; undefined where the score is. */
  estimate: () => Estimate | undefined;
}

/** The scores that are computed from every sample's own values, with each sample's part in them. */
export function sampleScores(sample: JudgedSample, wanted: (score: ScoreName) => boolean): SampleScore[] {
  const all =
    sample.kind === "regression"
      ? ofErrors(sample)
      : sample.scores.length > 0
        ? ofProbabilities(sample, wanted)
        : [];
  return all
    .filter(({ score }) => wanted(score))
    .map(({ score, method, estimate }) => ({ score, method, estimate: () => finite(estimate()) }));
}

function finite(estimate: Estimate | undefined): Estimate | undefined {
  return estimate && Number.isFinite(estimate.value) ? estimate : undefined;
}

/** A number a sample. */
function perSample(samples: number, numberOf: (row: number) => number): Float64Array {
  const numbers = new Float64Array(samples);
  for (let row = 0; row < samples; row++) numbers[row] = numberOf(row);
  return numbers;
}

function ofProbabilities(sample: JudgedClasses, wanted: (score: ScoreName) => boolean): SampleScore[] {
  let ranked: Map<ScoreName, Estimate | undefined> | undefined;
  const rankedOne = (score: ScoreName) => {
    ranked ??= rankedEstimates(sample, wanted);
    return ranked.get(score);
  };
  return [
    { score: "roc_auc", method: "delong", estimate: () => rankedOne("roc_auc") },
    { score: "average_precision", method: "delta", estimate: () => rankedOne("average_precision") },
    { score: "log_loss", method: "t", estimate: () => meanEstimate(logLosses(sample)) },
    { score: "brier_score", method: "t", estimate: () => meanEstimate(squaredDistances(sample)) },
  ];
}

const ofRanking = new Map<ScoreName, (ranking: ClassRanking) => RankedEstimate | undefined>([
  ["roc_auc", aucEstimate],
  ["average_precision", averagePrecisionEstimate],
]);

/** Of each class against all others, every class counting the same; both at once, since ranking takes the time. */
function rankedEstimates(
  { yTrue, scores, scored }: JudgedClasses,
  wanted: (score: ScoreName) => boolean,
): Map<ScoreName, Estimate | undefined> {
  const found = new Map<ScoreName, Estimate | undefined>();
  for (const score of ofRanking.keys()) {
    if (wanted(score)) found.set(score, { value: 0, parts: new Float64Array(yTrue.length) });
  }
  const places = new Uint32Array(yTrue.length);
  for (const [i, ofClass] of scores.entries()) {
    const ranking = classRanking(ofClass, yTrue, scored[i]!, places);
    const share = 1 / scores.length;
    const sums: [Estimate, RankedEstimate][] = [];
    for (const [score, sum] of found) {
      const ranked = ofRanking.get(score)!(ranking);
      if (sum && ranked) sums.push([sum, ranked]);
      else found.set(score, undefined);
    }
    const [one, other] = sums;
    if (one && other) addRankedPair([one[0], other[0]], [one[1], other[1]], ranking, share);
    else if (one) addRanked(...one, ranking, share);
  }
  return found;
}

function logLosses({ yTrue, scores, scored }: JudgedClasses): Float64Array {
  const [positive] = scored;
  const [ofPositive] = scores;
  if (scores.length === 1) {
    return perSample(yTrue.length, (row) => {
      const score = ofPositive![row]!;
      return -Math.log(clipped(yTrue[row] === positive ? score : 1 - score));
    });
  }
  const columnOf = new Int32Array(Math.max(...scored) + 1);
  for (const [column, code] of scored.entries()) columnOf[code] = column;
  return perSample(yTrue.length, (row) => -Math.log(clipped(scores[columnOf[yTrue[row]!]!]![row]!)));
}

function clipped(probability: number): number {
  return Math.min(Math.max(probability, Number.EPSILON), 1 - Number.EPSILON);
}

function squaredDistances({ yTrue, scores, scored }: JudgedClasses): Float64Array {
  const squares = new Float64Array(yTrue.length);
  for (const [i, ofClass] of scores.entries()) {
    const code = scored[i]!;
    for (let row = 0; row < squares.length; row++) {
      const distance = (yTrue[row] === code ? 1 : 0) - ofClass[row]!;
      squares[row]! += distance * distance;
    }
  }
  return squares;
}

/** How far each prediction is from the true value. */
export function absoluteErrors({ yTrue, yPred }: JudgedNumbers): Float64Array {
  return perSample(yTrue.length, (row) => Math.abs(yPred[row]! - yTrue[row]!));
}

function ofErrors(sample: JudgedNumbers): SampleScore[] {
  const { yTrue, yPred } = sample;
  const samples = yTrue.length;
  const squaredErrors = (offset = 0) =>
    perSample(samples, (row) => {
      const error = yPred[row]! - yTrue[row]! - offset;
      return error * error;
    });
  const deviations = () => {
    const centre = meanOf(yTrue);
    return perSample(samples, (row) => (yTrue[row]! - centre) ** 2);
  };
  const errors = () => perSample(samples, (row) => yPred[row]! - yTrue[row]!);
  const relativeErrors = () =>
    perSample(
      samples,
      (row) => Math.abs(yPred[row]! - yTrue[row]!) / Math.max(Math.abs(yTrue[row]!), Number.EPSILON),
    );
  return [
    { score: "r2", method: "delta", estimate: () => explained(squaredErrors(), deviations()) },
    { score: "mean_absolute_error", method: "t", estimate: () => meanEstimate(absoluteErrors(sample)) },
    { score: "mean_squared_error", method: "t", estimate: () => meanEstimate(squaredErrors()) },
    { score: "root_mean_squared_error", method: "delta", estimate: () => rootOfMean(squaredErrors()) },
    { score: "mean_absolute_percentage_error", method: "t", estimate: () => meanEstimate(relativeErrors()) },
    {
      score: "explained_variance",
      method: "delta",
      estimate: () => explained(squaredErrors(meanOf(errors())), deviations()),
    },
    { score: "mean_error", method: "t", estimate: () => meanEstimate(errors()) },
  ];
}

function rootOfMean(squares: Float64Array): Estimate {
  const mean = meanOf(squares);
  const root = Math.sqrt(mean);
  for (let i = 0; i < squares.length; i++) squares[i] = root === 0 ? 0 : (squares[i]! - mean) / (2 * root);
  return influenceEstimate(root, squares);
}

/** 1 - unexplained / total, and each sample's influence on it; undefined where there is nothing to explain. */
function explained(unexplained: Float64Array, total: Float64Array): Estimate | undefined {
  const variance = meanOf(total);
  if (variance === 0) return undefined;
  const share = meanOf(unexplained) / variance;
  for (let i = 0; i < total.length; i++) unexplained[i] = (share * total[i]! - unexplained[i]!) / variance;
  return influenceEstimate(1 - share, unexplained);
}
