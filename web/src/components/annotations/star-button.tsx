import { ActionIcon } from "@mantine/core";

import { useAnnotate } from "./use-annotate.js";

/** Stars an experiment, or takes its star away. */
export function StarButton({ id, isStarred }: { id: string; isStarred: boolean }) {
  const annotate = useAnnotate();
  return (
    <ActionIcon
      variant="subtle"
      color={isStarred ? "yellow" : "gray"}
      size="sm"
      aria-label="Star"
      aria-pressed={isStarred}
      onClick={() => void annotate([id], { starred: !isStarred })}
    >
      <svg
        width="16"
        height="16"
        viewBox="0 0 16 16"
        aria-hidden="true"
        fill={isStarred ? "currentColor" : "none"}
        stroke="currentColor"
      >
        <path d="m8 1.6 1.95 4 4.4.6-3.2 3.1.78 4.4L8 11.6l-3.93 2.1.78-4.4-3.2-3.1 4.4-.6z" />
      </svg>
    </ActionIcon>
  );
}
