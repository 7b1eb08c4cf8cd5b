import { Button, Container, Group, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { trashQuery } from "../../api/queries.js";
import { sendJson } from "../../api/send-json.js";
import type { Trash } from "../../api/types.js";
import { useAnnotate } from "../../components/annotations/use-annotate.js";
import { useDeleteRun } from "../../components/annotations/use-delete-runs.js";
import { Dialog } from "../../components/dialog.js";
import { ErrorBox } from "../../components/error-box.js";
import { useNotice } from "../../components/notice.js";
import { PageButtons } from "../../components/page-buttons.js";
import { showBytes, showCount, showCounted, showTime } from "../../components/show-cell.js";
import { SidewaysScroll } from "../../components/sideways-scroll.js";
import { useTrashAddress } from "./address.js";

const pageSize = 100;

/** What was deleted: it can be brought back, or removed for good. */
export function TrashPage() {
  const { search, change } = useTrashAddress();
  const offset = Math.max(0, Math.trunc(Number(search.offset ?? 0)) || 0);
  const { data, error, isPending } = useQuery(trashQuery({ limit: pageSize, offset }));
  return (
    <Container size="lg" py="lg">
      <title>Trash · ml-tracking</title>
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={1} size="h2">
            Trash
          </Title>
          {data && data.total + data.runs.length > 0 && <PurgeAll trash={data} />}
        </Group>
        {error && <ErrorBox error={error} />}
        {isPending && <Skeleton height={160} />}
        {data && data.total + data.runs.length === 0 && (
          <Text c="dimmed">
            The trash is empty. A deleted experiment or run is in no table and no ranking; here it can be
            brought back.
          </Text>
        )}
        {data && data.runs.length > 0 && <DeletedRuns runs={data.runs} />}
        {data && data.total > 0 && (
          <SidewaysScroll label="Deleted experiments">
            <Table verticalSpacing="xs">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Experiment</Table.Th>
                  <Table.Th aria-label="Restore" />
                  <Table.Th>Project</Table.Th>
                  <Table.Th>Deleted</Table.Th>
                  <Table.Th ta="right">Size</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.experiments.map((each) => (
                  <Deleted key={each.prediction_id} experiment={each} />
                ))}
              </Table.Tbody>
            </Table>
          </SidewaysScroll>
        )}
        {data && (
          <PageButtons
            offset={offset}
            pageSize={pageSize}
            total={data.total}
            onChange={(next) => change({ offset: next === 0 ? undefined : String(next) })}
          />
        )}
      </Stack>
    </Container>
  );
}

function DeletedRuns({ runs }: { runs: Trash["runs"] }) {
  const deleteRun = useDeleteRun();
  return (
    <SidewaysScroll label="Deleted runs">
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Run</Table.Th>
            <Table.Th aria-label="Restore" />
            <Table.Th>Project</Table.Th>
            <Table.Th>Deleted</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map(({ run_id: id, title, project, deleted_at: at, deleted_by: by }) => (
            <Table.Tr key={id}>
              <Table.Td>
                {title}
                <Text size="xs" c="dimmed">
                  {id}
                </Text>
              </Table.Td>
              <Table.Td>
                <Button
                  size="compact-sm"
                  variant="light"
                  aria-label={`Restore ${title}`}
                  onClick={() => void deleteRun(id, title, false)}
                >
                  Restore
                </Button>
              </Table.Td>
              <Table.Td>{project}</Table.Td>
              <Table.Td>
                {showTime(at)}
                <Text size="xs" c="dimmed">
                  by {by}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </SidewaysScroll>
  );
}

function Deleted({ experiment }: { experiment: Trash["experiments"][number] }) {
  const { prediction_id: id, project, title, model, bytes } = experiment;
  const annotate = useAnnotate();
  return (
    <Table.Tr>
      <Table.Td>
        {title}
        <Text size="xs" c="dimmed">
          {model} · {id}
        </Text>
      </Table.Td>
      <Table.Td>
        <Button
          size="compact-sm"
          variant="light"
          aria-label={`Restore ${title}`}
          onClick={() =>
            void annotate([id], { deleted: false }, { text: `${title} is back`, undo: { deleted: true } })
          }
        >
          Restore
        </Button>
      </Table.Td>
      <Table.Td>{project}</Table.Td>
      <Table.Td>
        {showTime(experiment.deleted_at)}
        <Text size="xs" c="dimmed">
          by {experiment.deleted_by}
        </Text>
      </Table.Td>
      <Table.Td ta="right">{showBytes(bytes)}</Table.Td>
    </Table.Tr>
  );
}

/** Removes everything in the trash for good, after saying what that is. */
function PurgeAll({ trash: { total, bytes, experiments, runs } }: { trash: Trash }) {
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const client = useQueryClient();
  const notify = useNotice();
  const purge = async () => {
    setBusy(true);
    try {
      const purged = await sendJson("/api/purge", {}, {});
      notify({
        text: `${showCount(purged.purged.length + purged.runs.length)} removed for good, ${showBytes(purged.bytes)} freed`,
      });
    } catch (error) {
      notify({ text: error instanceof Error ? error.message : String(error), isError: true });
    }
    setBusy(false);
    setAsked(false);
    await client.invalidateQueries({ queryKey: ["store"] });
  };
  const size = `${experiments.length < total ? "over " : ""}${showBytes(bytes)}`;
  const what = [
    ...(total > 0 ? [`${showCounted(total, "experiment")} with ${size} of predictions`] : []),
    ...(runs.length > 0 ? [`${showCounted(runs.length, "run")} with all that was kept of them`] : []),
  ].join(" and ");
  return (
    <>
      <Button color="red" variant="outline" size="xs" onClick={() => setAsked(true)}>
        Empty the trash
      </Button>
      {isAsked && (
        <Dialog title="Remove for good?" onClose={() => setAsked(false)}>
          <Text size="sm">{what} will be removed from the store. That cannot be undone.</Text>
          <Group mt="md" justify="flex-end">
            <Button variant="default" onClick={() => setAsked(false)} data-autofocus>
              Keep
            </Button>
            <Button color="red" loading={isBusy} onClick={() => void purge()}>
              Remove for good
            </Button>
          </Group>
        </Dialog>
      )}
    </>
  );
}
