import type { ConfusionTable } from "../../src/scores/confusion-table.js";

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
    actual: new Float64Array(labels),
    predicted: new Float64Array(labels),
    correct: new Float64Array(labels),
    totalCorrect: 0,
  };
}
