import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Popover,
  ScrollArea,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useState } from "react";

import type { Columns } from "../../api/types.js";

export interface ColumnChooserProps {
  all: Columns["columns"];
  /** Names of the columns that are shown, in their order. */
  shown: readonly string[];
  /** None: back to what is shown without a choice. */
  onChange: (names: string[]) => void;
}

const mostListed = 200;
const kinds = {
  fixed: "Experiment",
  annotation: "Said afterwards",
  score: "Scores",
  added: "Scores of this project",
  parameter: "Model parameters",
  extra: "Extra parameters",
  tag: "Tags",
  metric: "Metrics",
  first: "First values",
  min: "Least values",
  max: "Greatest values",
} as const satisfies Record<Columns["columns"][number]["kind"], string>;

/** Which columns are shown, and in which order. */
export function ColumnChooser({ all, shown, onChange }: ColumnChooserProps) {
  const [wanted, setWanted] = useState("");
  const matches = all.filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase()));
  const isShown = new Set(shown);
  const move = (name: string, by: number) => {
    const next = shown.filter((other) => other !== name);
    next.splice(Math.max(0, shown.indexOf(name) + by), 0, name);
    onChange(next);
  };
  return (
    <Popover position="bottom-start" width={320} trapFocus>
      <Popover.Target>
        <Button size="compact-sm" variant="default" fw={400} mt={4}>
          Columns ({shown.length})
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <TextInput
            size="xs"
            aria-label="Search columns"
            placeholder="Search columns"
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
            data-autofocus
          />
          <Button size="compact-xs" variant="subtle" onClick={() => onChange([])}>
            Reset to the default columns
          </Button>
          <ScrollArea.Autosize mah={360} viewportProps={{ tabIndex: 0 }}>
            {Object.entries(kinds).map(([kind, title]) => {
              const listed = matches.filter((column) => column.kind === kind).slice(0, mostListed);
              if (listed.length === 0) return null;
              return (
                <Stack key={kind} gap={4} mb="xs">
                  <Text size="xs" fw={600} c="dimmed">
                    {title}
                  </Text>
                  {listed.map(({ name, count }) => (
                    <Group key={name} gap={2} wrap="nowrap" justify="space-between">
                      <Checkbox
                        size="xs"
                        label={name}
                        description={count === 0 ? "no values" : undefined}
                        checked={isShown.has(name)}
                        onChange={(event) =>
                          onChange(
                            event.currentTarget.checked
                              ? [...shown, name]
                              : shown.filter((other) => other !== name),
                          )
                        }
                      />
                      {isShown.has(name) && (
                        <Group gap={0} wrap="nowrap">
                          <ActionIcon
                            size="xs"
                            variant="subtle"
                            aria-label={`Move ${name} left`}
                            onClick={() => move(name, -1)}
                          >
                            ←
                          </ActionIcon>
                          <ActionIcon
                            size="xs"
                            variant="subtle"
                            aria-label={`Move ${name} right`}
                            onClick={() => move(name, 1)}
                          >
                            →
                          </ActionIcon>
                        </Group>
                      )}
                    </Group>
                  ))}
                </Stack>
              );
            })}
            {matches.length > mostListed && (
              <Text size="xs">Search to see more of {matches.length} columns.</Text>
            )}
          </ScrollArea.Autosize>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
