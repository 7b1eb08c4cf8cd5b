import type { JsonValue } from "../experiment/json-value.js";
import { numberText } from "../run/metric-number.js";

/** What an event says. `meaning` is Markdown, for docs/file-format.md. */
export const eventKinds = {
  metric: "the metric `key` had the number `value` at `step`",
  parameter: "the parameter `key` is `value`, as JSON",
  tag: "the tag `key` is `value`, a text as JSON; removed where `value` is empty",
  console: "`key` is `stdout` or `stderr`, `value` what was printed, a text as JSON",
  artifact: "the artifact `key` was kept, of `value` bytes",
  dataset: "the data set `key` was used; `value` is what is known of it, as JSON",
  model: 'the model `key` was an input or an output of the run; `value` is `{"role", "step"}` as JSON',
  heartbeat: "the writer was alive; the next one comes after `key` seconds",
} as const;

export type EventKind = keyof typeof eventKinds;
export const kindNames = Object.keys(eventKinds) as EventKind[];

/** One moment of a run: numbers of some metrics at one step, or what else became known. */
export type RunEvent = {
  /** Milliseconds since 1970, in UTC. */
  time: number;
} & (
  | { kind: "metric"; step: number; values: Readonly<Record<string, number>>; context?: string }
  | { kind: Exclude<EventKind, "metric">; key: string; value: JsonValue | undefined }
);

export const eventColumns = ["time", "step", "kind", "key", "value", "context"] as const;
export const eventHeader = `${eventColumns.join(",")}\n`;

/** An event as lines of CSV: a metric has one. */
export function eventLines(event: RunEvent): string {
  if (event.kind !== "metric") {
    const json = event.value === undefined ? "" : JSON.stringify(event.value);
    return `${timeText(event.time)},,${event.kind},${cell(event.key)},${cell(json)},\n`;
  }
  const { time, step, values, context } = event;
  let lines = "";
  for (const key in values) lines += metricLine({ time, step, key, value: values[key]!, context });
  return lines;
}

/** One metric's number as a line of CSV. */
export function metricLine({
  time,
  step,
  key,
  value,
  context = "",
}: {
  time: number;
  step: number;
  key: string;
  value: number;
  context?: string | undefined;
}): string {
  return `${timeText(time)},${step},metric,${cell(key)},${numberText(value)},${cell(context)}\n`;
}

let lastTime = Number.NaN;
let lastText = "";

/** Events come in bursts of one millisecond. */
function timeText(time: number): string {
  if (time !== lastTime) {
    lastTime = time;
    lastText = new Date(time).toISOString();
  }
  return lastText;
}

const needsQuotes = /[",]/;

function cell(text: string): string {
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Why a text cannot be the name of a metric, a parameter or a tag; undefined where it can. */
export function whyNoKey(key: string): string | undefined {
  if (key === "") return "it is empty";
  if (key.length > longestKey) return `it has ${key.length} characters, over ${longestKey}`;
  if (!key.isWellFormed()) return "it has half of a surrogate pair";
  return /[\p{Cc}\u2028\u2029]/u.test(key) ? "it has a line break or another control character" : undefined;
}
const longestKey = 250;
