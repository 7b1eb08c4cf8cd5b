import type { ClassRanking } from "./class-ranking.js";
import type { RankedEstimate } from "./ranked-estimate.js";

/**
 * Average precision with each sample's influence on it. With A and B the shares of samples that are positive
 * and negative and scored at least t, precision is A / (A + B); a sample changes it at every threshold up to
 * its own score, and a positive one adds a step of the curve as well. Undefined without positives. Source:
 * the definition, differentiated; the value is scikit-learn's `average_precision_score`.
 * @example averagePrecisionEstimate(classRanking(Float64Array.of(0.1, 0.4, 0.6, 0.8), Int32Array.of(0, 1, 0, 1), 1))?.value // 0.8333333333333333
 */
export function averagePrecisionEstimate({
  positives,
  negatives,
  positivesAt,
  negativesAt,
}: ClassRanking): RankedEstimate | undefined {
  if (positives === 0) return undefined;
  const thresholds = positivesAt.length;
  const ofPositives = 2 * thresholds + 1;
  const influences = new Float64Array(ofPositives + thresholds);
  let positivesFrom = positives; // at or above the threshold
  let negativesFrom = negatives;
  let gain = 0; // by one more positive sample at or above
  let loss = 0; // by one more negative sample at or above
  let value = 0;
  for (let j = 0; j < thresholds; j++) {
    const here = positivesAt[j]!;
    influences[2 * j] = -loss;
    negativesFrom -= negativesAt[2 * j]!;
    const all = positivesFrom + negativesFrom;
    const precision = positivesFrom / all;
    value += (here * precision) / positives;
    gain += (here * negativesFrom) / (all * all);
    loss += (here * positivesFrom) / (all * all);
    influences[2 * j + 1] = -loss;
    influences[ofPositives + j] = precision + gain;
    positivesFrom -= here;
    negativesFrom -= negativesAt[2 * j + 1]!;
  }
  influences[2 * thresholds] = -loss;
  const samples = positives + negatives;
  const scale = samples / positives / Math.sqrt(samples * (samples - 1));
  for (let place = 0; place < influences.length; place++) {
    influences[place] = scale * (influences[place]! - (place < ofPositives ? 0 : value));
  }
  return { value, parts: influences };
}
