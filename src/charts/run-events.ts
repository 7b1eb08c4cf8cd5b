import { type EventTable, EventTableBuilder } from "../history/event-table.js";
import { type HistoryPlace, historyFolder } from "../history/history-folder.js";
import { newTail, readOn, type Tail, tailVersion } from "../history/tail-events.js";
import type { Store } from "../store/store.js";

/** All events of a run as they are now, in no order, some of them twice. */
export interface RunEvents {
  events: EventTable;
  /** The same text where nothing was written since. */
  version: string;
}

/** The events of runs that are looked at, in memory: what came since is read on. */
export interface RunEventsCache {
  /** @throws TrackingError PREDICTIONS_NOT_READABLE */
  read(run: HistoryPlace): Promise<RunEvents>;
}

interface Held {
  tail: Tail;
  table: EventTableBuilder;
  reading: Promise<unknown>;
}

/** Of all runs together; a row takes some 40 bytes. The one that was asked for longest ago goes first. */
const mostRows = 8_000_000;

export function runEventsCache(store: Store): RunEventsCache {
  const runs = new Map<string, Held>();
  return {
    async read(run) {
      const folder = historyFolder(run);
      const held = runs.get(folder) ?? {
        tail: newTail(),
        table: new EventTableBuilder(),
        reading: Promise.resolve(),
      };
      runs.delete(folder); // and back at the end: the one asked for last
      runs.set(folder, held);
      // One reads on at a time; whoever comes meanwhile reads after it.
      const reading = held.reading.then(() => readOn(store, folder, held.tail, takerOf(held)));
      held.reading = reading.catch(() => runs.delete(folder));
      await reading;
      dropOldest(runs);
      return { events: held.table.table(), version: tailVersion(held.tail) };
    },
  };
}

function takerOf(held: Held) {
  return {
    take: (events: EventTable) => addAll(held.table, events),
    restart: () => {
      held.table = new EventTableBuilder();
    },
  };
}

function addAll(table: EventTableBuilder, events: EventTable): void {
  const { rows, kinds, keys, keyCodes, steps, times, values, texts, contexts } = events;
  for (let i = 0; i < rows; i++) {
    table.add({
      kind: kinds[i]!,
      key: keys[keyCodes[i]!]!,
      step: steps[i]!,
      time: times[i]!,
      value: values[i]!,
      text: texts.get(i),
      context: contexts.get(i),
    });
  }
}

function dropOldest(runs: Map<string, Held>): void {
  let rows = [...runs.values()].reduce((sum, { table }) => sum + table.rows, 0);
  for (const [folder, { table }] of runs) {
    if (rows <= mostRows || runs.size === 1) return;
    runs.delete(folder);
    rows -= table.rows;
  }
}
