import { useQuery } from "@tanstack/react-query";

import { experimentsQuery, groupsQuery } from "../../api/queries.js";
import type { Score } from "../../api/types.js";
import { usePrimaryScore } from "../../components/use-primary-score.js";
import { bestSoFar } from "./course.js";

/** Of so many of the latest experiments the course is drawn. */
const latest = 200;
const mostPeople = 4;

export interface ProjectSummary {
  score: Score | undefined;
  best: { id: string; title: string; value: number } | undefined;
  /** The best value after each of the latest experiments, the oldest first. */
  course: number[];
  /** Who logged most, and how many there are. */
  people: string[];
}

/** What a project has come to, as far as it is known. */
export function useProjectSummary(project: string, { enabled }: { enabled: boolean }): ProjectSummary {
  const score = usePrimaryScore(enabled ? project : undefined);
  const name = score?.name ?? "";
  const isAsked = enabled && score !== undefined;
  const top = useQuery({
    ...experimentsQuery(project, { sort: [`${name}:best`], column: [name], limit: 1 }),
    enabled: isAsked,
  });
  const recent = useQuery({
    ...experimentsQuery(project, {
      filter: `${name} IS NOT NULL`,
      sort: ["logged_at:desc"],
      column: [name],
      limit: latest,
    }),
    enabled: isAsked,
  });
  const users = useQuery({ ...groupsQuery(project, { by: ["user"], limit: mostPeople }), enabled });
  const value = top.data?.rows[0]?.[0];
  const id = top.data?.prediction_ids[0];
  const values = (recent.data?.rows ?? []).flatMap(([each]) => (typeof each === "number" ? [each] : []));
  return {
    score,
    best:
      id !== undefined && typeof value === "number"
        ? { id, title: top.data?.titles[0] ?? id, value }
        : undefined,
    course: score ? bestSoFar(values.reverse(), better(score)) : [],
    people: (users.data?.groups ?? []).flatMap(({ key: [user] }) => (typeof user === "string" ? [user] : [])),
  };
}

function better({ direction, best }: Score): (a: number, b: number) => boolean {
  if (direction === "higher") return (a, b) => a > b;
  if (direction === "lower") return (a, b) => a < b;
  return (a, b) => Math.abs(a - best) < Math.abs(b - best);
}
