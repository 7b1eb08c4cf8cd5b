import type { ConfusionTable } from "../../scores/confusion-table.js";
import { matthewsCorrcoef } from "../../scores/matthews-corrcoef.js";
import type { ClassificationDefinition } from "../definition.js";
import { type CountRatio, countsOf, f1Of, precisionOf, recallOf, specificityOf, tableOf } from "./counts.js";

const facts = {
  library: "PyCM",
  version: "4.6",
  precision: "float64",
  comparedWith: "library",
  kind: "classification",
  needsScore: false,
  classes: "several",
} as const;

type OfTable = (table: ConfusionTable) => number | undefined;

const agreements: [name: string, names: string[], formula: string, of: OfTable][] = [
  [
    "Kappa",
    ["kappa", "cohen_kappa"],
    "Agreement beyond chance, chance by the shares of both",
    agreement((a, p) => a * p),
  ],
  [
    "Scott PI",
    ["scott_pi", "scotts_pi", "kappa_unbiased", "kappa"],
    "Agreement beyond chance, chance by the mean of both shares",
    agreement((a, p) => ((a + p) / 2) ** 2),
  ],
  [
    "Gwet AC1",
    ["gwet_ac1", "ac1", "gwet"],
    "Agreement beyond chance, chance being the sum of q (1 - q) / (classes - 1) of the mean shares q",
    agreement((a, p, classes) => (((a + p) / 2) * (1 - (a + p) / 2)) / (classes - 1)),
  ],
  [
    "Bennett S",
    ["bennett_s", "s_score"],
    "Agreement beyond chance, chance being 1 / classes",
    agreement((_a, _p, classes) => 1 / classes ** 2),
  ],
  [
    "Krippendorff Alpha",
    ["krippendorff_alpha", "krippendorff", "alpha"],
    "1 - disagreement / that by chance, for nominal classes, with its correction for few samples",
    krippendorff,
  ],
  ["Overall MCC", ["mcc", "matthews_corrcoef", "overall_mcc"], "Gorodkin's R_K", matthews],
];

const means: [name: string, names: string[], formula: string, of: OfTable][] = [
  [
    "ACC Macro",
    ["accuracy", "macro_accuracy", "acc_macro", "average_accuracy"],
    "The mean over classes of the share of samples rightly called that class or not",
    (table) => macro(table, ({ tp, fp, fn, tn }) => (tp + tn) / (tp + fp + fn + tn)),
  ],
  [
    "F1 Macro",
    ["f1", "f1_macro", "macro_f1"],
    "The mean over classes of 2 TP / (2 TP + FP + FN)",
    (table) => macro(table, f1Of),
  ],
  [
    "PPV Macro",
    ["precision", "precision_macro", "ppv"],
    "The mean over classes of TP / (TP + FP)",
    (table) => macro(table, precisionOf),
  ],
  [
    "TPR Macro",
    ["recall", "recall_macro", "sensitivity"],
    "The mean over classes of TP / (TP + FN)",
    (table) => macro(table, recallOf),
  ],
  [
    "TNR Macro",
    ["specificity", "specificity_macro", "tnr"],
    "The mean over classes of TN / (TN + FP)",
    (table) => macro(table, specificityOf),
  ],
  [
    "AUNU",
    ["aunu", "auc", "roc_auc"],
    "The mean over classes of (sensitivity + specificity) / 2: an AUC of predicted labels",
    (table) => macro(table, (counts) => (recallOf(counts) + specificityOf(counts)) / 2),
  ],
  [
    "CBA",
    ["cba", "class_balance_accuracy", "balanced_accuracy"],
    "The mean over classes of TP / max(true, predicted)",
    (table) => macro(table, ({ tp, fp, fn }) => tp / (tp + Math.max(fp, fn))),
  ],
  [
    "Bangdiwala B",
    ["bangdiwala_b", "bangdiwala"],
    "The sum of squared right counts / the sum of true times predicted counts",
    bangdiwala,
  ],
  [
    "NIR",
    ["nir", "no_information_rate"],
    "The share of the most frequent class in y_true",
    ({ actual, samples }) => Math.max(...actual) / samples,
  ],
];

/** What PyCM's `overall_stat` says of several classes. */
export const pycmOverall: readonly ClassificationDefinition[] = [
  ...agreements.map((each) => definitionOf(...each, [-1, 1])),
  ...means.map((each) => definitionOf(...each, [0, 1])),
];

function definitionOf(
  name: string,
  names: string[],
  formula: string,
  of: OfTable,
  range: readonly [number, number],
): ClassificationDefinition {
  return {
    ...facts,
    id: `pycm:${name}`,
    names,
    call: `ConfusionMatrix(y_true, y_pred).overall_stat["${name}"]`,
    formula: `${formula}.`,
    traits: {
      zeros: '"None" where a class has 0 / 0',
      absentClasses: "one in neither y_true nor y_pred is left out",
    },
    direction: "higher",
    range,
    of: (sample) => {
      const table = presentOnly(tableOf(sample));
      return table.actual.length < 2 ? undefined : of(table);
    },
  };
}

/** The table of the classes in y_true or y_pred. */
function presentOnly(table: ConfusionTable): ConfusionTable {
  const isPresent = (_: number, code: number) => table.actual[code]! + table.predicted[code]! > 0;
  return {
    ...table,
    actual: table.actual.filter(isPresent),
    predicted: table.predicted.filter(isPresent),
    correct: table.correct.filter(isPresent),
  };
}

/** (agreement - chance) / (1 - chance), with what each class adds to chance by its shares of true and predicted. */
function agreement(chanceOf: (actual: number, predicted: number, classes: number) => number): OfTable {
  return ({ actual, predicted, samples, totalCorrect }) => {
    let chance = 0;
    for (let code = 0; code < actual.length; code++) {
      chance += chanceOf(actual[code]! / samples, predicted[code]! / samples, actual.length);
    }
    return chance === 1 ? undefined : (totalCorrect / samples - chance) / (1 - chance);
  };
}

/** Undefined where y_true or y_pred has one class. */
function matthews(table: ConfusionTable): number | undefined {
  const isOneClass = table.actual.includes(table.samples) || table.predicted.includes(table.samples);
  return isOneClass ? undefined : matthewsCorrcoef(table);
}

function krippendorff({ actual, predicted, samples, totalCorrect }: ConfusionTable): number {
  let chance = 0;
  for (let code = 0; code < actual.length; code++)
    chance += ((actual[code]! + predicted[code]!) / (2 * samples)) ** 2;
  const few = 1 / (2 * samples);
  const agreed = (1 - few) * (totalCorrect / samples) + few;
  return (agreed - chance) / (1 - chance);
}

function bangdiwala({ actual, predicted, correct }: ConfusionTable): number | undefined {
  let [squares, products] = [0, 0];
  for (let code = 0; code < actual.length; code++) {
    squares += correct[code]! ** 2;
    products += actual[code]! * predicted[code]!;
  }
  return products === 0 ? undefined : squares / products;
}

/** Undefined where one class has no value. */
function macro(table: ConfusionTable, ratio: CountRatio): number | undefined {
  let sum = 0;
  for (let code = 0; code < table.actual.length; code++) sum += ratio(countsOf(table, code));
  return Number.isNaN(sum) ? undefined : sum / table.actual.length;
}
