import type { PlotDataOf } from "../../api/types.js";
import type { Counts } from "./threshold-scores.js";

/** Counts at thresholds, from the highest down; the first place has no threshold and is above all scores. */
export type ThresholdTable = PlotDataOf<"threshold_table">;

/** Where the counts for a threshold are: at the lowest score that is at least as high. */
export function indexOf(data: ThresholdTable, threshold: number): number {
  let found = 0;
  for (let i = 1; i < data.threshold.length; i++) {
    if ((data.threshold[i] ?? 0) < threshold) break;
    found = i;
  }
  return found;
}

export function countsAt(data: ThresholdTable, index: number): Counts {
  return {
    true_positives: data.true_positives[index] ?? 0,
    false_positives: data.false_positives[index] ?? 0,
    false_negatives: data.false_negatives[index] ?? 0,
    true_negatives: data.true_negatives[index] ?? 0,
  };
}
