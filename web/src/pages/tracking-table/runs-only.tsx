import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { projectsQuery } from "../../api/queries.js";
import { PageLink } from "../../components/page-link.js";
import { showCounted } from "../../components/show-cell.js";

/** How many runs a project without experiments has; undefined where it has experiments. */
export function useRunsOnly(project: string): number | undefined {
  const { data } = useQuery(projectsQuery());
  const found = data?.projects.find((each) => each.project === project);
  return found && found.experiments === 0 && found.runs > 0 ? found.runs : undefined;
}

/** What stands in place of the table of a project that has runs alone. */
export function RunsOnly({ project, runs }: { project: string; runs: number }) {
  return (
    <Text>
      This project has no experiments yet, but{" "}
      <PageLink to="/projects/$project/runs" params={{ project }} inherit underline="always">
        {showCounted(runs, "run")}
      </PageLink>
      .
    </Text>
  );
}
