import { averagePrecision } from "../../scores/average-precision.js";
import { cohenKappa } from "../../scores/cohen-kappa.js";
import { matthewsCorrcoef } from "../../scores/matthews-corrcoef.js";
import { rocAuc } from "../../scores/roc-auc.js";
import type { ClassificationSample } from "../../scores/sample.js";
import { share } from "../../scores/share.js";
import type { ClassificationDefinition } from "../definition.js";
import { clippedLoss, meanLoss } from "./clipped-loss.js";
import { type ClassCounts, countsOf, positiveOf, tableOf } from "./counts.js";
import { curve, ranked } from "./curve.js";
import { onePairAreas, trapezoidArea } from "./curve-areas.js";

const facts = {
  library: "yardstick",
  version: "1.3.2",
  precision: "float64",
  comparedWith: "documentation",
  kind: "classification",
  traits: {},
  direction: "higher",
  range: [0, 1],
  needsScore: false,
  classes: "any",
} as const;

type Share = (counts: ClassCounts) => number | undefined;

const recall: Share = ({ tp, fn }) => share(tp, tp + fn);
const specificity: Share = ({ tn, fp }) => share(tn, tn + fp);
const precision: Share = ({ tp, fp }) => share(tp, tp + fp);
const both = (counts: ClassCounts, of: (recall: number, specificity: number) => number) => {
  const [positive, negative] = [recall(counts), specificity(counts)];
  return positive === undefined || negative === undefined ? undefined : of(positive, negative);
};

/** A class without a value leaves none: yardstick then answers NA, with a warning, or leaves the class out. */
function meanOfClasses(sample: ClassificationSample, of: Share): number | undefined {
  const { labels } = sample;
  let sum = 0;
  for (let code = 0; code < labels.length; code++) {
    const found = of(countsOf(tableOf(sample), code));
    if (found === undefined) return undefined;
    sum += found;
  }
  return sum / labels.length;
}

const ofCounts: readonly [name: string, names: readonly string[], formula: string, of: Share][] = [
  ["sens", ["recall", "sensitivity", "sens", "tpr"], "TP / (TP + FN)", recall],
  ["spec", ["specificity", "spec", "tnr"], "TN / (TN + FP)", specificity],
  ["precision", ["precision", "ppv"], "TP / (TP + FP)", precision],
  [
    "f_meas",
    ["f1", "f1_score", "f_meas", "fbeta"],
    "2 TP / (2 TP + FP + FN)",
    ({ tp, fp, fn }) => (tp + fp === 0 || tp + fn === 0 ? undefined : share(2 * tp, 2 * tp + fp + fn)),
  ],
  [
    "bal_accuracy",
    ["balanced_accuracy", "bal_accuracy"],
    "The mean of sensitivity and specificity",
    (counts) => both(counts, (positive, negative) => (positive + negative) / 2),
  ],
  [
    "j_index",
    ["j_index", "youden", "informedness", "bookmaker_informedness"],
    "Sensitivity and specificity, less 1",
    (counts) => both(counts, (positive, negative) => positive + negative - 1),
  ],
];

