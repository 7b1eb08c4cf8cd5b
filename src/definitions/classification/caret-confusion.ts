import { cohenKappa } from "../../scores/cohen-kappa.js";
import { share } from "../../scores/share.js";
import type { ClassificationDefinition } from "../definition.js";
import { type ClassCounts, countsOf, tableOf } from "./counts.js";

const facts = {
  library: "caret",
  version: "6.0-93",
  precision: "float64",
  comparedWith: "library",
  kind: "classification",
  direction: "higher",
  range: [0, 1],
  needsScore: false,
} as const;

type Share = (counts: ClassCounts) => number | undefined;

const sensitivity: Share = ({ tp, fn }) => share(tp, tp + fn);
const specificity: Share = ({ tn, fp }) => share(tn, tn + fp);
const samplesOf = ({ tp, fp, fn, tn }: ClassCounts) => tp + fp + fn + tn;

const byClass: [name: string, names: string[], formula: string, of: Share][] = [
  ["Sensitivity", ["sensitivity", "recall", "tpr"], "TP / (TP + FN)", sensitivity],
  ["Specificity", ["specificity", "tnr"], "TN / (TN + FP)", specificity],
  [
    "Pos Pred Value",
    ["precision", "ppv", "pos_pred_value"],
    "TP / (TP + FP)",
    (counts) => predictive(counts),
  ],
  [
    "Neg Pred Value",
    ["npv", "neg_pred_value"],
    "TN / (TN + FN)",
    ({ tp, fp, fn, tn }) => predictive({ tp: tn, fp: fn, fn: fp, tn: tp }),
  ],
  ["F1", ["f1", "f1_score"], "2 precision recall / (precision + recall)", harmonic],
  [
    "Prevalence",
    ["prevalence"],
    "(TP + FN) / samples",
    (counts) => (counts.tp + counts.fn) / samplesOf(counts),
  ],
  ["Detection Rate", ["detection_rate"], "TP / samples", (counts) => counts.tp / samplesOf(counts)],
  ["Balanced Accuracy", ["balanced_accuracy"], "The mean of sensitivity and specificity", balanced],
];

/** What caret's `confusionMatrix` says of classes; of two the first is the positive one. */
export const caretConfusion: readonly ClassificationDefinition[] = [
  ...byClass.map(
    ([name, names, formula, of]): ClassificationDefinition => ({
      ...facts,
      id: `caret:confusionMatrix(${name})`,
      names,
      call: `confusionMatrix(y_pred, y_true)$byClass["${name}"]`,
      formula: `${formula}, of the first class.`,
      traits: {
        positiveClass: "the first level: class 0 of 0 and 1, 'no' of 'no' and 'yes'",
        argumentOrder: "predictions first",
        zeros: "NA without such samples",
      },
      classes: "two",
      of: (sample) => of(countsOf(tableOf(sample), 0)),
    }),
  ),
  {
    ...facts,
    id: "caret:confusionMatrix(Accuracy)",
    names: ["accuracy", "acc"],
    call: 'confusionMatrix(y_pred, y_true)$overall["Accuracy"]',
    formula: "The share of samples whose class is predicted.",
    traits: {},
    classes: "any",
    of: (sample) => tableOf(sample).totalCorrect / sample.yTrue.length,
  },
  {
    ...facts,
    id: "caret:confusionMatrix(Kappa)",
    names: ["kappa", "cohen_kappa"],
    call: 'confusionMatrix(y_pred, y_true)$overall["Kappa"]',
    formula: "Agreement beyond chance.",
    traits: { oneClass: "NaN where both have one and the same class" },
    range: [-1, 1],
    classes: "any",
    of: (sample) => cohenKappa(tableOf(sample)) ?? NaN,
  },
  {
    ...facts,
    id: "caret:confusionMatrix(AccuracyNull)",
    names: ["no_information_rate", "nir", "accuracy_null", "baseline_accuracy"],
    call: 'confusionMatrix(y_pred, y_true)$overall["AccuracyNull"]',
    formula: "The share of the most frequent class in y_true: the accuracy of always saying it.",
    traits: {},
    classes: "any",
    of: (sample) => Math.max(...tableOf(sample).actual) / sample.yTrue.length,
  },
];

/** By Bayes' rule from sensitivity, specificity and prevalence: unknown where one of them is. */
function predictive(counts: ClassCounts): number | undefined {
  if (sensitivity(counts) === undefined || specificity(counts) === undefined) return undefined;
  return counts.tp / (counts.tp + counts.fp);
}

function harmonic(counts: ClassCounts): number | undefined {
  const precision = share(counts.tp, counts.tp + counts.fp);
  const recall = sensitivity(counts);
  if (precision === undefined || recall === undefined) return undefined;
  return (2 * precision * recall) / (precision + recall);
}

function balanced(counts: ClassCounts): number | undefined {
  const [ofClass, ofOther] = [sensitivity(counts), specificity(counts)];
  return ofClass === undefined || ofOther === undefined ? undefined : (ofClass + ofOther) / 2;
}
