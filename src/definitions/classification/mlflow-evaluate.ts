import { averagePrecision } from "../../scores/average-precision.js";
import { logLoss } from "../../scores/log-loss.js";
import { rocAuc } from "../../scores/roc-auc.js";
import { isBinary } from "../../scores/sample.js";
import type { ClassificationDefinition } from "../definition.js";
import { averaged, type CountRatio, f1Of, precisionOf, recallOf, tableOf } from "./counts.js";
import { ranked } from "./curve.js";
import { oneVsRestAreas } from "./curve-areas.js";
import { given } from "./scored-sample.js";

const facts = {
  library: "MLflow",
  version: "3.17.2",
  precision: "float64",
  comparedWith: "library",
  kind: "classification",
  direction: "higher",
  range: [0, 1],
} as const;

const labelled = { ...facts, needsScore: false, classes: "any" } as const;
const scored = { ...facts, needsScore: true } as const;
const call = (metric: string) => `mlflow.models.evaluate(...).metrics["${metric}"]`;

const ratios: [metric: string, names: string[], formula: string, ratio: CountRatio][] = [
  ["precision_score", ["precision", "precision_score", "precision_weighted"], "TP / (TP + FP)", precisionOf],
  ["recall_score", ["recall", "recall_score", "recall_weighted", "sensitivity"], "TP / (TP + FN)", recallOf],
  ["f1_score", ["f1", "f1_score", "f1_weighted"], "2 TP / (2 TP + FP + FN)", f1Of],
];

/** What `mlflow.models.evaluate` logs of a classifier. */
export const mlflowEvaluate: readonly ClassificationDefinition[] = [
  {
    ...labelled,
    id: "mlflow:accuracy_score",
    names: ["accuracy", "acc", "accuracy_score"],
    call: call("accuracy_score"),
    formula: "The share of samples whose class is predicted.",
    traits: {},
    of: (sample) => tableOf(sample).totalCorrect / sample.yTrue.length,
  },
  ...ratios.map(
    ([metric, names, formula, ratio]): ClassificationDefinition => ({
      ...labelled,
      id: `mlflow:${metric}`,
      names,
      call: call(metric),
      formula: `${formula}: of the positive one of two classes; of more the mean, weighted by the classes' samples.`,
      traits: { averaging: "weighted, without a word of it in the name", zeros: "0 / 0 is 0" },
      of: (sample) => averaged(sample, tableOf(sample), ratio, isBinary(sample) ? "binary" : "weighted"),
    }),
  ),
  {
    ...scored,
    id: "mlflow:log_loss",
    names: ["log_loss", "logloss", "cross_entropy"],
    call: call("log_loss"),
    formula: "The mean of -ln(probability of the true class), each at least 2.2e-16 from 0 and 1.",
    traits: { zeros: "a probability of 0 costs 36.04" },
    direction: "lower",
    range: [0, Infinity],
    classes: "any",
    of: given(logLoss),
  },
  {
    ...scored,
    id: "mlflow:roc_auc",
    names: ["roc_auc", "auc", "auroc"],
    call: call("roc_auc"),
    formula: "The chance that a positive sample is scored above a negative one.",
    traits: { ties: "count half", oneClass: "NaN" },
    classes: "two",
    of: (sample) => rocAuc(ranked(sample)) ?? NaN,
  },
  {
    ...scored,
    id: "mlflow:roc_auc(several)",
    names: ["roc_auc", "auc", "auroc", "roc_auc_ovr_weighted"],
    call: call("roc_auc"),
    formula: "The ROC area of each class against all others, weighted by its samples.",
    traits: { averaging: "weighted", absentClasses: "no answer" },
    classes: "several",
    of: (sample) => {
      const { actual, samples } = tableOf(sample);
      if (actual.includes(0)) return undefined;
      return oneVsRestAreas(sample).reduce((sum, area, code) => sum + area * actual[code]!, 0) / samples;
    },
  },
  {
    ...scored,
    id: "mlflow:precision_recall_auc",
    names: ["precision_recall_auc", "pr_auc", "auprc", "aucpr", "average_precision"],
    call: call("precision_recall_auc"),
    formula: "Average precision, in spite of the name: steps, no lines between the points.",
    traits: { ties: "share a threshold", oneClass: "0 without positives" },
    classes: "two",
    of: (sample) => averagePrecision(ranked(sample)) ?? 0,
  },
];
