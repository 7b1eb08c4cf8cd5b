import { useQuery } from "@tanstack/react-query";

import { columnsQuery, projectsQuery, scoresQuery } from "../api/queries.js";
import type { Score } from "../api/types.js";

const telling = [
  "f1_macro",
  "accuracy",
  "roc_auc",
  "log_loss",
  "root_mean_squared_error",
  "r2",
  "mean_absolute_error",
];

/** The scores that tell most, the primary one first. */
export function headlineScores(primary: Score): string[] {
  return [primary.name, ...telling.filter((name) => name !== primary.name)];
}

/** The scores that a project's experiments are ranked by, one a kind; undefined while they are not known. */
export function usePrimaryScores(project: string | undefined): readonly Score[] | undefined {
  const { data: registry } = useQuery(scoresQuery());
  const { data } = useQuery(projectsQuery());
  if (!registry || !data) return undefined;
  const found = data.projects.find((each) => each.project === project);
  return found?.primary_scores.flatMap(({ score }) => registry.find(({ name }) => name === score) ?? []);
}

/** The score that a project is ranked by; of two kinds, that of the one with more experiments. */
export function usePrimaryScore(project: string | undefined): Score | undefined {
  const scores = usePrimaryScores(project);
  const { data } = useQuery({
    ...columnsQuery(project ?? ""),
    enabled: project !== undefined && scores !== undefined && scores.length > 1,
  });
  const [first, ...others] = scores ?? [];
  if (others.length === 0) return first;
  const counts = new Map(data?.columns.map(({ name, count }) => [name, count]));
  const count = ({ name }: Score) => counts.get(name) ?? 0;
  return scores?.toSorted((a, b) => count(b) - count(a))[0];
}
