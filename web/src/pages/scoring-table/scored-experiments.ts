import type { Experiments, Groups, Score } from "../../api/types.js";
import { showTime } from "../../components/show-cell.js";

export interface ScoreOnTestSet extends Score {
  statistics: Groups["groups"][number]["values"][number];
}

export interface ScoredExperiment {
  id: string;
  title: string;
  /** Its model in short, and when it was logged. */
  about: string;
  positive: string | null;
  /** By the score's name; null where it is undefined or was not logged. */
  scores: Map<string, number | null>;
}

/** Before the scores, the columns that say which experiment it is. */
export const fixed = ["prediction_id", "logged_at", "positive_label"];

/** The answer's rows, whose columns are the fixed ones and then the scores. */
export function scoredExperiments(
  { rows, prediction_ids: ids, titles, models }: Experiments,
  scores: readonly Score[],
): ScoredExperiment[] {
  return rows.map((row, i) => {
    const [, loggedAt, positive] = row;
    const id = ids[i] ?? "";
    return {
      id,
      title: titles[i] ?? id,
      about: [models[i], showTime(String(loggedAt))].filter(Boolean).join(" · "),
      positive: typeof positive === "string" ? positive : null,
      scores: new Map(
        scores.map((score, position) => {
          const value = row[fixed.length + position];
          return [score.name, typeof value === "number" ? value : null];
        }),
      ),
    };
  });
}
