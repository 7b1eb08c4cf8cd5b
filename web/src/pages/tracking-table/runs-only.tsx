import { Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { projectsQuery } from "../../api/queries.js";
import { PageButton } from "../../components/page-link.js";
import { showCount, showCounted } from "../../components/show-cell.js";

/** How many runs a project without experiments has; undefined where it has experiments. */
export function useRunsOnly(project: string): number | undefined {
  const { data } = useQuery(projectsQuery());
  const found = data?.projects.find((each) => each.project === project);
  return found && found.experiments === 0 && found.runs > 0 ? found.runs : undefined;
}

/** What stands in place of the table of a project that has runs alone. */
export function RunsOnly({ project, runs }: { project: string; runs: number }) {
  return (
    <Stack gap="xs" align="flex-start" maw={640}>
      <Text>
        This project has {showCounted(runs, "run")}, and no experiments: no evaluation with predictions was
        logged to it.
      </Text>
      <PageButton to="/projects/$project/runs" params={{ project }} size="sm">
        {runs === 1 ? "Show the run" : `Show the ${showCount(runs)} runs`}
      </PageButton>
    </Stack>
  );
}
