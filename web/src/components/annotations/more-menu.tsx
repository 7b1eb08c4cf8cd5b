import { ActionIcon, Menu } from "@mantine/core";

import { useAnnotate } from "./use-annotate.js";

export interface MoreMenuProps {
  id: string;
  title: string;
  isArchived: boolean;
  /** Told when it is in the trash. */
  onDeleted: () => void;
  /** Told when it is back from there. */
  onRestored?: () => void;
}

/** What is done with an experiment more rarely. */
export function MoreMenu({ id, title, isArchived, onDeleted, onRestored }: MoreMenuProps) {
  const annotate = useAnnotate();
  const archive = () =>
    annotate(
      [id],
      { archived: !isArchived },
      {
        text: isArchived ? `${title} is in the rankings again` : `${title} is archived: left out of rankings`,
        undo: { archived: isArchived },
      },
    );
  const remove = async () => {
    const done = {
      text: `${title} is in the trash`,
      undo: { deleted: false },
      ...(onRestored && { onUndone: onRestored }),
    };
    if (await annotate([id], { deleted: true }, done)) onDeleted();
  };
  return (
    // Its placeholder is no item, and what is outside of the page's parts is not found by screen readers.
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="More">
          ⋯
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void archive()}>{isArchived ? "Unarchive" : "Archive"}</Menu.Item>
        <Menu.Item c="red" onClick={() => void remove()}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