/** What R's yardstick says of classes, as it is documented; of two the first level is the event. */
export const yardstickClasses: readonly ClassificationDefinition[] = [
  {
    ...facts,
    id: "yardstick:accuracy",
    names: ["accuracy", "acc"],
    call: "accuracy(data, truth, estimate)",
    formula: "The share of samples whose class is predicted.",
    of: (sample) => tableOf(sample).totalCorrect / sample.yTrue.length,
  },
  {
    ...facts,
    id: "yardstick:kap",
    names: ["kappa", "cohen_kappa", "kap"],
    call: "kap(data, truth, estimate)",
    formula: "Agreement beyond chance.",
    range: [-1, 1],
    of: (sample) => cohenKappa(tableOf(sample)),
  },
  {
    ...facts,
    id: "yardstick:mcc",
    names: ["mcc", "matthews_corrcoef"],
    call: "mcc(data, truth, estimate)",
    formula: "The correlation of true and predicted classes.",
    range: [-1, 1],
    of: (sample) => matthewsCorrcoef(tableOf(sample)),
  },
  ...ofCounts.flatMap(([name, names, formula, of]): ClassificationDefinition[] => {
    const range = name === "j_index" ? ([-1, 1] as const) : facts.range;
    const call = `${name}(data, truth, estimate)`;
    return [
      {
        ...facts,
        range,
        id: `yardstick:${name}`,
        names,
        call,
        formula: `${formula}, of the first class.`,
        traits: { positiveClass: "the first level, unless event_level = 'second'" },
        classes: "two",
        of: (sample) => of(countsOf(tableOf(sample), 0)),
      },
      {
        ...facts,
        range,
        id: `yardstick:${name}(second)`,
        names,
        call: `${name}(data, truth, estimate, event_level = 'second')`,
        formula: `${formula}, of the second class.`,
        traits: { positiveClass: "the second level" },
        classes: "two",
        of: (sample) => of(countsOf(tableOf(sample), 1)),
      },
      {
        ...facts,
        range,
        id: `yardstick:${name}(macro)`,
        names: [...names, `${name}_macro`],
        call,
        formula: `${formula}, of each class against all others, the plain mean over the levels.`,
        traits: { averaging: "macro" },
        classes: "several",
        of: (sample) => meanOfClasses(sample, of),
      },
    ];
  }),
  {
    ...facts,
    id: "yardstick:roc_auc",
    names: ["auc", "roc_auc", "auroc"],
    call: "roc_auc(data, truth, .pred, event_level = 'second')",
    formula: "The chance that a positive sample is scored above a negative one.",
    traits: { ties: "count half" },
    needsScore: true,
    classes: "two",
    of: (sample) => rocAuc(ranked(sample)),
  },
  {
    ...facts,
    id: "yardstick:roc_auc(hand_till)",
    names: ["auc", "roc_auc", "auroc", "hand_till"],
    call: "roc_auc(data, truth, .pred_a, .pred_b, .pred_c)",
    formula:
      "The mean over the pairs of classes of how well each column ranks one against the other (Hand and Till 2001).",
    traits: { averaging: "one against one, macro" },
    needsScore: true,
    classes: "several",
    of(sample) {
      const areas = onePairAreas(sample);
      return areas.reduce((sum, area) => sum + area, 0) / areas.length;
    },
  },
  {
    ...facts,
    id: "yardstick:pr_auc",
    names: ["pr_auc", "auprc", "aucpr"],
    call: "pr_auc(data, truth, .pred, event_level = 'second')",
    formula: "The area under precision over recall in straight lines, from recall 0 and precision 1.",
    traits: { ties: "share a threshold" },
    needsScore: true,
    classes: "two",
    of: (sample) => trapezoidArea(curve(sample)),
  },
  {
    ...facts,
    id: "yardstick:average_precision",
    names: ["average_precision", "ap", "pr_auc"],
    call: "average_precision(data, truth, .pred, event_level = 'second')",
    formula: "The sum over thresholds of recall gained times precision there.",
    traits: { ties: "share a threshold" },
    needsScore: true,
    classes: "two",
    of: (sample) => averagePrecision(ranked(sample)),
  },
  {
    ...facts,
    id: "yardstick:mn_log_loss",
    names: ["log_loss", "logloss", "mn_log_loss", "cross_entropy"],
    call: "mn_log_loss(data, truth, .pred)",
    formula: "The mean of -ln of the probability of the true class, which is at least 2.2e-16.",
    direction: "lower",
    range: [0, Infinity],
    needsScore: true,
    of: (sample) => meanLoss(sample, clippedLoss(Number.EPSILON)),
  },
  {
    ...facts,
    id: "yardstick:brier_class",
    names: ["brier", "brier_score", "brier_class"],
    call: "brier_class(data, truth, .pred)",
    formula:
      "Half of the mean over the samples of the squared distances of all classes' probabilities from 1 and 0.",
    direction: "lower",
    range: [0, 1],
    needsScore: true,
    of: halvedDistances,
  },
];

function halvedDistances(sample: ClassificationSample): number {
  const { labels, yTrue, yScore } = sample;
  if (labels.length <= 2) {
    const positive = positiveOf(sample);
    let sum = 0;
    for (let row = 0; row < yTrue.length; row++)
      sum += (yScore![row]! - Number(yTrue[row] === positive)) ** 2;
    return sum / yTrue.length;
  }
  let sum = 0;
  for (let at = 0; at < yScore!.length; at++) {
    const isTrue = yTrue[Math.floor(at / labels.length)] === at % labels.length;
    sum += (yScore![at]! - Number(isTrue)) ** 2;
  }
  return sum / 2 / yTrue.length;
}
