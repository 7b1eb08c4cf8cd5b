import { rocAuc } from "../../scores/roc-auc.js";
import type { ClassificationDefinition } from "../definition.js";
import { clippedLoss, meanLoss } from "./clipped-loss.js";
import {
  averaged,
  binaryCounts,
  type ClassCounts,
  type CountRatio,
  f1Of,
  jaccardOf,
  kappaOf,
  matthewsOf,
  precisionOf,
  recallOf,
  specificityOf,
  tableOf,
} from "./counts.js";
import { ranked } from "./curve.js";

const facts = {
  library: "permetrics",
  version: "2.1.0",
  precision: "float64",
  comparedWith: "library",
  kind: "classification",
  direction: "higher",
  range: [0, 1],
  needsScore: false,
} as const;

const ratios: [
  name: string,
  names: string[],
  formula: string,
  ratio: CountRatio,
  range?: readonly [number, number],
][] = [
  ["PS", ["precision", "ppv"], "TP / (TP + FP)", precisionOf],
  ["RS", ["recall", "sensitivity", "tpr"], "TP / (TP + FN)", recallOf],
  ["F1S", ["f1", "f1_score"], "2 TP / (2 TP + FP + FN)", f1Of],
  ["SS", ["specificity", "tnr"], "TN / (TN + FP)", specificityOf],
  ["NPV", ["npv", "negative_predictive_value"], "TN / (TN + FN)", ({ tn, fn }) => tn / (tn + fn)],
  ["JSI", ["jaccard", "iou"], "TP / (TP + FP + FN)", jaccardOf],
  [
    "GMS",
    ["g_mean", "gmean", "geometric_mean"],
    "The square root of sensitivity times specificity",
    geometricMean,
  ],
  [
    "MCC",
    ["mcc", "matthews_corrcoef"],
    "The correlation of being and being called the class",
    matthewsOf,
    [-1, 1],
  ],
  ["CKS", ["kappa", "cohen_kappa"], "Agreement beyond chance on being the class or not", kappaOf, [-1, 1]],
  ["LS", ["lift", "lift_score"], "Precision / the share of the class in y_true", lift, [0, Infinity]],
];

/** What permetrics says of classes: also MCC and kappa of several as means of each class against the rest. */
export const permetricsClasses: readonly ClassificationDefinition[] = [
  ...ratios.flatMap(([name, names, formula, ratio, range = facts.range]): ClassificationDefinition[] => [
    {
      ...facts,
      id: `permetrics:${name}(binary)`,
      names,
      call: `ClassificationMetric(y_true, y_pred).${name}()`,
      formula: `${formula}, of class 1.`,
      traits: { zeros: "0 / 0 is 0, as is all of a class that is neither true nor predicted" },
      range,
      classes: "two",
      of: (sample) => {
        const counts = binaryCounts(sample);
        return counts.tp + counts.fp + counts.fn === 0 ? 0 : ratio(counts) || 0;
      },
    },
    ...(["macro", "weighted"] as const).map(
      (averaging): ClassificationDefinition => ({
        ...facts,
        id: `permetrics:${name}(${averaging})`,
        names: names.flatMap((each) => [each, `${each}_${averaging}`, `${averaging}_${each}`]),
        call: `ClassificationMetric(y_true, y_pred).${name}(average="${averaging}")`,
        formula: `${formula}, ${averaging} over each class against the rest.`,
        traits: { averaging, zeros: "0 / 0 is 0" },
        range,
        classes: "several",
        of: (sample) => averaged(sample, tableOf(sample), ratio, averaging),
      }),
    ),
  ]),
  {
    ...facts,
    id: "permetrics:ROC",
    names: ["auc", "roc_auc", "auroc"],
    call: "ClassificationMetric(y_true, y_score).ROC()",
    formula: "The chance that a positive sample is scored above a negative one.",
    traits: { ties: "count half", oneClass: "an error" },
    needsScore: true,
    classes: "two",
    of: (sample) => rocAuc(ranked(sample)),
  },
  {
    ...facts,
    id: "permetrics:CEL",
    names: ["cross_entropy", "log_loss", "logloss", "crossentropy_loss"],
    call: "ClassificationMetric(y_true, y_score).CEL()",
    formula: "The mean of -ln(probability of the true class), each at least 1e-10.",
    traits: { zeros: "a probability of 0 costs 23.03", absentClasses: "an error" },
    direction: "lower",
    range: [0, 23.1],
    needsScore: true,
    classes: "several",
    of: (sample) => (tableOf(sample).actual.includes(0) ? undefined : meanLoss(sample, clippedLoss(1e-10))),
  },
];

function geometricMean(counts: ClassCounts): number {
  return Math.sqrt((recallOf(counts) || 0) * (specificityOf(counts) || 0));
}

function lift({ tp, fp, fn, tn }: ClassCounts): number {
  const precision = tp / (tp + fp) || 0;
  return precision / ((tp + fn) / (tp + fp + fn + tn)) || 0;
}
