import { Button, Group, ScrollArea, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { consoleQuery } from "../api/queries.js";
import { ErrorBox } from "../components/error-box.js";
import { showCounted } from "../components/show-cell.js";
import classes from "./console-output.module.css";

export const consoleLinesAtOnce = 500;

/** What a run printed, where it did, the last lines first seen. */
export function ConsoleOutput({ runId }: { runId: string }) {
  const [from, setFrom] = useState<number>();
  const { data, error } = useQuery(
    consoleQuery(runId, { limit: consoleLinesAtOnce, ...(from === undefined ? {} : { from }) }),
  );
  if (error) return <ErrorBox error={error} />;
  if (!data) return <Skeleton height={80} />;
  const end = data.from + data.lines.length;
  return (
    <>
      <Group gap="xs" mb={4}>
        <Text size="sm" c="dimmed">
          lines {data.from + 1} to {end} of {showCounted(data.total, "line")}
        </Text>
        <Button
          size="compact-xs"
          variant="default"
          disabled={data.from === 0}
          onClick={() => setFrom(Math.max(0, data.from - consoleLinesAtOnce))}
        >
          Earlier
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          disabled={from === undefined}
          onClick={() => setFrom(end >= data.total - consoleLinesAtOnce ? undefined : end)}
        >
          Later
        </Button>
      </Group>
      <ScrollArea.Autosize mah={420} type="auto" viewportProps={{ tabIndex: 0, "aria-label": "Console" }}>
        <pre className={classes.lines}>
          {data.lines.map(({ stream, text }, i) => (
            <span key={data.from + i} data-stream={stream}>
              {text}
              {"\n"}
            </span>
          ))}
        </pre>
      </ScrollArea.Autosize>
    </>
  );
}
