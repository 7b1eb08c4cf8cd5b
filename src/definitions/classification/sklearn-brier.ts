import { brierScore } from "../../scores/brier-score.js";
import { type ClassificationSample, isBinary } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { tableOf } from "./counts.js";
import { given, times } from "./scored-sample.js";
import { sklearn } from "./sklearn-facts.js";

const facts = {
  ...sklearn,
  traits: {},
  direction: "lower",
  range: [0, 2],
  needsScore: true,
  classes: "any",
} as const;

const brier = given(brierScore);

/** What scikit-learn says of the squares of probabilities. */
export const sklearnBrier: readonly ClassificationDefinition[] = [
  {
    ...facts,
    id: "sklearn:brier_score_loss",
    names: ["brier", "brier_score", "brier_score_loss", "mse"],
    call: "brier_score_loss(y_true, y_score, labels=classes)",
    formula:
      "Two classes: the mean of (y - p)^2 of the positive class; more: summed over the classes, up to 2.",
    range: [0, 2],
    of: brier,
  },
  {
    ...facts,
    id: "sklearn:neg_brier_score",
    names: ["neg_brier_score", "brier"],
    call: "cross_val_score(..., scoring='neg_brier_score')",
    formula: "brier_score_loss with a minus, so that greater is better.",
    direction: "higher",
    range: [-2, 0],
    of: (sample) => times(brier(sample), -1),
  },
  {
    ...facts,
    id: "sklearn:brier_score_loss(scale_by_half=False)",
    names: ["brier", "brier_score", "brier_score_loss"],
    call: "brier_score_loss(y_true, y_score, scale_by_half=False)",
    formula: "Brier's own score: squares summed over both classes, twice the usual one of two classes.",
    range: [0, 2],
    classes: "two",
    of: (sample) => times(brier(sample), 2),
  },
  {
    ...facts,
    id: "sklearn:brier_score_loss(scale_by_half=True)",
    names: ["brier", "brier_score", "brier_score_loss"],
    call: "brier_score_loss(y_true, y_score, labels=classes, scale_by_half=True)",
    formula: "Half the squares summed over the classes, 0 to 1 for any number of classes.",
    range: [0, 1],
    classes: "several",
    of: (sample) => times(brier(sample), 0.5),
  },
  {
    ...facts,
    id: "sklearn:d2_brier_score",
    names: ["d2_brier_score", "brier_skill_score", "bss", "scaled_brier"],
    call: "d2_brier_score(y_true, y_score)",
    formula: "1 - Brier score / Brier score of the classes' shares.",
    direction: "higher",
    range: [-Infinity, 1],
    of: (sample) => {
      const own = brier(sample);
      if (own === undefined || sample.yTrue.length < 2) return own && NaN;
      return 1 - own / brierOfShares(sample);
    },
  },
];

function brierOfShares(sample: ClassificationSample): number {
  const { actual, samples } = tableOf(sample);
  const summed = 1 - actual.reduce((sum, count) => sum + (count / samples) ** 2, 0);
  return isBinary(sample) ? summed / 2 : summed;
}
