import { blockwiseSum } from "./blockwise-sum.js";
import { notProbabilities, unevenRows } from "./classification-context.js";
import { isBinary, type ScoredSample } from "./sample.js";
import type { ProbabilityScore } from "./score.js";

/**
 * Mean squared difference of the predicted probabilities and what happened, lower is better. Two classes: of
 * the positive class alone, 0..1. Three or more: summed over the classes, 0..2. Always defined for
 * probabilities (0..1). Source: scikit-learn 1.9, `brier_score_loss` with `scale_by_half="auto"`.
 * @example brierScore({ labels: [0, 1], positive: 1, yTrue: Int32Array.of(1, 0), yScore: Float64Array.of(0.5, 0.5) }) // 0.25
 * @example brierScore({ labels: [0, 1, 2], yTrue: Int32Array.of(2), yScore: Float64Array.of(1, 0, 0) }) // 2
 */
export function brierScore(sample: ScoredSample): number {
  const { yTrue, yScore, labels, positive } = sample;
  const binary = isBinary(sample);
  const classes = labels.length;
  const sum = binary
    ? blockwiseSum(yTrue.length, (from, to) => {
        let squares = 0;
        for (let i = from; i < to; i++) {
          const difference = (yTrue[i] === positive ? 1 : 0) - yScore[i]!;
          squares += difference * difference;
        }
        return squares;
      })
    : blockwiseSum(yScore.length, (from, to) => {
        let squares = 0;
        let row = Math.floor(from / classes);
        let column = from % classes;
        for (let at = from; at < to; at++) {
          const difference = (yTrue[row] === column ? 1 : 0) - yScore[at]!;
          squares += difference * difference;
          if (++column === classes) {
            column = 0;
            row += 1;
          }
        }
        return squares;
      });
  return sum / yTrue.length;
}

export const brierScoreRecord = {
  name: "brier_score",
  title: "Brier score",
  kind: "classification",
  needsScore: true,
  binaryOnly: false,
  range: [0, 2],
  direction: "lower",
  best: 0,
  headline: true,
  meaning: "Mean squared error of the predicted probabilities: 0..1 for two classes, 0..2 for more.",
  of: ({ probabilities }) =>
    probabilities!.check.outside === undefined ? probabilities!.brierScore() : undefined,
  whyUndefined: notProbabilities,
  caution: unevenRows,
  by: "mean",
  losses({ yTrue, scores, scored }) {
    const squares = new Float64Array(yTrue.length);
    for (const [i, ofClass] of scores.entries()) {
      const code = scored[i]!;
      for (let row = 0; row < squares.length; row++) {
        const distance = (yTrue[row] === code ? 1 : 0) - ofClass[row]!;
        squares[row]! += distance * distance;
      }
    }
    return squares;
  },
} as const satisfies ProbabilityScore;
