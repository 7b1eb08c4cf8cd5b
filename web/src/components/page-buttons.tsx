import { Button, Group, Text } from "@mantine/core";

import { showCount } from "./show-cell.js";

/** Goes through a long table page by page; nothing where it fits on one. */
export function PageButtons({
  offset,
  pageSize,
  total,
  onChange,
}: {
  offset: number;
  pageSize: number;
  total: number;
  onChange: (offset: number) => void;
}) {
  if (total <= pageSize) return null;
  return (
    <Group mt="xs" gap="xs">
      <Button
        size="compact-sm"
        variant="default"
        disabled={offset === 0}
        onClick={() => onChange(Math.max(0, offset - pageSize))}
      >
        Previous
      </Button>
      <Text size="sm">
        {showCount(offset + 1)} to {showCount(Math.min(offset + pageSize, total))}
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        disabled={offset + pageSize >= total}
        onClick={() => onChange(offset + pageSize)}
      >
        Next
      </Button>
    </Group>
  );
}
