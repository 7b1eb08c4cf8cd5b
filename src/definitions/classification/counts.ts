import { macroAverage, weightedAverage } from "../../scores/class-average.js";
import { type ConfusionTable, confusionTable } from "../../scores/confusion-table.js";
import { positiveCode, positiveLabel } from "../../scores/positive-label.js";
import type { ClassificationSample } from "../../scores/sample.js";
import { remembered } from "../remembered.js";

/** One class against all others, in samples. */
export interface ClassCounts {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

/** A score of one class; NaN where it divides 0 by 0. */
export type CountRatio = (counts: ClassCounts) => number;

/** How the classes' scores become one: of the positive class alone, of all counts added up, or a mean. */
export type Averaging = "binary" | "micro" | "macro" | "weighted";

/** The confusion table of y_pred. */
export const tableOf: (sample: ClassificationSample) => ConfusionTable = remembered(confusionTable);

/** Code of the positive one of two classes. */
export function positiveOf({ positive, labels }: Pick<ClassificationSample, "positive" | "labels">): number {
  return positive ?? positiveCode(labels, positiveLabel(labels)!);
}

/** A class that the table does not know occurs nowhere. */
export function countsOf({ samples, actual, predicted, correct }: ConfusionTable, code: number): ClassCounts {
  const tp = correct[code] ?? 0;
  const fn = (actual[code] ?? 0) - tp;
  const fp = (predicted[code] ?? 0) - tp;
  return { tp, fp, fn, tn: samples - tp - fp - fn };
}

/** The counts of the positive one of two classes. */
export function binaryCounts(sample: ClassificationSample): ClassCounts {
  return countsOf(tableOf(sample), positiveOf(sample));
}

/** All classes' counts added up. */
function summedCounts({ samples, totalCorrect, actual }: ConfusionTable): ClassCounts {
  const wrong = samples - totalCorrect;
  return { tp: totalCorrect, fp: wrong, fn: wrong, tn: (actual.length - 1) * samples - wrong };
}

/** Classes that occur in y_true or in y_pred have a part in the mean; 0 / 0 counts as 0. */
export function averaged(
  sample: ClassificationSample,
  table: ConfusionTable,
  ratio: CountRatio,
  averaging: Averaging,
): number {
  const orZero = (counts: ClassCounts) => ratio(counts) || 0;
  if (averaging === "binary") return orZero(countsOf(table, positiveOf(sample)));
  if (averaging === "micro") return orZero(summedCounts(table));
  const ofClass = (of: ConfusionTable, code: number) => orZero(countsOf(of, code));
  return averaging === "macro" ? macroAverage(table, ofClass) : weightedAverage(table, ofClass);
}

export const precisionOf: CountRatio = ({ tp, fp }) => tp / (tp + fp);
export const recallOf: CountRatio = ({ tp, fn }) => tp / (tp + fn);
export const specificityOf: CountRatio = ({ tn, fp }) => tn / (tn + fp);
export const jaccardOf: CountRatio = ({ tp, fp, fn }) => tp / (tp + fp + fn);
export const f1Of: CountRatio = fBetaOf(1);

/** F of precision and of recall, which counts `beta` times as much. */
export function fBetaOf(beta: number): CountRatio {
  return ({ tp, fp, fn }) => ((1 + beta ** 2) * tp) / ((1 + beta ** 2) * tp + beta ** 2 * fn + fp);
}

/** The correlation of being the class and being called it. */
export const matthewsOf: CountRatio = ({ tp, fp, fn, tn }) =>
  (tp * tn - fp * fn) / Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));

/** Agreement beyond chance on being the class or not. */
export const kappaOf: CountRatio = ({ tp, fp, fn, tn }) =>
  1 - ((fp + fn) * (tp + fp + fn + tn)) / ((tp + fn) * (tn + fn) + (tn + fp) * (tp + fp));

/** The n-th root of the product of the recalls of the n classes in y_true or y_pred. */
export function geometricMean({ actual, predicted, correct }: ConfusionTable): number {
  let [logs, classes] = [0, 0];
  for (let code = 0; code < actual.length; code++) {
    if (actual[code] === 0 && predicted[code] === 0) continue;
    if (correct[code] === 0) return 0;
    logs += Math.log(correct[code]! / actual[code]!);
    classes += 1;
  }
  return Math.exp(logs / classes);
}
