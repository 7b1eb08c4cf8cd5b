import { Alert, Code, Spoiler } from "@mantine/core";

import type { Status } from "../api/types.js";
import { showCount } from "./show-cell.js";

/** Lines of the tracking logs that are no experiments: what and where, and what mends them. */
export function StoreProblems({ status, project }: { status: Status | undefined; project?: string }) {
  if (!status || status.problem_count === 0) return null;
  const problems = status.problems.filter(
    ({ path }) => project === undefined || path.startsWith(`tracking/${project}/`),
  );
  const count = project === undefined ? status.problem_count : problems.length;
  if (count === 0) return null;
  const lines = problems.some(({ line }) => line > 0);
  return (
    <Alert
      color="orange"
      title={
        count === 1
          ? `1 ${lines ? "line" : "folder"} of the tracking logs is not an experiment`
          : `${showCount(count)} ${lines ? "lines" : "folders"} of the tracking logs are not experiments`
      }
    >
      A writer may have been killed, or a file was edited. All other experiments are shown.{" "}
      <Code>ml-tracking verify --repair</Code> moves such lines to quarantine.
      <Spoiler maxHeight={0} showLabel="Show them" hideLabel="Hide them">
        {problems.map(({ path, line, reason }) => (
          <div key={`${path}:${line}`}>
            <Code>{line > 0 ? `${path}:${line}` : path}</Code> {reason}
          </div>
        ))}
      </Spoiler>
    </Alert>
  );
}
