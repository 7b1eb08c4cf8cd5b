import { Group, Text, Title } from "@mantine/core";

import { CopyText } from "./copy-text.js";

/** A project's name and what is shown of it. */
export function ProjectHeading({ project, page }: { project: string; page: string }) {
  return (
    <Group gap={6} align="baseline" wrap="nowrap">
      <Title order={1} size="h4" style={{ overflowWrap: "anywhere" }}>
        {project}
      </Title>
      <CopyText text={project} what="the project's name" />
      <Text c="dimmed" style={{ whiteSpace: "nowrap" }}>
        {page}
      </Text>
    </Group>
  );
}
