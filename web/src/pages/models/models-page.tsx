import { Badge, Container, Group, Skeleton, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { modelsQuery } from "../../api/queries.js";
import type { Models } from "../../api/types.js";
import { AliasBadge } from "../../components/alias-badge.js";
import { ErrorBox } from "../../components/error-box.js";
import { firstLine } from "../../components/first-line.js";
import { PageLink } from "../../components/page-link.js";
import { showCount, showTime } from "../../components/show-cell.js";
import { SidewaysScroll } from "../../components/sideways-scroll.js";
import { useModelsAddress } from "./address.js";
import { foundModels } from "./found-models.js";

/** Every registered model, searchable by what is said of it. */
export function ModelsPage() {
  const { search, change } = useModelsAddress();
  const wanted = search.q ?? "";
  const { data, error, isPending } = useQuery(modelsQuery());
  const found = foundModels(data ?? [], wanted);
  return (
    <Container size="lg" py="lg">
      <title>Models · ml-tracking</title>
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={1} size="h2">
            Models
          </Title>
          {data && data.length > 0 && (
            <TextInput
              aria-label="Search models"
              placeholder="Search models"
              value={wanted}
              onChange={(event) => change({ q: event.currentTarget.value || undefined }, true)}
            />
          )}
        </Group>
        {error && <ErrorBox error={error} />}
        {isPending && <Skeleton height={160} />}
        {data?.length === 0 && (
          <Text c="dimmed">
            No model is registered in this store. MLflow's client registers one with{" "}
            <code>mlflow.register_model</code>, or with <code>registered_model_name</code> when it logs a
            model.
          </Text>
        )}
        {found.length > 0 && <ModelsTable models={found} />}
        {data && data.length > 0 && found.length === 0 && (
          <Text c="dimmed">No model's name, description, tags or aliases contain “{wanted}”.</Text>
        )}
      </Stack>
    </Container>
  );
}

function ModelsTable({ models }: { models: Models["models"] }) {
  return (
    <SidewaysScroll label="Registered models">
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Model</Table.Th>
            <Table.Th>Newest version</Table.Th>
            <Table.Th ta="right">Versions</Table.Th>
            <Table.Th>Aliases</Table.Th>
            <Table.Th>Tags</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {models.map((model) => (
            <Table.Tr key={model.name}>
              <Table.Td miw={180} maw={380} style={{ overflowWrap: "anywhere" }}>
                <PageLink to="/models/$model" params={{ model: model.name }} fw={500}>
                  {model.name}
                </PageLink>
                {model.description !== "" && (
                  <Text size="xs" c="dimmed" lineClamp={2}>
                    {firstLine(model.description)}
                  </Text>
                )}
              </Table.Td>
              <Table.Td style={{ whiteSpace: "nowrap" }}>
                {model.newest === null ? (
                  <Text size="sm" c="dimmed">
                    none yet
                  </Text>
                ) : (
                  <>
                    {model.newest.version}
                    <Text size="xs" c="dimmed">
                      {showTime(model.newest.created_at)}
                    </Text>
                  </>
                )}
              </Table.Td>
              <Table.Td ta="right">{showCount(model.versions)}</Table.Td>
              <Table.Td>
                <Group gap={4}>
                  {model.aliases.map(({ alias, version }) => (
                    <AliasBadge key={alias} alias={alias} version={version} />
                  ))}
                </Group>
              </Table.Td>
              <Table.Td>
                <Group gap={4}>
                  {Object.entries(model.tags).map(([name, value]) => (
                    <Badge key={name} variant="default" radius="sm" tt="none" fw={400} maw={220}>
                      {value === "" ? name : `${name}: ${value}`}
                    </Badge>
                  ))}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </SidewaysScroll>
  );
}
