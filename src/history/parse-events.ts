import { textNumber } from "../run/metric-number.js";
import { parseLine } from "../tracking-log/csv-line.js";
import { splitLines } from "../tracking-log/read-log.js";
import { eventColumns, eventHeader, kindNames } from "./event.js";
import { type EventTableBuilder, metricKind } from "./event-table.js";

/** A line of events that cannot be read, and why; lines count from 1, the header. */
export interface EventProblem {
  line: number;
  reason: string;
}

/**
 * Reads a file of events. A broken line costs no other one.
 * @param skip so many bytes at the beginning are known already; they end with a line
 * @returns up to where it was read: a last line without a line break may become whole later
 */
export function parseEvents(
  bytes: Uint8Array,
  skip: number,
  table: EventTableBuilder,
): { end: number; problems: EventProblem[] } {
  const end = bytes.lastIndexOf(0x0a) + 1;
  const problems: EventProblem[] = [];
  let line = 0;
  if (skip > 0) for (const byte of bytes.subarray(0, skip)) if (byte === 0x0a) line += 1;
  for (const { text, problem } of splitLines(bytes.subarray(Math.min(skip, end), end))) {
    line += 1;
    if (line === 1 && `${text}\n` === eventHeader) continue;
    const reason = problem ?? (text === "" ? undefined : addLine(text, table));
    if (reason !== undefined) problems.push({ line, reason });
  }
  if (end < bytes.length) {
    problems.push({
      line: line + 1,
      reason: "it has no line break at its end: whoever wrote it was stopped",
    });
  }
  return { end, problems };
}

const unfinished = "it has no line break at its end: whoever wrote it was stopped";

/** Whether a problem is that of a last line, which may be on its way. */
export function isUnfinished(reason: string): boolean {
  return reason === unfinished;
}

let lastTime = "";
let lastMilliseconds = Number.NaN;

function milliseconds(time: string): number {
  if (time !== lastTime) {
    lastTime = time;
    lastMilliseconds = Date.parse(time);
  }
  return lastMilliseconds;
}

/** @returns why the line is no event; undefined where it was added */
function addLine(line: string, table: EventTableBuilder): string | undefined {
  const parsed = line.includes('"') ? parseLine(line) : { fields: line.split(",") };
  if ("broken" in parsed) return parsed.broken;
  const { fields } = parsed;
  if (fields.length !== eventColumns.length) {
    return `it has ${fields.length} fields where an event has ${eventColumns.length}`;
  }
  const [timeText, stepText, kindText, key, valueText, context] = fields as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const time = milliseconds(timeText);
  if (Number.isNaN(time)) return `time is ${shown(timeText)}, not a time`;
  const kind = kindText === "metric" ? metricKind : kindNames.indexOf(kindText as never);
  if (kind < 0) return `the kind ${shown(kindText)} is none that this version knows`;
  if (kind !== metricKind) {
    table.add({ kind, key, step: 0, time, value: Number.NaN, text: valueText, context });
    return undefined;
  }
  const step = Number(stepText);
  if (stepText === "" || !Number.isSafeInteger(step)) return `step is ${shown(stepText)}, not a whole number`;
  const value = textNumber(valueText);
  if (value === undefined) return `value is ${shown(valueText)}, not a number`;
  table.add({ kind, key, step, time, value, text: undefined, context });
  return undefined;
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}
