import { averagePrecision } from "../../scores/average-precision.js";
import { rocAuc } from "../../scores/roc-auc.js";
import type { ClassificationSample } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { shareOf } from "./best-class.js";
import { clippedLoss, meanLoss } from "./clipped-loss.js";
import { countsAbove, ranked } from "./curve.js";

const facts = {
  library: "LightGBM",
  version: "4.7.0",
  precision: "float64",
  comparedWith: "library",
  kind: "classification",
  traits: {},
  direction: "lower",
  range: [0, 1],
  needsScore: true,
  classes: "two",
} as const;

const least = Math.fround(1e-15);

/** What LightGBM's `metric` says of classes. */
export const lightgbmClasses: readonly ClassificationDefinition[] = [
  {
    ...facts,
    id: "lightgbm:auc",
    names: ["auc", "roc_auc", "auroc"],
    call: "metric='auc'",
    formula: "The chance that a positive sample is scored above a negative one.",
    traits: { ties: "count half", oneClass: "1" },
    direction: "higher",
    of: (sample) => rocAuc(ranked(sample)) ?? 1,
  },
  {
    ...facts,
    id: "lightgbm:average_precision",
    names: ["average_precision", "ap", "pr_auc", "auprc", "aucpr"],
    call: "metric='average_precision'",
    formula: "The sum over thresholds of recall gained times precision there.",
    traits: { ties: "share a threshold", oneClass: "1" },
    direction: "higher",
    of: (sample) => averagePrecision(ranked(sample)) ?? 1,
  },
  {
    ...facts,
    id: "lightgbm:binary_logloss",
    names: ["binary_logloss", "logloss", "log_loss", "binary_crossentropy", "loss"],
    call: "metric='binary_logloss'",
    formula: "The mean of -ln(probability of the true class), each at least 1e-15.",
    traits: { zeros: "a probability of 0 costs 34.54" },
    range: [0, 34.6],
    of: (sample) => meanLoss(sample, clippedLoss(least)),
  },
  {
    ...facts,
    id: "lightgbm:cross_entropy",
    names: ["cross_entropy", "xentropy", "log_loss", "logloss"],
    call: "metric='cross_entropy'",
    formula: "The mean of -ln(probability of the true class), each at least 1e-12.",
    traits: { zeros: "a probability of 0 costs 27.63" },
    range: [0, 27.7],
    of: (sample) => meanLoss(sample, clippedLoss(1e-12)),
  },
  {
    ...facts,
    id: "lightgbm:binary_error",
    names: ["binary_error", "error", "error_rate", "misclassification_rate"],
    call: "metric='binary_error'",
    formula: "The share of samples that are wrong, positive being a score above 0.5.",
    traits: { ties: "a score of 0.5 is class 0" },
    of: (sample) => {
      const { fp, fn } = countsAbove(ranked(sample), 0.5);
      return (fp + fn) / sample.yTrue.length;
    },
  },
  {
    ...facts,
    id: "lightgbm:multi_logloss",
    names: ["multi_logloss", "logloss", "log_loss", "mlogloss", "categorical_crossentropy", "cross_entropy"],
    call: "metric='multi_logloss'",
    formula: "The mean of -ln(probability of the true class), each at least 1e-15.",
    traits: { zeros: "a probability of 0 costs 34.54" },
    range: [0, 34.6],
    classes: "several",
    of: (sample) => meanLoss(sample, clippedLoss(least)),
  },
  ...[1, 2].map(
    (k): ClassificationDefinition => ({
      ...facts,
      id: k === 1 ? "lightgbm:multi_error" : `lightgbm:multi_error@${k}`,
      names: [
        "multi_error",
        "merror",
        "error",
        "error_rate",
        ...(k === 1 ? [] : [`multi_error@${k}`, `top_${k}_error`]),
      ],
      call: k === 1 ? "metric='multi_error'" : `metric='multi_error', multi_error_top_k=${k}`,
      formula: `The share of samples for which more than ${k} classes, the true one counted, score at least as much as it.`,
      traits: { ties: "a tie with the true class counts as wrong" },
      classes: "several",
      of: (sample) => shareOf(sample, (row) => notBelow(sample, row) > k),
    }),
  ),
  {
    ...facts,
    id: "lightgbm:auc_mu",
    names: ["auc_mu", "auc", "roc_auc", "roc_auc_ovo", "auroc"],
    call: "metric='auc_mu'",
    formula:
      "The mean over pairs of classes of the ROC area of ln(p of the one / p of the other): one ranking a pair.",
    traits: {
      ties: "count half",
      averaging: "macro, over pairs",
      zeros: "no answer where a probability is 0",
    },
    direction: "higher",
    classes: "several",
    of: (sample) => (sample.yScore!.includes(0) || !hasAll(sample) ? undefined : pairedArea(sample)),
  },
];

/** How many classes score at least as much as the true one; it is one of them. */
function notBelow({ labels, yTrue, yScore }: ClassificationSample, row: number): number {
  const classes = labels.length;
  const own = yScore![row * classes + yTrue[row]!]!;
  let count = 0;
  for (let code = 0; code < classes; code++) if (yScore![row * classes + code]! >= own) count += 1;
  return count;
}

function hasAll({ labels, yTrue }: ClassificationSample): boolean {
  return labels.every((_, code) => yTrue.includes(code));
}

function pairedArea({ labels, yTrue, yScore }: ClassificationSample): number {
  const classes = labels.length;
  const rows = labels.map(() => [] as number[]);
  for (let row = 0; row < yTrue.length; row++) rows[yTrue[row]!]!.push(row);
  let sum = 0;
  for (let a = 0; a < classes; a++) {
    for (let b = a + 1; b < classes; b++) {
      const margins = (truth: number) =>
        Float64Array.from(rows[truth]!, (row) => {
          const at = row * classes;
          return Math.log(yScore![at + a]!) - Math.log(yScore![at + b]!);
        }).sort();
      sum += rocAuc({ positives: margins(a), negatives: margins(b) })!;
    }
  }
  return (2 * sum) / (classes * (classes - 1));
}
