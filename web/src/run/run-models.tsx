import { Badge, Group, Table, Text } from "@mantine/core";

import type { LoggedModel } from "../api/types.js";
import { PageLink } from "../components/page-link.js";
import { showCell, showCounted } from "../components/show-cell.js";
import { SidewaysScroll } from "../components/sideways-scroll.js";

/** The models that a run logged. */
export function RunModels({ models }: { models: readonly LoggedModel[] }) {
  const haveTypes = models.some(({ type }) => type !== null);
  return (
    <SidewaysScroll label="Models of the run">
      <Table fz="sm" verticalSpacing="xs" maw={900}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Model</Table.Th>
            {haveTypes && <Table.Th>Type</Table.Th>}
            <Table.Th>Registered as</Table.Th>
            <Table.Th>Metrics</Table.Th>
            <Table.Th ta="right">Files</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {models.map((model) => (
            <Table.Tr key={model.model_id}>
              <Table.Td style={{ overflowWrap: "anywhere" }}>
                <Group gap={6}>
                  <PageLink to="/logged-models/$logged" params={{ logged: model.model_id }} size="sm">
                    {model.name}
                  </PageLink>
                  <ModelStatus model={model} />
                </Group>
              </Table.Td>
              {haveTypes && <Table.Td>{model.type ?? ""}</Table.Td>}
              <Table.Td>
                {model.registered_as.length === 0 ? (
                  <Text size="sm" c="dimmed">
                    not registered
                  </Text>
                ) : (
                  <RegisteredAs model={model} />
                )}
              </Table.Td>
              <Table.Td>
                {model.metrics.slice(0, mostMetrics).map(({ key, value, dataset }) => (
                  <Text size="xs" key={`${key} ${dataset}`}>
                    {key} {showCell(value, { type: "number", kind: "metric" })}
                  </Text>
                ))}
                {model.metrics.length > mostMetrics && (
                  <Text size="xs" c="dimmed">
                    and {showCounted(model.metrics.length - mostMetrics, "other")}
                  </Text>
                )}
              </Table.Td>
              <Table.Td ta="right">{model.files.length}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </SidewaysScroll>
  );
}

const mostMetrics = 4;

/** Where a logged model is registered: a link a version. */
export function RegisteredAs({ model }: { model: LoggedModel }) {
  return (
    <Group gap="sm">
      {model.registered_as.map(({ name, version }) => (
        <PageLink
          key={`${name} ${version}`}
          to="/models/$model"
          params={{ model: name }}
          search={{ version: String(version) }}
          size="sm"
        >
          {name}, version {version}
        </PageLink>
      ))}
    </Group>
  );
}

const states = { PENDING: "being logged", READY: undefined, FAILED: "not logged whole" } as const;

/** Said where a model is not ready. */
export function ModelStatus({ model: { status } }: { model: Pick<LoggedModel, "status"> }) {
  const text = states[status];
  if (text === undefined) return null;
  return (
    <Badge variant="default" radius="sm" size="sm" tt="none" fw={400}>
      {text}
    </Badge>
  );
}
