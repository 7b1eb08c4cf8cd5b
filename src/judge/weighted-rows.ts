import { rankedRows } from "../scores/ranked-rows.js";
import { classificationRecords, type ScoreName } from "../scores/registry.js";
import type { WeightedScore } from "../scores/score.js";
import type { JudgedClasses, JudgedSample } from "./pairing/judged-sample.js";

/**
 * The scores of y_score that are no means of the rows' own values, as functions of weights: what a bootstrap
 * of rows asks for thousands of times.
 */
export function weightedRows(
  sample: JudgedSample,
  wanted: (score: ScoreName) => boolean,
): Map<ScoreName, WeightedScore> {
  return new Map(sample.kind === "regression" ? [] : ofProbabilities(sample, wanted));
}

type Entry = [ScoreName, WeightedScore];

function ofProbabilities(sample: JudgedClasses, wanted: (score: ScoreName) => boolean): Entry[] {
  if (sample.scores.length === 0) return [];
  let classes: ReturnType<typeof rankedRows> | undefined;
  return classificationRecords.flatMap((record): Entry[] => {
    if (!wanted(record.name)) return [];
    if (record.by === "ratio" && record.weighted) return [[record.name, record.weighted(sample)]];
    if (record.by !== "ranking") return [];
    classes ??= rankedRows(sample);
    const ranked = classes;
    return [
      [
        record.name,
        (weights) => {
          let sum = 0;
          for (const rows of ranked) sum += record.weighted(rows, weights);
          return sum / ranked.length;
        },
      ],
    ];
  });
}
