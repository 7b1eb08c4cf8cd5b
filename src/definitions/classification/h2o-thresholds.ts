import { rocAuc } from "../../scores/roc-auc.js";
import type { ClassificationSample } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import type { ClassCounts } from "./counts.js";
import { curve, ranked } from "./curve.js";
import { interpolatedArea } from "./curve-areas.js";
import { h2o } from "./h2o-facts.js";

const facts = {
  ...h2o,
  kind: "classification",
  traits: {},
  direction: "higher",
  range: [0, 1],
  needsScore: true,
  classes: "two",
} as const;

/** Of more distinct scores H2O merges some, and its answer depends on which. */
const mostThresholds = 400;

/** The counts at the first threshold that is best by a criterion; none where no threshold has a value of it. */
function bestCounts(
  sample: ClassificationSample,
  criterion: (counts: ClassCounts) => number,
): ClassCounts | undefined {
  const { tp, fp, positives, negatives } = curve(sample);
  let best: ClassCounts | undefined;
  let found = -1;
  for (let i = 0; i < tp.length; i++) {
    const counts = { tp: tp[i]!, fp: fp[i]!, fn: positives - tp[i]!, tn: negatives - fp[i]! };
    const value = criterion(counts);
    if (value > found) {
      found = value;
      best = counts;
    }
  }
  return best;
}

const isEstimate = (sample: ClassificationSample) => curve(sample).tp.length > mostThresholds;

const fBeta =
  (beta: number) =>
  ({ tp, fp, fn }: ClassCounts) => {
    const precision = tp / (tp + fp);
    const recall = tp / (tp + fn);
    return ((1 + beta ** 2) * (precision * recall)) / (beta ** 2 * precision + recall);
  };
const recalls = ({ tp, fp, fn, tn }: ClassCounts) => [tp / (tp + fn), tn / (tn + fp)] as const;
const meanRecall = (counts: ClassCounts) => {
  const [positive, negative] = recalls(counts);
  return 0.5 * (positive + negative);
};
const meanError = ({ tp, fp, fn, tn }: ClassCounts) => (fn / (tp + fn) + (fp / (fp + tn) || 0)) / 2;
const absoluteMcc = ({ tp, fp, fn, tn }: ClassCounts) => {
  const above = tp * tn - fp * fn;
  return above === 0 ? 0 : Math.abs(above / Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)));
};

const criteria: readonly [
  name: string,
  names: readonly string[],
  what: string,
  criterion: (counts: ClassCounts) => number,
][] = [
  ["f1", ["f1", "max_f1", "best_f1"], "F1", fBeta(1)],
  ["f2", ["f2", "fbeta", "max_f2"], "F-beta with beta 2", fBeta(2)],
  ["f0point5", ["f0point5", "f0.5", "fbeta", "max_f0point5"], "F-beta with beta 0.5", fBeta(0.5)],
  [
    "accuracy",
    ["accuracy", "max_accuracy", "best_accuracy"],
    "accuracy",
    ({ tp, fp, fn, tn }) => (tn + tp) / (tn + fn + tp + fp),
  ],
  [
    "absolute_mcc",
    ["mcc", "matthews_corrcoef", "absolute_mcc"],
    "absolute Matthews correlation",
    absoluteMcc,
  ],
  [
    "min_per_class_accuracy",
    ["min_per_class_accuracy"],
    "lesser recall of the two classes",
    (counts) => Math.min(...recalls(counts)),
  ],
  [
    "mean_per_class_accuracy",
    ["mean_per_class_accuracy", "balanced_accuracy"],
    "mean recall of the two classes",
    meanRecall,
  ],
];

/** What H2O says of the positive class at thresholds: its labels are those of the best F1, its best values these. */
export const h2oThresholds: readonly ClassificationDefinition[] = [
  {
    ...facts,
    id: "h2o:AUC",
    names: ["auc", "roc_auc", "auroc"],
    call: "h2o.make_metrics(p1, actuals).auc()",
    formula:
      "The chance that a positive sample is scored above a negative one; of over 400 distinct scores an estimate.",
    traits: { ties: "count half", oneClass: "1 without negatives, 0 without positives" },
    of: (sample) => area(sample),
  },
  {
    ...facts,
    id: "h2o:pr_auc",
    names: ["aucpr", "pr_auc", "average_precision"],
    call: "h2o.make_metrics(p1, actuals).aucpr()",
    formula:
      "The area under precision over recall, where between two thresholds false positives grow evenly with true positives; of over 400 distinct scores an estimate.",
    traits: { ties: "share a threshold" },
    of: (sample) => (isEstimate(sample) ? undefined : interpolatedArea(curve(sample))),
  },
  {
    ...facts,
    id: "h2o:Gini",
    names: ["gini", "somers_d"],
    call: "h2o.make_metrics(p1, actuals).gini()",
    formula: "Twice the AUC, less 1.",
    traits: { ties: "count half" },
    range: [-1, 1],
    of(sample) {
      const found = area(sample);
      return found === undefined ? undefined : 2 * found - 1;
    },
  },
  ...criteria.map(
    ([name, names, what, criterion]): ClassificationDefinition => ({
      ...facts,
      id: `h2o:max ${name}`,
      names,
      call: `max ${name} of h2o.make_metrics(p1, actuals)`,
      formula: `The greatest ${what} that any threshold of the scores gives.`,
      traits: { positiveClass: "the second level; each threshold is a distinct score" },
      of(sample) {
        if (isEstimate(sample)) return undefined;
        const counts = bestCounts(sample, criterion);
        return counts ? criterion(counts) : NaN;
      },
    }),
  ),
  {
    ...facts,
    id: "h2o:mean_per_class_error",
    names: ["mean_per_class_error", "balanced_error_rate"],
    call: "h2o.make_metrics(p1, actuals).mean_per_class_error()",
    formula:
      "The mean share of each class's samples that get the other label at the threshold of the greatest F1.",
    traits: { oneClass: "NaN without positives; without negatives they count as 0 errors" },
    direction: "lower",
    of(sample) {
      if (isEstimate(sample)) return undefined;
      const counts = bestCounts(sample, fBeta(1));
      return counts ? meanError(counts) : NaN;
    },
  },
];

function area(sample: ClassificationSample): number | undefined {
  const { positives, negatives } = curve(sample);
  if (isEstimate(sample)) return undefined;
  if (negatives === 0) return 1;
  return positives === 0 ? 0 : rocAuc(ranked(sample));
}
