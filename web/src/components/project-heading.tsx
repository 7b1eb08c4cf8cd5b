import { Group, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { projectsQuery } from "../api/queries.js";
import { CopyText } from "./copy-text.js";

/** A project's name, what is shown of it, and what MLflow's clients call it where that is another name. */
export function ProjectHeading({ project, page }: { project: string; page: string }) {
  const { data } = useQuery(projectsQuery());
  const name = data?.projects.find((each) => each.project === project)?.mlflow_name;
  return (
    <Group gap={6} align="baseline">
      <Title order={1} size="h4" style={{ overflowWrap: "anywhere" }}>
        {project}
      </Title>
      <CopyText text={project} what="the project's name" />
      <Text c="dimmed" style={{ whiteSpace: "nowrap" }}>
        {page}
      </Text>
      {typeof name === "string" && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          in MLflow: {name}
        </Text>
      )}
    </Group>
  );
}
