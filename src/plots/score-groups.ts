import type { Predictions } from "./open-predictions.js";
import { type ScoreColumn, type ScoredClassOptions, scoreColumn } from "./score-column.js";
import { type ValueGroups, valueGroups } from "./value-groups.js";

/** A class's scores in groups, and what a threshold at each group's lower end calls positive. */
export interface ScoreGroups extends ValueGroups {
  /** In falling order of the score: entry i counts the samples of the i + 1 highest groups. */
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
  /** The lowest score of group i in that order. */
  readonly thresholds: Float64Array;
}

/** The scores of one class and their groups: what the curves and the threshold table are read from. */
export async function scoreGroups(
  predictions: Predictions,
  options: ScoredClassOptions & { exactUpTo?: number | undefined },
): Promise<{ column: ScoreColumn; groups: ScoreGroups }> {
  const column = await scoreColumn(predictions, options);
  const groups = await predictions.cache.get(
    `${column.id}\0groups\0${options.exactUpTo ?? ""}`,
    async (giveUp) => {
      const grouped = await valueGroups(column.scores, column.isPositive, giveUp, {
        range: { min: 0, max: 1 },
        exactUpTo: options.exactUpTo,
      });
      return withCounts(grouped);
    },
    options.signal,
  );
  return { column, groups };
}

/** Adds up the groups from the highest score down. */
export function withCounts(groups: ValueGroups): ScoreGroups {
  const count = groups.min.length;
  const truePositives = new Float64Array(count);
  const falsePositives = new Float64Array(count);
  const thresholds = new Float64Array(count);
  let positives = 0;
  let all = 0;
  for (let i = 0; i < count; i++) {
    const group = count - 1 - i;
    positives += groups.positives[group]!;
    all += groups.total[group]!;
    truePositives[i] = positives;
    falsePositives[i] = all - positives;
    thresholds[i] = groups.min[group]!;
  }
  return { ...groups, truePositives, falsePositives, thresholds, bytes: groups.bytes + 24 * count };
}

/** What every point of a curve is although scores were put into bins. */
export const curveNote =
  "every point is exact, for a score that occurs; scores between two points share a bin, whose order is not looked at";
