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
