import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import { listLogFiles, projectFolder } from "../tracking-log/read-log.js";
import { headerLine } from "../tracking-log/row.js";
import { formerHeaders } from "./check/log-header.js";

/**
 * The headers of a project's log files: the programs that read them by position do not look at each.
 * @throws TrackingError STORE_NOT_READABLE for a log file with other columns than a version up to this writes
 */
export async function logHeaders(store: Store, project: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const known = [headerLine, ...formerHeaders];
  const longest = Math.max(...known.map(({ length }) => length));
  for (const { name } of await listLogFiles(store, project)) {
    const path = `${projectFolder(project)}/${name}`;
    const start = Buffer.from(await store.readRange(path, 0, longest)).toString();
    const header = known.find((line) => start.startsWith(line));
    if (header === undefined) {
      throw new TrackingError(
        "STORE_NOT_READABLE",
        `${path} in the store ${store.address} has other columns than this version writes, and they are matched by position; use the version that wrote it, or move the file elsewhere`,
      );
    }
    found.add(header);
  }
  return found;
}
