import { blockwiseSum } from "./blockwise-sum.js";
import { isBinary, type ScoredSample } from "./scored-sample.js";

/** Distance of 1 to the next double; probabilities nearer to 0 or 1 than this are taken as this far away. */
const epsilon = Number.EPSILON;

/**
 * Mean of -ln(p), p being the probability that the model gave to the true class: 0.., in nats, lower is better. Probabilities
 * are clipped to [2.2e-16, 1 - 2.2e-16] so that a confident mistake costs 36.04 rather than infinity; rows that do not sum to 1
 * are taken as they are. Always defined for probabilities (0..1). Source: scikit-learn 1.9, `log_loss` with all labels named.
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
      loss -= Math.log(
        probability < epsilon ? epsilon : probability > 1 - epsilon ? 1 - epsilon : probability,
      );
    }
    return loss;
  });
  return sum / yTrue.length;
}
