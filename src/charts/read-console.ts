import { kindNames } from "../history/event.js";
import { type EventTable, sortedRows } from "../history/event-table.js";
import { eventJson } from "../history/run-state.js";
import type { ConsolePage } from "./chart-schema.js";
import type { RunEvents } from "./run-events.js";

const consoleKind = kindNames.indexOf("console");

type Line = ConsolePage["lines"][number];

const known = new WeakMap<object, { version: string; lines: Line[] }>();

/**
 * A page of what a run printed, line by line in the order of time.
 * @param from the number of its first line, from 0; where undefined, the page is the last one
 */
export function consolePage(
  runId: string,
  { events, version }: RunEvents,
  { from, limit }: { from: number | undefined; limit: number },
): ConsolePage {
  // The table's texts are one mapping for as long as the table grows.
  const before = known.get(events.texts);
  const lines = before?.version === version ? before.lines : linesOf(events);
  known.set(events.texts, { version, lines });
  const first = Math.min(from ?? Math.max(0, lines.length - limit), lines.length);
  return { run_id: runId, total: lines.length, from: first, lines: lines.slice(first, first + limit) };
}

function linesOf(events: EventTable): Line[] {
  const { kinds, keys, keyCodes, times, texts } = events;
  const rows = sortedRows(events).filter((row) => kinds[row] === consoleKind);
  // Sorted by stream first; within one time the order of the streams is not known.
  rows.sort((a, b) => times[a]! - times[b]! || a - b);
  const lines: Line[] = [];
  for (const row of rows) {
    const text = eventJson(texts.get(row));
    if (typeof text !== "string") continue;
    const stream = keys[keyCodes[row]!] === "stderr" ? "stderr" : "stdout";
    const time = new Date(times[row]!).toISOString();
    for (const line of text.replace(/\n$/, "").split("\n")) lines.push({ time, stream, text: line });
  }
  return lines;
}
