import { useQuery } from "@tanstack/react-query";

import { experimentsQuery } from "../../api/queries.js";
import type { Experiment, Score } from "../../api/types.js";
import { cellCondition } from "../filter-text.js";
import { asScore, useAddedScores } from "./use-added-scores.js";

/** What the project's added scores of its kind are for an experiment; null where that is not known, or nothing. */
export function useAddedValues(
  experiment: Pick<Experiment, "prediction_id" | "project" | "kind" | "archived">,
): { score: Score; value: number | null }[] {
  const { prediction_id: id, project, kind, archived } = experiment;
  const scores = useAddedScores(project)
    .filter((score) => score.kind === kind)
    .map(asScore);
  const here = cellCondition({ filter_name: "prediction_id" }, id, true);
  const { data } = useQuery({
    ...experimentsQuery(project, {
      filter: archived ? `${here} AND archived = true` : here,
      column: scores.map(({ name }) => name),
      limit: 1,
    }),
    enabled: scores.length > 0,
  });
  const isOfThis = data?.prediction_ids[0] === id;
  return scores.map((score) => {
    const at = data?.columns.findIndex(({ name }) => name === score.name) ?? -1;
    const value = isOfThis ? data?.rows[0]?.[at] : undefined;
    return { score, value: typeof value === "number" ? value : null };
  });
}
