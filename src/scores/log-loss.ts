import { blockwiseSum } from "./blockwise-sum.js";
import { notProbabilities, unevenRows } from "./classification-context.js";
import { type ClassProbabilities, isBinary, type ScoredSample } from "./sample.js";
import type { ProbabilityScore } from "./score.js";

/** Distance of 1 to the next double; probabilities nearer to 0 or 1 than this are taken as this far away. */
const epsilon = Number.EPSILON;

/** Loss of one sample by the probability of its true class, in nats. */
function lossOf(probability: number): number {
  return -Math.log(probability < epsilon ? epsilon : probability > 1 - epsilon ? 1 - epsilon : probability);
}

/**
 * Mean of -ln(p), p being the probability that the model gave to the true class: 0.., in nats, lower is
 * better. Probabilities are clipped to [2.2e-16, 1 - 2.2e-16] so that a confident mistake costs 36.04 rather
 * than infinity; rows that do not sum to 1 are taken as they are. Always defined for probabilities (0..1).
 * Source: scikit-learn 1.9, `log_loss` with all labels named.
 * @example logLoss({ labels: [0, 1], positive: 1, yTrue: Int32Array.of(1, 0), yScore: Float64Array.of(0.5, 0.5) }) // 0.6931471805599453
 */
export function logLoss(sample: ScoredSample): number {
  const { labels, yTrue, yScore, positive } = sample;
  const binary = isBinary(sample);
  const sum = blockwiseSum(yTrue.length, (from, to) => {
    let loss = 0;
    for (let i = from; i < to; i++) {
      const code = yTrue[i]!;
      const score = binary ? yScore[i]! : yScore[i * labels.length + code]!;
      const probability = binary && code !== positive ? 1 - score : score;
      loss += lossOf(probability);
    }
    return loss;
  });
  return sum / yTrue.length;
}

/** The loss of each sample, as they are judged. */
export function logLosses({ yTrue, scores, scored }: ClassProbabilities): Float64Array {
  const losses = new Float64Array(yTrue.length);
  if (scores.length === 1) {
    const [positive] = scored;
    const ofPositive = scores[0]!;
    for (let row = 0; row < losses.length; row++) {
      const score = ofPositive[row]!;
      losses[row] = lossOf(yTrue[row] === positive ? score : 1 - score);
    }
    return losses;
  }
  const columnOf = new Map(scored.map((code, column) => [code, scores[column]!]));
  for (const [code, ofClass] of columnOf) {
    for (let row = 0; row < losses.length; row++)
      if (yTrue[row] === code) losses[row] = lossOf(ofClass[row]!);
  }
  return losses;
}

export const logLossScore = {
  name: "log_loss",
  title: "Log loss",
  kind: "classification",
  needsScore: true,
  binaryOnly: false,
  range: [0, Infinity],
  direction: "lower",
  best: 0,
  headline: true,
  meaning: "Mean of -ln(probability that the model gave to the true class), in nats.",
  of: ({ probabilities }) =>
    probabilities!.check.outside === undefined ? probabilities!.logLoss() : undefined,
  whyUndefined: notProbabilities,
  caution: unevenRows,
  by: "mean",
  losses: logLosses,
} as const satisfies ProbabilityScore;
