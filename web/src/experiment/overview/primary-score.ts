import { useQuery } from "@tanstack/react-query";

import { projectsQuery } from "../../api/queries.js";
import type { Experiment } from "../../api/types.js";

/** The name of the score by which the experiment's project ranks; undefined until it is known. */
export function usePrimaryScore({ project, kind }: Experiment): string | undefined {
  const { data } = useQuery(projectsQuery());
  return data?.projects
    .find((each) => each.project === project)
    ?.primary_scores.find((each) => each.kind === kind)?.score;
}
