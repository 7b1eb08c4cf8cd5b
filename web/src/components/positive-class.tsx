import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { groupsQuery } from "../api/queries.js";
import { shortName } from "./short-name.js";

/** Whether a score is about the positive class alone, by its name. */
export function isOfPositive(name: string): boolean {
  return name === "precision" || name === "recall" || name === "f1";
}

/** A score's title with the class that it is about: precision, recall and F1 mean nothing without it. */
export function titleOf(
  { title, binary_only: ofPositive }: { title: string; binary_only: boolean },
  positive: string | null | undefined,
): string {
  return ofPositive && positive ? `${title} of ${shortName(positive)}` : title;
}

/** An arrow to where a score is better. */
export function directionMark({ direction }: { direction: "higher" | "lower" | "zero" }): string {
  return direction === "higher" ? "↑" : direction === "lower" ? "↓" : "→0";
}

/** The one class that all are about; undefined where they differ, or none says so. */
export function commonPositive(labels: readonly (string | null | undefined)[]): string | undefined {
  const distinct = new Set(labels.filter((label) => typeof label === "string" && label !== ""));
  const [only] = distinct;
  return distinct.size === 1 ? (only ?? undefined) : undefined;
}

/**
 * Which class precision, recall and F1 are about in several experiments; nothing where none of them says so.
 */
export function PositiveNote({ labels }: { labels: readonly (string | null | undefined)[] }) {
  const distinct = [...new Set(labels.filter((label) => typeof label === "string" && label !== ""))];
  if (distinct.length === 0) return null;
  return (
    <Text size="sm" c="dimmed">
      {distinct.length === 1
        ? `Precision, recall and F1 are about the positive class, ${shortName(distinct[0] ?? "")}.`
        : `Precision, recall and F1 are about different positive classes here (${distinct
            .slice(0, 5)
            .map((label) => shortName(label ?? ""))
            .join(
              ", ",
            )}${distinct.length > 5 ? ", …" : ""}) and not comparable; the column positive_label tells them apart.`}
    </Text>
  );
}

/** The same of all experiments of a project that a filter selects. */
export function ProjectPositiveNote({ project, filter }: { project: string; filter: string | undefined }) {
  const { data } = useQuery(groupsQuery(project, { filter, by: ["positive_label"], limit: 6 }));
  return (
    <PositiveNote
      labels={data?.groups.map(({ key: [label] }) => (typeof label === "string" ? label : null)) ?? []}
    />
  );
}
