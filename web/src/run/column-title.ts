import type { Columns } from "../api/types.js";
import { isOwnTag } from "./mlflow-tags.js";

type Column = Columns["columns"][number];

const titles: Record<string, string> = {
  run_id: "Run id",
  name: "Name",
  status: "Status",
  started_at: "Started",
  ended_at: "Ended",
  duration: "Duration",
  last_seen_at: "Last seen",
  lost_contact: "Lost contact",
  parent_run_id: "Parent run",
  error: "Error",
  user: "User",
  host: "Host",
  source: "Script",
  git_commit: "Git commit",
  git_dirty: "Uncommitted changes",
  runtime: "Runtime",
};

/** A column of runs in words; what was logged is called as it was. @example columnTitle("metrics.loss") // "loss" */
export function columnTitle(name: string): string {
  return (
    (Object.hasOwn(titles, name) ? titles[name] : undefined) ?? name.replace(/^(params|tags|metrics)\./, "")
  );
}

const groups = { metric: "Metrics", parameter: "Parameters", tag: "Tags" } as const;

/** Columns to choose from, what MLflow's clients note by themselves last, under the words for what they are. */
export function columnChoices(columns: readonly Pick<Column, "name" | "kind">[]) {
  const found = new Map<string, { value: string; label: string }[]>();
  const isOwn = ({ name, kind }: Pick<Column, "name" | "kind">) =>
    kind === "tag" && isOwnTag(columnTitle(name));
  for (const { name, kind } of [...columns].sort((a, b) => Number(isOwn(a)) - Number(isOwn(b)))) {
    const group = kind in groups ? groups[kind as keyof typeof groups] : "Run";
    found.set(group, [...(found.get(group) ?? []), { value: name, label: columnTitle(name) }]);
  }
  return [...found].map(([group, items]) => ({ group, items }));
}
