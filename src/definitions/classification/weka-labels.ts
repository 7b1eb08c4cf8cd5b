import { cohenKappa } from "../../scores/cohen-kappa.js";
import type { ClassificationDefinition } from "../definition.js";
import {
  binaryCounts,
  type CountRatio,
  countsOf,
  matthewsOf,
  precisionOf,
  recallOf,
  tableOf,
} from "./counts.js";
import { weightedMean, weka } from "./weka-facts.js";

const facts = { ...weka, traits: {}, direction: "higher", range: [0, 1] } as const;

const labelled = { ...facts, needsScore: false, classes: "any" } as const;
const nanWhere = "NaN where a class has 0 / 0";

const ofPositive: [name: string, names: string[], formula: string, ratio: CountRatio][] = [
  ["precision", ["precision", "ppv"], "TP / (TP + FP)", precisionOf],
  ["recall", ["recall", "sensitivity", "tpr"], "TP / (TP + FN)", recallOf],
  ["fMeasure", ["f1", "f_measure", "f1_score"], "2 precision recall / (precision + recall)", harmonic],
  [
    "matthewsCorrelationCoefficient",
    ["mcc", "matthews_corrcoef"],
    "The correlation of true and predicted classes",
    matthewsOf,
  ],
];

const weighted: [name: string, names: string[], formula: string, ratio: CountRatio][] = [
  [
    "weightedPrecision",
    ["precision", "precision_weighted", "weighted_precision"],
    "TP / (TP + FP)",
    precisionOf,
  ],
  ["weightedRecall", ["recall", "recall_weighted", "weighted_recall"], "TP / (TP + FN)", recallOf],
  ["weightedFMeasure", ["f1", "f1_weighted", "weighted_f1", "f_measure"], "F1", harmonic],
  [
    "weightedMatthewsCorrelation",
    ["mcc", "matthews_corrcoef", "weighted_mcc"],
    "The correlation of being and being called the class",
    matthewsOf,
  ],
];

/** What Weka's `Evaluation` says of predicted classes. */
export const wekaLabels: readonly ClassificationDefinition[] = [
  {
    ...labelled,
    id: "weka:pctCorrect",
    names: ["pct_correct", "percent_correct", "accuracy", "acc"],
    call: "evaluation.pctCorrect()",
    formula: "The percentage of samples whose class is predicted.",
    range: [0, 100],
    of: (sample) => (100 * tableOf(sample).totalCorrect) / sample.yTrue.length,
  },
  {
    ...labelled,
    id: "weka:errorRate",
    names: ["error_rate", "error"],
    call: "evaluation.errorRate()",
    formula: "The share of samples whose class is not predicted.",
    direction: "lower",
    of: (sample) => 1 - tableOf(sample).totalCorrect / sample.yTrue.length,
  },
  {
    ...labelled,
    id: "weka:kappa",
    names: ["kappa", "cohen_kappa"],
    call: "evaluation.kappa()",
    formula: "Agreement beyond chance.",
    traits: { oneClass: "1 where both have one and the same class" },
    range: [-1, 1],
    of: (sample) => cohenKappa(tableOf(sample)) ?? 1,
  },
  ...ofPositive.map(
    ([name, names, formula, ratio]): ClassificationDefinition => ({
      ...labelled,
      id: `weka:${name}(1)`,
      names,
      call: `evaluation.${name}(1)`,
      formula: `${formula}, of class 1.`,
      traits: { zeros: "NaN for 0 / 0" },
      range: ratio === matthewsOf ? [-1, 1] : [0, 1],
      classes: "two",
      of: (sample) => ratio(binaryCounts(sample)),
    }),
  ),
  ...weighted.map(
    ([name, names, formula, ratio]): ClassificationDefinition => ({
      ...labelled,
      id: `weka:${name}`,
      names,
      call: `evaluation.${name}()`,
      formula: `${formula} of each class, weighted by its samples.`,
      traits: { averaging: "weighted", zeros: nanWhere },
      range: ratio === matthewsOf ? [-1, 1] : [0, 1],
      of: (sample) => weightedMean(sample, (code) => ratio(countsOf(tableOf(sample), code))),
    }),
  ),
  {
    ...labelled,
    id: "weka:unweightedMacroFmeasure",
    names: ["f1", "f1_macro", "macro_f1", "f_measure"],
    call: "evaluation.unweightedMacroFmeasure()",
    formula: "The plain mean of F1 over the classes in y_true.",
    traits: { averaging: "macro", zeros: nanWhere, absentClasses: "one that is only predicted is left out" },
    of: (sample) => {
      const { actual } = tableOf(sample);
      const scores = [...actual.keys()].filter((code) => actual[code]! > 0);
      return scores.reduce((sum, code) => sum + harmonic(countsOf(tableOf(sample), code)), 0) / scores.length;
    },
  },
];

function harmonic(counts: Parameters<CountRatio>[0]): number {
  const [precision, recall] = [precisionOf(counts), recallOf(counts)];
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}
