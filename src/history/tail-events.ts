import { inParallel } from "../store/in-parallel.js";
import type { Store } from "../store/store.js";
import { type EventTable, EventTableBuilder } from "./event-table.js";
import { readFolded } from "./folded-table.js";
import { foldedFileName, latestFolded, listHistory } from "./history-folder.js";
import { parseEvents } from "./parse-events.js";

/** How far the events of a run were read. */
export interface Tail {
  /** The number of the folded file that was read; 0 without one. */
  folded: number;
  /** Bytes by file of events. */
  offsets: Map<string, number>;
}

/** Takes events as they are read: in no order, and some twice. */
export interface EventTaker {
  take(events: EventTable): void;
  /** Forgets all that was taken: everything comes anew. */
  restart(): void;
  /** Whether a writer is of this process, which knows what it wrote. */
  isOwn?(writer: string): boolean;
}

const chunkSize = 8 * 2 ** 20;
const mostTries = 5;
const partsAtOnce = 16;

export function newTail(): Tail {
  return { folded: 0, offsets: new Map() };
}

/** The same text where nothing was written since. */
export function tailVersion({ folded, offsets }: Tail): string {
  const read = [...offsets].map(([name, end]) => `${name} ${end}`);
  return `${folded}: ${read.sort().join(", ")}`;
}

/**
 * Reads on in a run's folder from where the tail is.
 * @throws TrackingError PREDICTIONS_NOT_READABLE where the folded file is damaged
 */
export async function readOn(store: Store, folder: string, tail: Tail, taker: EventTaker): Promise<void> {
  for (let tries = 0; tries < mostTries; tries++) {
    if (await tryToReadOn(store, folder, tail, taker)) return;
  }
}

/** @returns false where a file went meanwhile: its events are in a folded one */
async function tryToReadOn(store: Store, folder: string, tail: Tail, taker: EventTaker): Promise<boolean> {
  const listed = await listHistory(store, folder);
  const latest = latestFolded(listed);
  if (latest !== tail.folded) {
    const table = new EventTableBuilder();
    const folded = await readFolded(store, `${folder}/${foldedFileName(latest)}`, table);
    if (!folded) return false;
    taker.restart();
    taker.take(table.table());
    tail.folded = latest;
    tail.offsets = new Map(Object.entries(folded));
  }
  const names = listed
    .flatMap((file) => (file.kind === "events" && !taker.isOwn?.(file.writer) ? [file.name] : []))
    .sort();
  if (store.appendsByRewriting) return readParts(store, folder, names, tail, taker);
  for (const name of names) {
    if (!(await readFile(store, `${folder}/${name}`, name, tail, taker))) return false;
  }
  return true;
}

/** A part in a bucket never changes, and is small: new ones are fetched whole, some at a time. */
async function readParts(
  store: Store,
  folder: string,
  names: readonly string[],
  { offsets }: Tail,
  taker: EventTaker,
): Promise<boolean> {
  let areAllThere = true;
  const fresh = names.filter((name) => !offsets.has(name));
  await inParallel(fresh, partsAtOnce, async (name) => {
    const file = await store.read(`${folder}/${name}`);
    if (!file) {
      areAllThere = false;
      return;
    }
    offsets.set(name, takeLines(file.bytes, taker));
  });
  return areAllThere;
}

/** @returns the bytes of the whole lines that were taken */
function takeLines(bytes: Uint8Array, taker: EventTaker): number {
  const table = new EventTableBuilder();
  const { end } = parseEvents(bytes, 0, table);
  taker.take(table.table());
  return end;
}

async function readFile(
  store: Store,
  path: string,
  name: string,
  { offsets }: Tail,
  taker: EventTaker,
): Promise<boolean> {
  const file = await store.stat(path);
  if (!file) return false;
  let length = chunkSize;
  for (let at = offsets.get(name) ?? 0; at < file.size; ) {
    const bytes = await store.readRange(path, at, Math.min(file.size, at + length));
    const end = takeLines(bytes, taker);
    at += end;
    offsets.set(name, at);
    if (end > 0) length = chunkSize;
    else if (bytes.length < length)
      break; // its last line is on its way
    else length *= 2;
  }
  return true;
}
