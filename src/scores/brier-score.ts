import { blockwiseSum } from "./blockwise-sum.js";
import { isBinary, type ScoredSample } from "./scored-sample.js";

/**
 * Mean squared difference of the predicted probabilities and what happened, lower is better. Two classes: of the positive
 * class alone, 0..1. Three or more: summed over the classes, 0..2. Always defined for probabilities (0..1).
 * Source: scikit-learn 1.9, `brier_score_loss` with `scale_by_half="auto"`.
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
