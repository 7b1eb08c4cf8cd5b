import { Alert, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { addedValueQuery } from "../../api/queries.js";
import type { ChangeAddedScore } from "../../api/types.js";
import { showScore } from "../show-cell.js";

/** What a score is for the project's newest experiment, or why it is nothing there. */
export function NewestValue({ project, given }: { project: string; given: ChangeAddedScore }) {
  const { removed: _, ...asked } = given;
  const { data, error, isPending } = useQuery(addedValueQuery(project, asked));
  return (
    <div aria-live="polite" style={{ overflowWrap: "anywhere" }}>
      {isPending && <Text size="sm">Computing it for the newest experiment …</Text>}
      {error && (
        <Text size="sm" c="red">
          {error.message}
        </Text>
      )}
      {data && data.value !== null && (
        <Text size="sm">
          <b>{showScore(data.value)}</b> for the newest experiment, {data.title}
        </Text>
      )}
      {data && data.value === null && (
        <Alert color="orange" p="xs" role="note">
          No value{data.title !== null && ` for ${data.title}`}: {data.why}
        </Alert>
      )}
    </div>
  );
}
