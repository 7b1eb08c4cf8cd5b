import type { Projects } from "../api/types.js";

type Project = Pick<Projects["projects"][number], "experiments" | "runs">;

/** Where a project opens: its tracking table, or its runs where it has nothing else. */
export function projectHome({
  experiments,
  runs,
}: Project): "/projects/$project" | "/projects/$project/runs" {
  return experiments === 0 && runs > 0 ? "/projects/$project/runs" : "/projects/$project";
}
