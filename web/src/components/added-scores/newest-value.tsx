import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { addedValueQuery } from "../../api/queries.js";
import type { ChangeAddedScore } from "../../api/types.js";
import { showScore } from "../show-cell.js";

/** What a score is for the project's newest experiment, or why it is nothing there. */
export function NewestValue({ project, given }: { project: string; given: ChangeAddedScore }) {
  const { removed: _, ...asked } = given;
  const { data, error, isPending } = useQuery(addedValueQuery(project, asked));
  return (
    <Text size="sm" aria-live="polite" {...(error ? { c: "red" } : {})} style={{ overflowWrap: "anywhere" }}>
      {isPending && "Computing it for the newest experiment …"}
      {error && error.message}
      {data && data.value !== null && (
        <>
          <b>{showScore(data.value)}</b> for the newest experiment, {data.title}
        </>
      )}
      {data &&
        data.value === null &&
        `No value${data.title === null ? "" : ` for ${data.title}`}: ${data.why}`}
    </Text>
  );
}
