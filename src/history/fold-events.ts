import { parquetChunks } from "../predictions/write/write-predictions.js";
import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import { EventTableBuilder } from "./event-table.js";
import { foldedTable, readFolded } from "./folded-table.js";
import { foldedFileName, type HistoryPlace, historyFolder } from "./history-folder.js";
import { isUnfinished } from "./parse-events.js";
import { type ReadEvents, readEvents } from "./read-events.js";

const mostTries = 20;

/** What lies beside the folded file is folded when there are so many files of it, or so large a part. */
const mostBeside = { files: 100, share: 0.25 };

/** A run that was folded and then went on a little stays as it is. */
async function isWorthFolding(store: Store, folder: string, { files, folded }: ReadEvents): Promise<boolean> {
  if (folded === 0 || files.length > mostBeside.files) return true;
  const fresh = files.reduce((sum, file) => sum + file.fresh, 0);
  const before = await store.stat(`${folder}/${foldedFileName(folded)}`);
  return before === undefined || fresh > mostBeside.share * before.size;
}

export interface FoldOptions {
  /** The events as they were just read. */
  read?: ReadEvents;
  /** True where nobody writes to the run any more: then also what is little, and a torn last line is final. */
  isOver?: boolean;
}

/**
 * Puts all events of a run into one Parquet file, and removes what they were in; a file with lines that are no
 * events goes to `quarantine/`. The Parquet file says how far it goes into each file of events, and readers begin
 * there: whenever this is stopped, nothing is lost or there twice.
 * @throws TrackingError STORE_NOT_WRITABLE
 */
export async function foldEvents(
  store: Store,
  place: HistoryPlace,
  { read, isOver = false }: FoldOptions = {},
): Promise<void> {
  const folder = historyFolder(place);
  for (let tries = 0; tries < mostTries; tries++) {
    const now = tries === 0 && read ? read : await readEvents(store, place);
    const hasFresh = now.files.some(({ fresh }) => fresh > 0);
    if (hasFresh && !isOver && !(await isWorthFolding(store, folder, now))) return;
    await quarantine(store, now, isOver);
    if (!hasFresh || (await writeFolded(store, folder, now))) return clean(store, now, isOver);
  }
  throw new TrackingError(
    "STORE_NOT_WRITABLE",
    `cannot fold the events in ${folder}: ${mostTries} tries met others that fold them`,
  );
}

/** @returns false where another process folded them at the same time */
async function writeFolded(store: Store, folder: string, read: ReadEvents): Promise<boolean> {
  const path = `${folder}/${foldedFileName(read.folded + 1)}`;
  const table = foldedTable(read.events, Object.fromEntries(read.files.map(({ name, end }) => [name, end])));
  if ((await store.create(path, parquetChunks(table))) === "exists") return false;
  const written = new EventTableBuilder();
  await readFolded(store, path, written);
  if (!isSame(table.rows, table, written)) {
    const file = await store.stat(path);
    if (file) await store.removeIfUnchanged(path, file.version);
    throw new TrackingError(
      "STORE_NOT_WRITABLE",
      `the events in ${folder} came back otherwise from ${path} than they were written; they stay in the files that they are in`,
    );
  }
  read.former.push(...(read.folded > 0 ? [`${folder}/${foldedFileName(read.folded)}`] : []));
  return true;
}

function isSame(rows: number, table: ReturnType<typeof foldedTable>, written: EventTableBuilder): boolean {
  const back = foldedTable(written.table(), {});
  if (back.rows !== rows) return false;
  return ["step", "time", "value"].every((name) => {
    const [a, b] = [table, back].map(
      ({ columns }) => columns.find((column) => column.name === name) as { values: Float64Array },
    );
    return a!.values.every((value, i) => Object.is(value, b!.values[i]));
  });
}

/** Removes what is folded whole. What came after it was read stays. */
async function clean(store: Store, { files, former }: ReadEvents, isOver: boolean): Promise<void> {
  for (const { path, version, size, end } of files) {
    if (end === size || isOver) await store.removeIfUnchanged(path, version);
  }
  for (const path of former) {
    const file = await store.stat(path);
    if (file) await store.removeIfUnchanged(path, file.version);
  }
}

/** Keeps files with lines that are no events where nobody reads them, before they are folded and removed. */
async function quarantine(store: Store, { files, problems }: ReadEvents, isOver: boolean): Promise<void> {
  for (const { path, size } of files) {
    const those = problems.filter((problem) => problem.path === path);
    if (!those.some(({ reason }) => isOver || !isUnfinished(reason))) continue;
    const file = await store.read(path);
    if (file) await store.create(`quarantine/${path}.${size}`, [file.bytes.subarray(0, size)]);
  }
}
