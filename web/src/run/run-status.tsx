import { Badge, Text } from "@mantine/core";

import type { Run, Runs } from "../api/types.js";
import { showAgo } from "../components/show-cell.js";

const colours = { running: "blue", finished: "green", failed: "red", killed: "orange" } as const;

export type RunState = Pick<Run, "status" | "lost_contact" | "last_seen_at">;

/** How a run stands: one that gave no sign of life is never called finished. */
export function StatusBadge({ run }: { run: RunState }) {
  return (
    <Badge color={colourOf(run)} variant={isGoingOn(run) ? "dot" : "light"} tt="none">
      {statusText(run)}
    </Badge>
  );
}

/** The same where many stand below each other. */
export function StatusText({ run }: { run: RunState }) {
  const shade = (depth: 4 | 9) => `var(--mantine-color-${colourOf(run)}-${depth})`;
  return (
    // Small text has to stand out from white, and from the row under the pointer, by more than Mantine's darkest.
    <Text span inherit c={`light-dark(color-mix(in srgb, ${shade(9)} 75%, black), ${shade(4)})`}>
      {statusText(run)}
    </Text>
  );
}

function isGoingOn({ status, lost_contact: isLost }: RunState): boolean {
  return status === "running" && !isLost;
}

function colourOf({ status, lost_contact: isLost }: RunState): string {
  return isLost ? "orange" : colours[status];
}

function statusText({ status, lost_contact: isLost, last_seen_at: seen }: RunState): string {
  if (!isLost) return status;
  return seen === null ? "lost contact" : `lost contact ${showAgo(seen, Date.now())}`;
}

/** The columns of a table of runs that say how each stands. */
export const stateColumns = ["status", "lost_contact", "last_seen_at"];

export function runState(runs: Runs, row: number): RunState {
  const [status, lost, seen] = stateColumns.map(
    (name) => runs.rows[row]?.[runs.columns.findIndex((column) => column.name === name)],
  );
  return {
    status: status as RunState["status"],
    lost_contact: lost === true,
    last_seen_at: typeof seen === "string" ? seen : null,
  };
}
