import { Badge } from "@mantine/core";

import type { Run } from "../api/types.js";
import { showAgo } from "../components/show-cell.js";

const colours = { running: "blue", finished: "green", failed: "red", killed: "orange" } as const;

/** How a run stands: one that gave no sign of life is never called finished. */
export function StatusBadge({ run }: { run: Pick<Run, "status" | "lost_contact" | "last_seen_at"> }) {
  if (run.lost_contact) {
    const since = run.last_seen_at === null ? "" : ` ${showAgo(run.last_seen_at, Date.now())}`;
    return (
      <Badge color="orange" variant="light" tt="none">
        lost contact{since}
      </Badge>
    );
  }
  return (
    <Badge color={colours[run.status]} variant={run.status === "running" ? "dot" : "light"} tt="none">
      {run.status}
    </Badge>
  );
}
