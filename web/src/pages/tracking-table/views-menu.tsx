import {
  ActionIcon,
  Badge,
  Button,
  Group,
  Popover,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
} from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { viewsQuery } from "../../api/queries.js";
import { sendJson } from "../../api/send-json.js";
import type { View } from "../../api/types.js";
import { useNotice } from "../../components/notice.js";
import { searchOfView, viewOf } from "../../components/view-search.js";
import { useTrackingAddress } from "./address.js";

/** The saved states of the table, for everybody who uses the store: taken, saved, made the default, removed. */
export function ViewsMenu({ project }: { project: string }) {
  const { search, change } = useTrackingAddress();
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery(viewsQuery(project));
  const { save, setDefault } = useViewChanges(project);
  const views = data?.views ?? [];
  const take = (view: View) => {
    change(searchOfView(view.name, view.state));
    setOpen(false);
  };
  return (
    <Popover position="bottom-start" width={320} trapFocus opened={isOpen} onChange={setOpen}>
      <Popover.Target>
        <Button size="compact-sm" variant="default" fw={400} mt={4} onClick={() => setOpen(!isOpen)}>
          {search.view === undefined ? "Views" : `View: ${search.view}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <SaveView
            onSave={(name) => void save(name, viewOf(search)).then(() => change({ view: name }, true))}
          />
          {views.length === 0 && (
            <Text size="xs" c="dimmed">
              None yet. A view keeps filter, columns, order and groups under a name, for everybody.
            </Text>
          )}
          {views.map((view) => (
            <Group key={view.name} gap={4} wrap="nowrap" justify="space-between">
              <UnstyledButton fz="sm" onClick={() => take(view)} style={{ overflowWrap: "anywhere" }}>
                {view.name}{" "}
                {data?.default_view === view.name && (
                  <Badge size="xs" variant="light" tt="none">
                    default
                  </Badge>
                )}
              </UnstyledButton>
              <Group gap={2} wrap="nowrap">
                <Button
                  size="compact-xs"
                  variant="subtle"
                  onClick={() => void setDefault(data?.default_view === view.name ? null : view.name)}
                >
                  {data?.default_view === view.name ? "No default" : "Make default"}
                </Button>
                <ActionIcon
                  size="sm"
                  variant="subtle"
                  color="gray"
                  aria-label={`Remove the view ${view.name}`}
                  onClick={() => void save(view.name, null)}
                >
                  ×
                </ActionIcon>
              </Group>
            </Group>
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function SaveView({ onSave }: { onSave: (name: string) => void }) {
  const [name, setName] = useState("");
  const save = () => {
    if (name.trim() === "") return;
    onSave(name.trim());
    setName("");
  };
  return (
    <Group gap="xs" wrap="nowrap">
      <TextInput
        size="xs"
        flex={1}
        aria-label="Name of the view"
        placeholder="Save this table as …"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") save();
        }}
        data-autofocus
      />
      <Button size="xs" disabled={name.trim() === ""} onClick={save}>
        Save
      </Button>
    </Group>
  );
}

function useViewChanges(project: string) {
  const client = useQueryClient();
  const notify = useNotice();
  const after = async (change: Promise<unknown>) => {
    try {
      await change;
    } catch (error) {
      notify({ text: error instanceof Error ? error.message : String(error), isError: true });
    }
    await client.invalidateQueries({ queryKey: viewsQuery(project).queryKey });
  };
  return {
    save: (name: string, state: View["state"] | null) =>
      after(sendJson("/api/projects/{project}/views", { project }, { name, state })),
    setDefault: (name: string | null) =>
      after(sendJson("/api/projects/{project}/default-view", { project }, { name })),
  };
}
