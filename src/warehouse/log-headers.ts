import { type Kind, kinds } from "../experiment/input/experiment-input.js";
import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import { earlierLogColumns } from "../tracking-log/columns.js";
import { formatLine } from "../tracking-log/csv-line.js";
import { listLogFiles, projectFolder } from "../tracking-log/read-log.js";
import { headerLine } from "../tracking-log/row.js";

/**
 * The kinds of experiment whose columns the log files of a project have: the programs that read them by
 * position do not look at each file's header.
 * @throws TrackingError STORE_NOT_READABLE for a log file with other columns than this version writes
 */
export async function logHeaders(store: Store, project: string): Promise<Set<Kind>> {
  const found = new Set<Kind>();
  const headers = [
    ...kinds.map((kind) => ({ kind, line: headerLine(kind) })),
    { kind: "classification" as const, line: formatLine(earlierLogColumns().map(({ name }) => name)) },
  ];
  const longest = Math.max(...headers.map(({ line }) => line.length));
  for (const { name } of await listLogFiles(store, project)) {
    const path = `${projectFolder(project)}/${name}`;
    const start = Buffer.from(await store.readRange(path, 0, longest)).toString();
    const kind = headers.find(({ line }) => start.startsWith(line))?.kind;
    if (kind === undefined) {
      throw new TrackingError(
        "STORE_NOT_READABLE",
        `${path} in the store ${store.address} has other columns than this version writes, and they are matched by position; use the version that wrote it, or move the file elsewhere`,
      );
    }
    found.add(kind);
  }
  return found;
}
