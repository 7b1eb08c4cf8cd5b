import { accuracy } from "../scores/accuracy.js";
import { balancedAccuracy } from "../scores/balanced-accuracy.js";
import { macroAverage, weightedAverage } from "../scores/class-average.js";
import { cohenKappa } from "../scores/cohen-kappa.js";
import type { ConfusionTable } from "../scores/confusion-table.js";
import { matthewsCorrcoef } from "../scores/matthews-corrcoef.js";
import { f1, precision, recall } from "../scores/precision-recall-f1.js";
import type { ClassificationScore } from "../scores/registry.js";

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

/** How often each combination of codes occurs; only those that do. */
export interface Cells {
  counts: Float64Array;
  /** Of each column, the code in each cell. */
  codes: Int32Array[];
}

/** Counts the combinations of some columns of codes below `labels`, in the order of the codes. */
export function countCells(columns: readonly Int32Array[], labels: number): Cells {
  const found = new Map<number, number>();
  const size = labels ** columns.length;
  const dense = size <= 1 << 20 ? new Float64Array(size) : undefined;
  const samples = columns[0]!.length;
  for (let i = 0; i < samples; i++) {
    let cell = 0;
    for (const column of columns) cell = cell * labels + column[i]!;
    if (dense) dense[cell]! += 1;
    else found.set(cell, (found.get(cell) ?? 0) + 1);
  }
  if (dense) for (const [cell, count] of dense.entries()) if (count > 0) found.set(cell, count);
  const cells = [...found.keys()].sort((a, b) => a - b);
  return {
    counts: Float64Array.from(cells, (cell) => found.get(cell)!),
    codes: columns.map((_, i) =>
      Int32Array.from(cells, (cell) => Math.floor(cell / labels ** (columns.length - 1 - i)) % labels),
    ),
  };
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
