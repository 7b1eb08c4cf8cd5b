import { Container, Group, Skeleton, Stack, Text, TextInput, Title } from "@mantine/core";
import { useInterval } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { projectsQuery, statusQuery } from "../../api/queries.js";
import type { Projects } from "../../api/types.js";
import { ErrorBox } from "../../components/error-box.js";
import { StoreProblems } from "../../components/store-problems.js";
import { useProjectsAddress } from "./address.js";
import { FirstSteps } from "./first-steps.js";
import { ProjectCard } from "./project-card.js";
import classes from "./project-card.module.css";

/** Every project, the one that was worked on last first; searchable. */
export function ProjectsPage() {
  const { search, change } = useProjectsAddress();
  const wanted = search.q ?? "";
  const { data, error, isPending } = useQuery(projectsQuery());
  const { data: status } = useQuery(statusQuery());
  const projects = latestFirst(data?.projects ?? []).filter(({ project }) =>
    project.toLowerCase().includes(wanted.toLowerCase()),
  );
  const now = useNow();
  return (
    <Container size="lg" py="lg">
      <title>Projects · ml-tracking</title>
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={1} size="h2">
            Projects
          </Title>
          {data && data.projects.length > 0 && (
            <TextInput
              aria-label="Search projects"
              placeholder="Search projects"
              value={wanted}
              onChange={(event) => change({ q: event.currentTarget.value }, true)}
            />
          )}
        </Group>
        <StoreProblems status={status} />
        {error && <ErrorBox error={error} />}
        {isPending && <Skeleton height={200} />}
        {data?.projects.length === 0 && status && !status.stale && <FirstSteps store={data.store} />}
        {data?.projects.length === 0 && status?.stale && (
          <Text>
            What is in {data.store} is not known yet: it could not be read. This page reconnects by itself.
          </Text>
        )}
        {projects.length > 0 && (
          <ul className={classes.list} aria-label="Projects">
            {projects.map((project) => (
              <ProjectCard key={project.project} project={project} now={now} />
            ))}
          </ul>
        )}
        {data && data.projects.length > 0 && projects.length === 0 && (
          <Text c="dimmed">No project's name contains “{wanted}”.</Text>
        )}
      </Stack>
    </Container>
  );
}

function latestFirst(projects: Projects["projects"]): Projects["projects"] {
  return [...projects].sort((a, b) => (b.last_activity_at ?? "").localeCompare(a.last_activity_at ?? ""));
}

/** The time in milliseconds since 1970, anew every half minute, for what says how long ago something was. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useInterval(() => setNow(Date.now()), 30_000, { autoInvoke: true });
  return now;
}
