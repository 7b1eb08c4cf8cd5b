import type { Store } from "../store/store.js";
import { keyList, type SortedKeys, textKey } from "./key-list.js";
import { isRetired, parseLogFileName } from "./log-file-name.js";
import { type LogShape, trackingLog } from "./log-shape.js";
import { logLines } from "./read-log.js";
import { repairLogFile } from "./repair-log-file.js";

export interface DropRepeatedOptions {
  now: () => Date;
  /** By default the log of experiments. */
  log?: LogShape;
}

/** Where rows stand that are in a project's log more than once. */
interface RepeatedRows {
  /** The last file with the row, by its key. */
  lastPath: ReadonlyMap<string, string>;
  /** The files with a row that is one too many. */
  paths: ReadonlySet<string>;
}

/**
 * Leaves one of each row in a project's log, as a removal that was stopped, or several at once, write some of
 * them twice. A row is dropped only where a later file has the same text: rows move forwards only, so that it
 * is never the last one. Looks again until nothing is repeated: whoever writes a file last sees all others.
 */
export async function dropRepeatedRows(
  store: Store,
  project: string,
  { now, log = trackingLog }: DropRepeatedOptions,
): Promise<void> {
  for (let changed = true; changed; ) {
    changed = false;
    const keys = await repeatedKeys(store, project, log);
    if (keys.size === 0) return;
    const { lastPath, paths } = await repeatedRows(store, project, log, keys);
    for (const path of paths) {
      const known = { has: (key: string) => ![undefined, path].includes(lastPath.get(key)) };
      if (await repairLogFile(store, project, path, { now: now(), known, log })) changed = true;
    }
  }
}

/** By hashes of eight bytes, so that a log of millions is looked through in little memory. */
async function repeatedKeys(store: Store, project: string, log: LogShape): Promise<SortedKeys> {
  const keys = keyList();
  for await (const line of logLines(store, project, log)) {
    if ("cells" in line) keys.add(...textKey(log.keyOf(line)));
  }
  return keys.sorted().repeated();
}

async function repeatedRows(
  store: Store,
  project: string,
  log: LogShape,
  repeated: SortedKeys,
): Promise<RepeatedRows> {
  const places = new Map<string, { text: string; paths: string[]; differ: boolean }>();
  for await (const line of logLines(store, project, log)) {
    if (!("cells" in line)) continue;
    const key = log.keyOf(line);
    if (!repeated.has(...textKey(key))) continue;
    const place = places.get(key) ?? { text: line.text, paths: [], differ: false };
    places.set(key, place);
    place.paths.push(line.path);
    place.differ ||= place.text !== line.text;
  }
  const lastPath = new Map<string, string>();
  const paths = new Set<string>();
  for (const [key, place] of places) {
    if (place.paths.length < 2 || place.differ) continue; // rows that differ are for somebody to look at
    // A file that is being removed may come back under its name, which was an earlier one.
    const last = place.paths.findLast((path) => !isBeingRemoved(project, path));
    if (last === undefined) continue;
    lastPath.set(key, last);
    const elsewhere = place.paths.filter((path) => path !== last);
    for (const path of elsewhere) paths.add(path);
    if (elsewhere.length < place.paths.length - 1) paths.add(last); // twice in it
  }
  return { lastPath, paths };
}

function isBeingRemoved(project: string, path: string): boolean {
  const file = parseLogFileName(project, path.slice(path.lastIndexOf("/") + 1));
  return file === undefined || isRetired(file);
}
