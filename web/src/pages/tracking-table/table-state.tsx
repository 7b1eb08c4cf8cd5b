import { Badge, Button, Group, Text, TextInput } from "@mantine/core";
import { useState } from "react";

import type { Cell, Column } from "../../api/types.js";
import { useAnnotate } from "../../components/annotations/use-annotate.js";
import { andCell } from "../../components/filter-text.js";
import { PageButton } from "../../components/page-link.js";
import { showCounted } from "../../components/show-cell.js";
import { useTrackingAddress } from "./address.js";

/** By what the table is sorted and grouped; each can be taken away. */
export function OrderBadges() {
  const { search, change } = useTrackingAddress();
  const { sort = [], group = [] } = search;
  return (
    <>
      {sort.map((key) => (
        <RemovableBadge
          key={key}
          label={`Do not sort by ${key}`}
          onRemove={() => change({ sort: sort.filter((other) => other !== key) })}
        >
          {key.replace(/:desc$/, " ↓").replace(/:asc$/, " ↑")}
        </RemovableBadge>
      ))}
      {group.map((name) => (
        <RemovableBadge
          key={name}
          color="grape"
          label={`Do not group by ${name}`}
          onRemove={() => change({ group: group.filter((other) => other !== name) })}
        >
          {`grouped by ${name}`}
        </RemovableBadge>
      ))}
    </>
  );
}

interface RemovableBadgeProps {
  color?: string;
  /** Of the button that takes it away. */
  label: string;
  onRemove: () => void;
  children: string;
}

function RemovableBadge({ color, label, onRemove, children }: RemovableBadgeProps) {
  return (
    <Badge
      size="sm"
      {...(color === undefined ? {} : { color })}
      variant="light"
      tt="none"
      rightSection={
        <button
          type="button"
          aria-label={label}
          onClick={onRemove}
          style={{ all: "unset", cursor: "pointer", padding: "0 2px" }}
        >
          ×
        </button>
      }
    >
      {children}
    </Badge>
  );
}

export interface ActiveCell {
  column: Column;
  value: Cell;
}

/** What can be done with the value of the cell that is chosen. */
export function CellActions({ cell: { column, value } }: { cell: ActiveCell }) {
  const { search, change } = useTrackingAddress();
  const { filter, group = [] } = search;
  return (
    <Group gap={4}>
      <Button
        size="compact-xs"
        variant="light"
        onClick={() => change({ filter: andCell(filter, column, value, true) })}
      >
        Only {column.name} = {String(value ?? "nothing").slice(0, 30)}
      </Button>
      <Button
        size="compact-xs"
        variant="light"
        color="gray"
        onClick={() => change({ filter: andCell(filter, column, value, false) })}
      >
        All others
      </Button>
      <Button
        size="compact-xs"
        variant="light"
        color="grape"
        onClick={() => change({ group: [...group, column.name] })}
      >
        Group by {column.name}
      </Button>
    </Group>
  );
}

/** The experiments whose boxes are ticked: compared, or something is said of all of them. */
export function Selection({ ids }: { ids: readonly string[] }) {
  const { change } = useTrackingAddress();
  const annotate = useAnnotate();
  const count = showCounted(ids.length, "experiment");
  const clear = () => change({ select: undefined });
  const archive = () =>
    annotate(ids, { archived: true }, { text: `${count} archived`, undo: { archived: false } });
  const remove = () =>
    annotate(ids, { deleted: true }, { text: `${count} in the trash`, undo: { deleted: false } });
  return (
    <Group gap={4} ml="auto">
      <Text size="sm">{ids.length} selected</Text>
      {ids.length > 1 ? (
        <PageButton to="/compare" search={{ id: [...ids] }} size="compact-xs">
          Compare
        </PageButton>
      ) : (
        <Text size="sm" c="dimmed">
          choose another to compare
        </Text>
      )}
      <TagAll ids={ids} />
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => void archive().then((isDone) => isDone && clear())}
      >
        Archive
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        c="red"
        onClick={() => void remove().then((isDone) => isDone && clear())}
      >
        Delete
      </Button>
      <Button size="compact-xs" variant="default" onClick={clear}>
        Clear
      </Button>
    </Group>
  );
}

/** Gives a tag to all of some experiments. */
function TagAll({ ids }: { ids: readonly string[] }) {
  const annotate = useAnnotate();
  const [tag, setTag] = useState<string>();
  if (tag === undefined) {
    return (
      <Button size="compact-xs" variant="default" onClick={() => setTag("")}>
        Tag
      </Button>
    );
  }
  const save = async () => {
    const added = tag.trim();
    const done = { text: `Tagged ${added}`, undo: { remove_tags: [added] } };
    if (added === "" || (await annotate(ids, { add_tags: [added] }, done))) setTag(undefined);
  };
  return (
    <TextInput
      size="xs"
      w={120}
      autoFocus
      aria-label="Tag for all that are selected"
      placeholder="tag, Enter"
      value={tag}
      onChange={(event) => setTag(event.currentTarget.value)}
      onBlur={() => setTag(undefined)}
      onKeyDown={(event) => {
        if (event.key === "Enter") void save();
        if (event.key === "Escape") setTag(undefined);
      }}
    />
  );
}
