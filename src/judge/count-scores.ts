import { accuracy } from "../scores/accuracy.js";
import { balancedAccuracy } from "../scores/balanced-accuracy.js";
import { macroAverage, weightedAverage } from "../scores/class-average.js";
import { cohenKappa } from "../scores/cohen-kappa.js";
import type { ConfusionTable } from "../scores/confusion-table.js";
import { matthewsCorrcoef } from "../scores/matthews-corrcoef.js";
import { f1, precision, recall } from "../scores/precision-recall-f1.js";
import { type ClassificationScore, findScore } from "../scores/registry.js";

type OfTable = (table: ConfusionTable, positive: number) => number | undefined;

/** The scores that the counts of true and predicted labels give. */
export const countScores: ReadonlyMap<ClassificationScore, OfTable> = new Map<ClassificationScore, OfTable>([
  ["accuracy", accuracy],
  ["balanced_accuracy", balancedAccuracy],
  ["precision", precision],
  ["recall", recall],
  ["f1", f1],
  ["precision_macro", (table) => macroAverage(table, precision)],
  ["recall_macro", (table) => macroAverage(table, recall)],
  ["f1_macro", (table) => macroAverage(table, f1)],
  ["precision_weighted", (table) => weightedAverage(table, precision)],
  ["recall_weighted", (table) => weightedAverage(table, recall)],
  ["f1_weighted", (table) => weightedAverage(table, f1)],
  ["matthews_corrcoef", matthewsCorrcoef],
  ["cohen_kappa", cohenKappa],
]);

/** With more combinations of labels than this, drawing them takes longer than anybody waits. */
export const mostCells = 5000;

/** The scores of counts that are asked for and make sense for so many labels. */
export function askedScores(
  labels: number,
  wanted: (score: string) => boolean,
): [ClassificationScore, OfTable][] {
  return [...countScores].filter(
    ([score]) => wanted(score) && (labels <= 2 || !findScore(score)!.binaryOnly),
  );
}

/** The table of some true and predicted codes, each as often as `counts` says; `table` is filled anew. */
export function fillTable(
  table: ConfusionTable,
  counts: ArrayLike<number>,
  yTrue: Int32Array,
  yPred: Int32Array,
): ConfusionTable {
  table.actual.fill(0);
  table.predicted.fill(0);
  table.correct.fill(0);
  table.totalCorrect = 0;
  table.samples = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell]!;
    const truth = yTrue[cell]!;
    const prediction = yPred[cell]!;
    table.samples += count;
    table.actual[truth]! += count;
    table.predicted[prediction]! += count;
    if (truth === prediction) {
      table.correct[truth]! += count;
      table.totalCorrect += count;
    }
  }
  return table;
}

export function emptyTable(labels: number): ConfusionTable {
  return {
    samples: 0,
    actual: new Int32Array(labels),
    predicted: new Int32Array(labels),
    correct: new Int32Array(labels),
    totalCorrect: 0,
  };
}
