import type { ConfusionTable } from "../scores/confusion-table.js";
import { type ClassificationScore, classificationRecords } from "../scores/registry.js";
import type { CountScore } from "../scores/score.js";

/** The record of a score that the counts of true and predicted labels give. */
export type NamedCountScore = CountScore & { readonly name: ClassificationScore };

const countScores = classificationRecords.filter(
  (record): record is NamedCountScore => record.by === "counts",
);

/** Undefined where the score is none of counts. */
export function countScore(name: string): NamedCountScore | undefined {
  return countScores.find((record) => record.name === name);
}

/** With more combinations of labels than this, drawing them takes longer than anybody waits. */
export const mostCells = 5000;

/** The scores of counts that are asked for and make sense for so many labels. */
export function askedScores(labels: number, wanted: (score: string) => boolean): NamedCountScore[] {
  return countScores.filter(({ name, binaryOnly }) => wanted(name) && (labels <= 2 || !binaryOnly));
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
    actual: new Float64Array(labels),
    predicted: new Float64Array(labels),
    correct: new Float64Array(labels),
    totalCorrect: 0,
  };
}
