import type { ClassificationDefinition } from "../definition.js";
import {
  type Averaging,
  averaged,
  type CountRatio,
  f1Of,
  fBetaOf,
  jaccardOf,
  precisionOf,
  recallOf,
  tableOf,
} from "./counts.js";
import { sklearn } from "./sklearn-facts.js";

interface Family {
  id: string;
  call: string;
  /** Each name also with its average before or behind: `f1_macro`, `macro_f1`. */
  names: string[];
  formula: string;
  ratio: CountRatio;
}

const families: Family[] = [
  {
    id: "precision_score",
    call: "precision_score(y_true, y_pred",
    names: ["precision", "ppv", "positive_predictive_value"],
    formula: "TP / (TP + FP)",
    ratio: precisionOf,
  },
  {
    id: "recall_score",
    call: "recall_score(y_true, y_pred",
    names: ["recall", "sensitivity", "tpr", "true_positive_rate"],
    formula: "TP / (TP + FN)",
    ratio: recallOf,
  },
  {
    id: "f1_score",
    call: "f1_score(y_true, y_pred",
    names: ["f1", "f1_score", "f_score", "f_measure", "dice"],
    formula: "2 TP / (2 TP + FP + FN)",
    ratio: f1Of,
  },
  {
    id: "fbeta_score(beta=2)",
    call: "fbeta_score(y_true, y_pred, beta=2",
    names: ["f2", "f2_score", "fbeta"],
    formula: "5 TP / (5 TP + 4 FN + FP)",
    ratio: fBetaOf(2),
  },
  {
    id: "fbeta_score(beta=0.5)",
    call: "fbeta_score(y_true, y_pred, beta=0.5",
    names: ["f0.5", "f0.5_score", "fbeta"],
    formula: "1.25 TP / (1.25 TP + 0.25 FN + FP)",
    ratio: fBetaOf(0.5),
  },
  {
    id: "jaccard_score",
    call: "jaccard_score(y_true, y_pred",
    names: ["jaccard", "iou", "intersection_over_union", "critical_success_index"],
    formula: "TP / (TP + FP + FN)",
    ratio: jaccardOf,
  },
];

const averages: Record<Averaging, string> = {
  binary: "of the positive class",
  micro: "of the counts of all classes added up",
  macro: "the plain mean over the classes in y_true or y_pred",
  weighted: "the mean over the classes, weighted by their samples in y_true",
};

/** What scikit-learn makes of counts, in its four averages. */
export const sklearnAverages: readonly ClassificationDefinition[] = families.flatMap((family) =>
  (Object.keys(averages) as Averaging[]).map((averaging) => definitionOf(family, averaging)),
);

function definitionOf(family: Family, averaging: Averaging): ClassificationDefinition {
  const { id, call, names, formula, ratio } = family;
  // classification_report has rows "macro avg" and "weighted avg".
  const withAverage = names.flatMap((name) => [
    name,
    `${name}_${averaging}`,
    `${averaging}_${name}`,
    `${averaging}_avg_${name}`,
  ]);
  const isBinary = averaging === "binary";
  return {
    ...sklearn,
    id: `sklearn:${id.replace(")", "")}${id.endsWith(")") ? ", " : "("}${averaging})`,
    names: isBinary ? names : withAverage,
    call: isBinary ? `${call})` : `${call}, average='${averaging}')`,
    formula: `${formula}, ${averages[averaging]}.`,
    traits: {
      zeros: "0 / 0 is 0, with a warning",
      ...(isBinary ? { positiveClass: "1, or `pos_label`" } : { averaging }),
      ...(averaging === "macro" ? { absentClasses: "a class in neither y_true nor y_pred is left out" } : {}),
    },
    direction: "higher",
    range: [0, 1],
    needsScore: false,
    classes: isBinary ? "two" : "any",
    of: (sample) => averaged(sample, tableOf(sample), ratio, averaging),
  };
}
