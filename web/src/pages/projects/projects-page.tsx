import { Badge, Code, Container, Group, Skeleton, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { projectsQuery, statusQuery } from "../../api/queries.js";
import { ErrorBox } from "../../components/error-box.js";
import { PageLink } from "../../components/page-link.js";
import { showCount, showTime } from "../../components/show-cell.js";
import { StoreProblems } from "../../components/store-problems.js";
import { useProjectsAddress } from "./address.js";

/** Every project with its number of experiments and the time of the last; searchable. */
export function ProjectsPage() {
  const { search, change } = useProjectsAddress();
  const wanted = search.q ?? "";
  const { data, error, isPending } = useQuery(projectsQuery());
  const { data: status } = useQuery(statusQuery());
  const projects = (data?.projects ?? []).filter(({ project }) =>
    project.toLowerCase().includes(wanted.toLowerCase()),
  );
  return (
    <Container size="md" py="lg">
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
        {data?.projects.length === 0 && status && !status.stale && <EmptyStore store={data.store} />}
        {data?.projects.length === 0 && status?.stale && (
          <Text>
            What is in {data.store} is not known yet: it could not be read. This page reconnects by itself.
          </Text>
        )}
        {data && data.projects.length > 0 && (
          <Table.ScrollContainer minWidth={380}>
            <Table highlightOnHover verticalSpacing="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Project</Table.Th>
                  <Table.Th ta="right">Experiments</Table.Th>
                  <Table.Th>Last logged</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {projects.map(({ project, experiments, last_logged_at: last, kinds }) => (
                  <Table.Tr key={project}>
                    <Table.Td>
                      <PageLink to="/projects/$project" params={{ project }} fw={600}>
                        {project}
                      </PageLink>
                      <Group gap={4} mt={2}>
                        {kinds.map((kind) => (
                          <Badge key={kind} size="xs" variant="default" tt="none" fw={400}>
                            {kind}
                          </Badge>
                        ))}
                      </Group>
                    </Table.Td>
                    <Table.Td ta="right">{showCount(experiments)}</Table.Td>
                    <Table.Td>{last === null ? "" : showTime(last)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            {projects.length === 0 && <Text c="dimmed">No project's name contains “{wanted}”.</Text>}
          </Table.ScrollContainer>
        )}
      </Stack>
    </Container>
  );
}

function EmptyStore({ store }: { store: string }) {
  return (
    <Stack gap="xs">
      <Text>
        Nothing has been logged into {store} yet. This page shows the first experiment as soon as it is
        logged.
      </Text>
      <Text>To see something now, log the demo's twenty experiments:</Text>
      <Code block>{`ml-tracking demo --store ${store}`}</Code>
      <Text>Or log your own:</Text>
      <Code block>{`import { logExperiment } from "ml-tracking";
await logExperiment({ kind, project, parameters: { datasetUri, targetColumn, testSet, model }, yTrue, yPred, store: ${JSON.stringify(store)} });`}</Code>
    </Stack>
  );
}
