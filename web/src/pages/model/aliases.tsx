import { ActionIcon, Group, TagsInput } from "@mantine/core";
import { useState } from "react";

import type { ModelVersion, SetAlias } from "../../api/types.js";
import { AliasBadge } from "../../components/alias-badge.js";

export interface AliasesProps {
  version: ModelVersion;
  isWriting: boolean;
  onSet: (said: SetAlias) => Promise<boolean>;
}

/** The aliases of a version: shown, and after a click given and taken away. */
export function Aliases({ version: { version, aliases }, isWriting, onSet }: AliasesProps) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) {
    const set = (next: readonly string[]) => {
      const added = next.find((alias) => !aliases.includes(alias));
      const removed = aliases.find((alias) => !next.includes(alias));
      if (added !== undefined) void onSet({ alias: added, version });
      else if (removed !== undefined) void onSet({ alias: removed, version: null });
    };
    return (
      <TagsInput
        size="xs"
        miw={180}
        aria-label={`Aliases of version ${version}`}
        description="Enter gives one, × takes it away"
        autoFocus
        disabled={isWriting}
        value={aliases}
        onChange={set}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => {
          if (event.key === "Escape") setOpen(false);
        }}
      />
    );
  }
  return (
    <Group gap={4} wrap="nowrap">
      {aliases.map((alias) => (
        <AliasBadge key={alias} alias={alias} />
      ))}
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`Edit the aliases of version ${version}`}
        onClick={() => setOpen(true)}
      >
        <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" fill="none" stroke="currentColor">
          <path d="m2 12 .6-2.8L9.8 2l2.2 2.2-7.2 7.2z" />
        </svg>
      </ActionIcon>
    </Group>
  );
}
