import { blockwiseSum } from "../../scores/blockwise-sum.js";
import { logLoss } from "../../scores/log-loss.js";
import type { ClassificationSample, ScoredSample } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { positiveOf, tableOf } from "./counts.js";
import { given, scored, times } from "./scored-sample.js";
import { sklearn } from "./sklearn-facts.js";

const facts = {
  ...sklearn,
  traits: {},
  direction: "lower",
  range: [0, Infinity],
  needsScore: true,
  classes: "any",
} as const;

const loss = given(logLoss);
const lossNames = ["log_loss", "logloss", "cross_entropy", "ce", "nll", "binary_crossentropy", "loss"];

/** What scikit-learn says of probabilities, with all classes named by `labels`. */
export const sklearnProbabilities: readonly ClassificationDefinition[] = [
  {
    ...facts,
    id: "sklearn:log_loss",
    names: lossNames,
    call: "log_loss(y_true, y_score, labels=classes)",
    formula:
      "The mean of -ln(probability of the true class), each probability at least 2.2e-16 from 0 and 1.",
    traits: { zeros: "a probability of 0 costs 36.04" },
    of: loss,
  },
  {
    ...facts,
    id: "sklearn:log_loss(normalize=False)",
    names: [...lossNames, "deviance"],
    call: "log_loss(y_true, y_score, labels=classes, normalize=False)",
    formula: "The sum of -ln(probability of the true class).",
    traits: { zeros: "a probability of 0 costs 36.04" },
    of: (sample) => times(loss(sample), sample.yTrue.length),
  },
  {
    ...facts,
    id: "sklearn:neg_log_loss",
    names: ["neg_log_loss", ...lossNames],
    call: "cross_val_score(..., scoring='neg_log_loss')",
    formula: "log_loss with a minus, so that greater is better.",
    direction: "higher",
    range: [-Infinity, 0],
    of: (sample) => times(loss(sample), -1),
  },
  {
    ...facts,
    id: "sklearn:log_loss(float32)",
    names: lossNames,
    call: "log_loss(y_true, y_score.astype('float32'), labels=classes)",
    formula:
      "log_loss of float32 probabilities, which are at least 1.2e-7 from 0 and 1: what a neural network returns.",
    traits: { zeros: "a probability of 0 costs 15.94" },
    precision: "float32",
    of: (sample) => scored(sample) && loss32(scored(sample)!),
  },
  {
    ...facts,
    id: "sklearn:d2_log_loss_score",
    names: ["d2_log_loss_score", "d2", "mcfadden", "pseudo_r2"],
    call: "d2_log_loss_score(y_true, y_score, labels=classes)",
    formula: "1 - log loss / log loss of the classes' shares, both with clipped probabilities.",
    traits: { oneClass: "a huge negative number, as the shares' loss is 2.2e-16" },
    direction: "higher",
    range: [-Infinity, 1],
    of: (sample) => {
      const own = loss(sample);
      return own === undefined || sample.yTrue.length < 2 ? own && NaN : 1 - own / lossOfShares(sample);
    },
  },
  {
    ...facts,
    id: "sklearn:hinge_loss",
    names: ["hinge", "hinge_loss"],
    call: "hinge_loss(y_true, y_score)",
    formula: "The mean of max(0, 1 - s) of positives and max(0, 1 + s) of negatives; s is a decision value.",
    traits: { oneClass: "a lone class counts as the negative one, even if it is 1" },
    classes: "two",
    of: (sample) => {
      const { actual, samples } = tableOf(sample);
      const positive = actual.includes(samples) ? -1 : positiveOf(sample);
      const sum = blockwiseSum(sample.yTrue.length, (from, to) => {
        let losses = 0;
        for (let i = from; i < to; i++) {
          const score = sample.yScore![i]!;
          losses += Math.max(0, sample.yTrue[i] === positive ? 1 - score : 1 + score);
        }
        return losses;
      });
      return sum / sample.yTrue.length;
    },
  },
];

const closest = 2 ** -23;

function loss32({ yTrue, yScore, positive, labels }: ScoredSample): number {
  const most = Math.fround(1 - closest);
  const sum = blockwiseSum(yTrue.length, (from, to) => {
    let losses = 0;
    for (let i = from; i < to; i++) {
      const score = Math.fround(yScore[positive === undefined ? i * labels.length + yTrue[i]! : i]!);
      const probability = positive === undefined || yTrue[i] === positive ? score : Math.fround(1 - score);
      losses -= Math.log(Math.min(Math.max(probability, closest), most));
    }
    return losses;
  });
  return sum / yTrue.length;
}

function lossOfShares(sample: ClassificationSample): number {
  const { actual, samples } = tableOf(sample);
  return actual.reduce((sum, count) => {
    const share = Math.min(count / samples, 1 - Number.EPSILON);
    return count === 0 ? sum : sum - share * Math.log(share);
  }, 0);
}
