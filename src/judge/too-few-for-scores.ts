import { classNames } from "../scores/classification-context.js";
import { classificationRecords, type ScoreName } from "../scores/registry.js";
import type { JudgedClasses } from "./pairing/judged-sample.js";

/**
 * Average precision hangs on the highest few positives: with fewer than this its interval misses too often.
 */
const leastRanked = 12;
/** Of two classes, the loss of one that is hardly seen is not known. */
const leastOfTwo = 10;
/** So many samples must have had a probability of 0 that the others' chance of it is known. */
const leastCertain = 10;
/** The loss of a probability of 0, which is taken as 2.2e-16. */
const certainLoss = 36;

/**
 * Why the samples do not say how a score of y_score varies: a class that is too rare, or probabilities of
 * exactly 0 or 1, of which a single wrong one costs 36 nats.
 */
export function tooFewForScores(sample: JudgedClasses): (score: ScoreName) => string | undefined {
  const { labels } = sample;
  const counts = classCounts(sample);
  let certain: { reason: string | undefined } | undefined;
  return (score) => {
    const record = classificationRecords.find(({ name }) => name === score)!;
    const isRanked = record.by === "ranking";
    if (isRanked && record.ranking === "auc") return undefined;
    const least = isRanked ? leastRanked : labels.length <= 2 ? leastOfTwo : 0;
    const asked = isRanked ? sample.scored : [...labels.keys()];
    const few = asked.filter((code) => (counts[code] ?? 0) < least);
    if (few.length > 0) {
      return `${classNames(few, labels)} ${few.length === 1 ? "has" : "have"} fewer than ${least} samples in y_true, too few to say how the score varies`;
    }
    if (score !== "log_loss" && score !== "d2_log_loss_score") return undefined;
    certain ??= { reason: tooCertain(sample) };
    return certain.reason;
  };
}

/** How many samples are of each class. */
export function classCounts({ labels, yTrue }: Pick<JudgedClasses, "labels" | "yTrue">): Int32Array {
  const counts = new Int32Array(labels.length);
  for (let i = 0; i < yTrue.length; i++) counts[yTrue[i]!]! += 1;
  return counts;
}

function tooCertain({ yTrue, scores, scored }: JudgedClasses): string | undefined {
  const least = Math.exp(-certainLoss);
  const most = scores.length === 1 ? 1 - least : Infinity;
  let certain = 0;
  let wrong = 0;
  for (const [column, ofClass] of scores.entries()) {
    for (let i = 0; i < ofClass.length; i++) {
      const score = ofClass[i]!;
      if (score > least && score < most) continue;
      certain += 1;
      wrong += Number(score <= least === (yTrue[i] === scored[column]));
    }
  }
  if (certain === 0 || wrong >= leastCertain) return undefined;
  return `${certain} ${certain === 1 ? "probability is" : "probabilities are"} 0 for a class, of which ${wrong} ${wrong === 1 ? "was" : "were"} wrong: one more would cost ${certainLoss} nats, and the samples do not say how often that is`;
}
