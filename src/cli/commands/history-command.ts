import { nearest } from "../../experiment/nearest.js";
import { type RunHistory, readHistory } from "../../jobs/read-runs.js";
import { numberText } from "../../run/metric-number.js";
import { systemPrefix } from "../../run/run-record.js";
import { TrackingError } from "../../tracking-error.js";
import { formatLine } from "../../tracking-log/csv-line.js";
import type { StoreFlags } from "../define-command.js";
import type { Terminal } from "../terminal.js";

export interface HistoryFlags extends StoreFlags {
  project?: string;
  metric?: string[];
  system?: boolean;
}

const pointsAtOnce = 10_000;

export async function historyCommand(id: string, options: HistoryFlags, terminal: Terminal): Promise<void> {
  const { metric: keys, system, project, store } = options;
  const place = { ...(store === undefined ? {} : { store }), project };
  const everything = await readHistory(id, { ...place, keys: keys ?? (system ? "all" : undefined) });
  if (keys) await refuseUnknown(keys, everything, id, place);
  const { runId, values, problems } = everything;
  for (const { path, line, reason } of problems) terminal.talk(`warning: ${path}, line ${line}: ${reason}`);
  const json = options.json;
  await terminal.out(json ? `{"run_id":${JSON.stringify(runId)},"points":[` : "key,step,time,value\n", {
    exact: true,
  });
  for (let at = 0; at < values.length; at += pointsAtOnce) {
    const end = Math.min(at + pointsAtOnce, values.length);
    const points = Array.from({ length: end - at }, (_, i) => point(everything, at + i));
    const text = json
      ? `${at === 0 ? "" : ","}${points.map((each) => JSON.stringify(each)).join(",")}`
      : points
          .map(({ key, step, time, value }) => formatLine([key, String(step), time, String(value)]))
          .join("");
    await terminal.out(text, { exact: true });
  }
  if (json) await terminal.out(`],"problems":${JSON.stringify(problems)}}\n`);
  else if (values.length === 0)
    terminal.talk(
      `the run ${runId} has no metrics${system ? "" : " but those of the system, which --system shows"}`,
    );
}

/** A value that JSON has no number for is a text. */
export function point(history: RunHistory, i: number) {
  const value = history.values[i]!;
  return {
    key: history.keys[history.keyCodes[i]!]!,
    step: history.steps[i]!,
    time: new Date(history.times[i]!).toISOString(),
    value: Number.isFinite(value) ? value : numberText(value),
  };
}

async function refuseUnknown(
  asked: readonly string[],
  found: RunHistory,
  id: string,
  place: { store?: string; project: string | undefined },
): Promise<void> {
  const missing = asked.find((key) => !found.keys.includes(key));
  if (missing === undefined) return;
  const { keys } = await readHistory(id, { ...place, keys: "all" });
  const guess = nearest(missing, keys);
  const own = keys.filter((key) => !key.startsWith(systemPrefix));
  const wayOut =
    guess === undefined
      ? own.length === 0
        ? "it has none"
        : `it has ${own.slice(0, 10).join(", ")}${own.length > 10 ? ", ..." : ""}`
      : `did you mean ${guess}?`;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `--metric is ${JSON.stringify(missing)}, which the run ${id} has no point of; ${wayOut}`,
  );
}
