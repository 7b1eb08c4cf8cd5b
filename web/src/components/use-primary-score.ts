import { useQuery } from "@tanstack/react-query";

import { columnsQuery, scoresQuery } from "../api/queries.js";
import type { Score } from "../api/types.js";

/** By which projects are ranked: classifications, regressions. */
export const primaryScores: readonly string[] = ["f1_macro", "root_mean_squared_error"];

const telling = ["f1_macro", "accuracy", "roc_auc", "log_loss"].concat([
  "root_mean_squared_error",
  "r2",
  "mean_absolute_error",
]);

/** The scores that tell most, the primary one first. */
export function headlineScores(primary: Score): string[] {
  return [primary.name, ...telling.filter((name) => name !== primary.name)];
}

/** The score by which a project is ranked, where its columns are known. */
export function usePrimaryScore(project: string | undefined): Score | undefined {
  const { data: registry = [] } = useQuery(scoresQuery());
  const { data } = useQuery({ ...columnsQuery(project ?? ""), enabled: project !== undefined });
  const counts = new Map(data?.columns.map(({ name, count }) => [name, count]));
  const used = registry.filter(({ name }) => (counts.get(name) ?? 0) > 0);
  const [most] = used
    .filter(({ name }) => primaryScores.includes(name))
    .sort((a, b) => (counts.get(b.name) ?? 0) - (counts.get(a.name) ?? 0));
  return most ?? used[0];
}
