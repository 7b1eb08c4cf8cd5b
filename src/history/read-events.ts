import { inParallel } from "../store/in-parallel.js";
import type { Store } from "../store/store.js";
import { type EventTable, EventTableBuilder } from "./event-table.js";
import { type FoldedBytes, readFolded } from "./folded-table.js";
import { foldedFileName, type HistoryPlace, historyFolder, listHistory } from "./history-folder.js";
import { type EventProblem, parseEvents } from "./parse-events.js";

/** All events of a run, in no order; those that were written twice are there twice. */
export interface ReadEvents {
  events: EventTable;
  problems: (EventProblem & { path: string })[];
  /** The number of the folded file that they are from; 0 where there is none. */
  folded: number;
  /** The files of events that lie beside it, how far they were read, and how many bytes of that are not in it. */
  files: { path: string; name: string; version: string; size: number; end: number; fresh: number }[];
  /** Folded files that hold nothing that the greatest does not. */
  former: string[];
}

const atOnce = 16;
const mostTries = 20;

/**
 * Reads what a run's processes wrote up to now: what was folded, and what lies beside it.
 * @throws TrackingError PREDICTIONS_NOT_READABLE where the folded file is damaged
 */
export async function readEvents(store: Store, place: HistoryPlace): Promise<ReadEvents> {
  for (let tries = 1; ; tries++) {
    const read = await tryToRead(store, place);
    if (read) return read;
    if (tries === mostTries) throw new Error(`${historyFolder(place)} changes whenever it is read`);
  }
}

/** @returns undefined where a file went meanwhile: its events are in another one */
async function tryToRead(store: Store, place: HistoryPlace): Promise<ReadEvents | undefined> {
  const folder = historyFolder(place);
  const listed = await listHistory(store, folder);
  const parts = listed.flatMap((file) => (file.kind === "folded" ? [file.part] : [])).sort((a, b) => a - b);
  const latest = parts.at(-1) ?? 0;
  const table = new EventTableBuilder();
  let folded: FoldedBytes = {};
  if (latest > 0) {
    const found = await readFolded(store, `${folder}/${foldedFileName(latest)}`, table);
    if (!found) return undefined;
    folded = found;
  }
  const names = listed.flatMap((file) => (file.kind === "events" ? [file.name] : [])).sort();
  const contents = new Map<string, { bytes: Uint8Array; version: string } | undefined>();
  await inParallel(names, atOnce, async (name) => {
    contents.set(name, await store.read(`${folder}/${name}`));
  });
  const read: ReadEvents = { events: table.table(), problems: [], folded: latest, files: [], former: [] };
  for (const name of names) {
    const file = contents.get(name);
    if (!file) return undefined;
    const path = `${folder}/${name}`;
    const known = folded[name] ?? 0;
    const { end, problems } = parseEvents(file.bytes, known, table);
    const { version, bytes } = file;
    read.files.push({ path, name, version, size: bytes.length, end, fresh: end - known });
    read.problems.push(...problems.map((problem) => ({ ...problem, path })));
  }
  read.events = table.table();
  read.former = parts.slice(0, -1).map((part) => `${folder}/${foldedFileName(part)}`);
  return read;
}
