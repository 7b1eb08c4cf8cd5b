import { useQuery } from "@tanstack/react-query";

import { experimentsQuery } from "../../api/queries.js";
import type { Experiment, Score } from "../../api/types.js";
import { cellCondition } from "../../components/filter-text.js";

/** Which place an experiment has on its test set by a score: 1 where none is better. */
export function useRank(
  experiment: Experiment,
  { name, direction }: Score,
  value: number,
): { rank: number; of: number } | undefined {
  const same = (["test_set_digest", "kind", "target_column"] as const)
    .map((column) => cellCondition({ filter_name: column }, experiment[column], true))
    .join(" AND ");
  const size = Math.abs(value);
  const better =
    direction === "higher"
      ? `${name} > ${value}`
      : direction === "lower"
        ? `${name} < ${value}`
        : `${name} > ${-size} AND ${name} < ${size}`;
  const count = (filter: string) =>
    experimentsQuery(experiment.project, { filter, column: ["name"], limit: 1 });
  const ahead = useQuery(count(`${same} AND ${better}`));
  const all = useQuery(count(`${same} AND ${name} IS NOT NULL`));
  if (!ahead.data || !all.data || ahead.isPlaceholderData || all.isPlaceholderData) return undefined;
  return { rank: ahead.data.total + 1, of: all.data.total };
}
