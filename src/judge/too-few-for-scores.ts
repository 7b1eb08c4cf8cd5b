import { classNames } from "../scores/classification-context.js";
import { classificationRecords, type ScoreName } from "../scores/registry.js";
import type { JudgedClasses } from "./pairing/judged-sample.js";

/** Average precision hangs on the highest few positives: with fewer than this its interval misses too often. */
const leastRanked = 10;
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
export function tooFewForScore(sample: JudgedClasses, score: ScoreName): string | undefined {
  const record = classificationRecords.find(({ name }) => name === score)!;
  const { labels, yTrue } = sample;
  const counts = new Int32Array(labels.length);
  for (let i = 0; i < yTrue.length; i++) counts[yTrue[i]!]! += 1;
  const isRanked = record.by === "ranking";
  if (isRanked && record.ranking === "auc") return undefined;
  const least = isRanked ? leastRanked : labels.length <= 2 ? leastOfTwo : 0;
  const asked = isRanked ? sample.scored : [...labels.keys()];
  const few = asked.filter((code) => (counts[code] ?? 0) < least);
  if (few.length > 0) {
    return `${classNames(few, labels)} ${few.length === 1 ? "has" : "have"} fewer than ${least} samples in y_true, too few to say how the score varies`;
  }
  return score === "log_loss" || score === "d2_log_loss_score" ? tooCertain(sample) : undefined;
}

function tooCertain({ yTrue, scores, scored }: JudgedClasses): string | undefined {
  let certain = 0;
  let wrong = 0;
  const least = Math.exp(-certainLoss);
  for (let i = 0; i < yTrue.length; i++) {
    let isCertain = false;
    let isWrong = false;
    for (let column = 0; column < scores.length; column++) {
      const score = scores[column]![i]!;
      const isTrue = yTrue[i] === scored[column];
      if (score <= least) {
        isCertain = true;
        isWrong ||= isTrue;
      } else if (scores.length === 1 && score >= 1 - least) {
        isCertain = true;
        isWrong ||= !isTrue;
      }
    }
    certain += Number(isCertain);
    wrong += Number(isWrong);
  }
  if (certain === 0 || wrong >= leastCertain) return undefined;
  return `${certain} ${certain === 1 ? "sample has" : "samples have"} a probability of 0 for a class, of which ${wrong} ${wrong === 1 ? "was" : "were"} of that class: one more would cost ${certainLoss} nats, and the samples do not say how often that is`;
}
