import { useQueries } from "@tanstack/react-query";

import { intervalsQuery } from "../../api/queries.js";
import type { ScoreInterval } from "../../api/types.js";

/** Intervals of the scores of experiments, as far as they are there: by prediction id, then by score. */
export function useIntervals(
  ids: readonly string[],
  { enabled }: { enabled: boolean },
): Map<string, Map<string, ScoreInterval>> {
  const answers = useQueries({ queries: ids.map((id) => ({ ...intervalsQuery(id), enabled })) });
  const found = new Map<string, Map<string, ScoreInterval>>();
  for (const { data } of answers) {
    if (data) found.set(data.prediction_id, new Map(data.scores.map((each) => [each.score, each])));
  }
  return found;
}
