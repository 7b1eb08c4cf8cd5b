import { rocAuc } from "../../scores/roc-auc.js";
import type { ClassificationDefinition } from "../definition.js";
import { firstBest32, shareOf } from "./best-class.js";
import { meanLoss } from "./clipped-loss.js";
import { tableOf } from "./counts.js";
import { classesRanked, countsAbove, ranked32 } from "./curve.js";

const facts = {
  library: "XGBoost",
  version: "3.2.0",
  precision: "float32",
  comparedWith: "library",
  kind: "classification",
  traits: {},
  direction: "lower",
  range: [0, 1],
  needsScore: true,
  classes: "two",
} as const;

const least = 1e-16;
const loss32 = (score: number, isPositive: boolean) => {
  const probability = Math.fround(score);
  return -Math.log(Math.max(isPositive ? probability : Math.fround(1 - probability), least));
};

/** What XGBoost's `eval_metric` says besides the area under precision and recall. */
export const xgboostErrors: readonly ClassificationDefinition[] = [
  {
    ...facts,
    id: "xgboost:error",
    names: ["error", "error_rate", "binary_error", "misclassification_rate"],
    call: "eval_metric='error'",
    formula: "The share of samples that are wrong, positive being a score above 0.5.",
    traits: { ties: "a score of 0.5 is class 0" },
    of: (sample) => errorAbove(countsAbove(ranked32(sample), 0.5)),
  },
  ...[0.3, 0.7].map(
    (threshold): ClassificationDefinition => ({
      ...facts,
      id: `xgboost:error@${threshold}`,
      names: [`error@${threshold}`, "error", "error_rate"],
      call: `eval_metric='error@${threshold}'`,
      formula: `The share of samples that are wrong, positive being a score above ${threshold} in float32.`,
      traits: { ties: "a score of the threshold is class 0" },
      of: (sample) => errorAbove(countsAbove(ranked32(sample), Math.fround(threshold))),
    }),
  ),
  {
    ...facts,
    id: "xgboost:logloss",
    names: ["logloss", "log_loss", "cross_entropy", "binary_crossentropy", "loss"],
    call: "eval_metric='logloss'",
    formula: "The mean of -ln(probability of the true class), each at least 1e-16, in float32.",
    traits: { zeros: "a probability of 0 costs 36.84" },
    range: [0, 36.9],
    of: (sample) => meanLoss(sample, loss32),
  },
  {
    ...facts,
    id: "xgboost:auc",
    names: ["auc", "roc_auc", "auroc"],
    call: "eval_metric='auc'",
    formula: "The chance that a positive sample is scored above a negative one, in float32.",
    traits: { ties: "count half", oneClass: "NaN, with a warning" },
    direction: "higher",
    of: (sample) => rocAuc(ranked32(sample)) ?? NaN,
  },
  {
    ...facts,
    id: "xgboost:auc(several)",
    names: ["auc", "roc_auc", "auroc", "roc_auc_ovr", "roc_auc_ovr_weighted", "mauc"],
    call: "eval_metric='auc', objective='multi:softprob'",
    formula: "The ROC area of each class against all others, weighted by its samples, in float32.",
    traits: { averaging: "weighted", absentClasses: "NaN, with a warning" },
    direction: "higher",
    classes: "several",
    of: (sample) => {
      const { actual, samples } = tableOf(sample);
      return classesRanked(sample).reduce((sum, { positives, negatives }, code) => {
        const rounded = { positives: positives.map(Math.fround), negatives: negatives.map(Math.fround) };
        return sum + ((rocAuc(rounded) ?? NaN) * actual[code]!) / samples;
      }, 0);
    },
  },
  {
    ...facts,
    id: "xgboost:merror",
    names: ["merror", "error", "error_rate", "multi_error"],
    call: "eval_metric='merror'",
    formula: "The share of samples whose class is not the first with the greatest score.",
    traits: { ties: "the first class is predicted" },
    classes: "several",
    of: (sample) => {
      const best = firstBest32(sample);
      return shareOf(sample, (row) => best[row] !== sample.yTrue[row]);
    },
  },
  {
    ...facts,
    id: "xgboost:mlogloss",
    names: ["mlogloss", "logloss", "log_loss", "cross_entropy", "categorical_crossentropy", "multi_logloss"],
    call: "eval_metric='mlogloss'",
    formula:
      "The mean of -ln(probability of the true class), each at least 1e-16; rows are taken as they are.",
    traits: { zeros: "a probability of 0 costs 36.84" },
    range: [0, 36.9],
    classes: "several",
    of: (sample) => meanLoss(sample, loss32),
  },
];

function errorAbove({ tp, fp, fn, tn }: ReturnType<typeof countsAbove>): number {
  return (fp + fn) / (tp + fp + fn + tn);
}
