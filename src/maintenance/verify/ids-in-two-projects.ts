import type { SortedKeys } from "../../tracking-log/key-list.js";
import type { VerifiedLog, VerifyJob } from "./verify-job.js";

/** The row that is looked at: its place, its id and that id's key. */
interface Row {
  path: string;
  line: number;
  id: string;
  key: readonly [number, number];
}

/**
 * Tells of ids that experiments of two projects have.
 * @param several the ids that more than one project has
 * @returns is given the first row of each id of a project, with the project's place in `logs`
 */
export function idsInTwoProjects(
  { findings }: VerifyJob,
  logs: readonly VerifiedLog[],
  several: SortedKeys,
): (number: number, row: Row) => Promise<void> {
  const firstProject = new Int32Array(several.size).fill(-1);
  return async (number, { path, line, id, key }) => {
    const place = several.indexOf(...key);
    if (place < 0) return;
    const first = firstProject[place]!;
    if (first < 0) {
      firstProject[place] = number;
      return;
    }
    const message = `${id} is an experiment of the project ${logs[first]!.project}, too: name the project with --project to get this one`;
    const { project } = logs[number]!;
    await findings.add({ kind: "id-in-two-projects", project, path, line, message, repaired: false });
  };
}
