import { setTimeout as sleep } from "node:timers/promises";
import { experimentTitle } from "../../experiment/experiment-title.js";
import { type RunHistory, readHistory, readRun, type ShownRun } from "../../jobs/read-runs.js";
import { TrackingError } from "../../tracking-error.js";
import type { StoreFlags } from "../define-command.js";
import { durationText } from "../duration-text.js";
import { lineChart } from "../line-chart.js";
import type { Terminal } from "../terminal.js";
import { onOneLine } from "../text-table.js";
import { point } from "./history-command.js";
import { endOf, metricText, statusOf } from "./runs-command.js";

export interface WatchFlags extends StoreFlags {
  project?: string;
  metric?: string[];
  interval: string;
  once?: boolean;
}

const chartHeight = 12;

export async function watchCommand(id: string, options: WatchFlags, terminal: Terminal): Promise<void> {
  const seconds = Number(options.interval);
  if (!(seconds >= 0.1 && seconds <= 3600)) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `--interval is ${JSON.stringify(options.interval)}; give seconds from 0.1 to 3600`,
    );
  }
  const { metric: keys, project, store } = options;
  const place = { ...(store === undefined ? {} : { store }), project };
  const said = new Set<string>();
  let drawn = 0;
  for (;;) {
    const { run } = await readRun(id, place);
    const found = await readHistory(id, { ...place, project: run.project, keys });
    if (options.json) await sayNew(found, said, terminal);
    else {
      const text = picture(run, found, keys, terminal.width);
      if (terminal.screen && drawn > 0) await terminal.out(`\u001B[${drawn}A\u001B[0J`, { exact: true });
      // A file or a pipe gets the last picture alone.
      if (terminal.screen || options.once || isOver(run)) await terminal.out(text, { exact: true });
      drawn = text.split("\n").length - 1;
    }
    if (options.once || isOver(run)) return;
    await sleep(seconds * 1000);
  }
}

/** One that lost contact may come back. */
function isOver({ status }: ShownRun): boolean {
  return status !== "running";
}

async function sayNew(found: RunHistory, said: Set<string>, terminal: Terminal): Promise<void> {
  const lines: string[] = [];
  for (let i = 0; i < found.values.length; i++) {
    const line = JSON.stringify(point(found, i));
    if (said.has(line)) continue;
    said.add(line);
    lines.push(`${line}\n`);
  }
  if (lines.length > 0) await terminal.out(lines.join(""), { exact: true });
}

function picture(
  run: ShownRun,
  found: RunHistory,
  asked: readonly string[] | undefined,
  width: number,
): string {
  const now = new Date();
  const lasted = durationText(endOf(run, now).getTime() - run.startedAt.getTime());
  const contact = run.lostContact
    ? `, lost contact ${durationText(now.getTime() - run.lastSeenAt.getTime())} ago`
    : "";
  let text = `${onOneLine(experimentTitle(run.name, run.runId))}  ${statusOf(run) === "lost" ? "running" : run.status}${contact}, ${lasted}\n`;
  const keys = asked ?? found.keys.slice(0, 1);
  if (keys.length === 0) return `${text}no metric yet\n`;
  for (const key of keys) {
    const code = found.keys.indexOf(key);
    const points: { x: number; y: number }[] = [];
    for (let i = 0; i < found.values.length; i++) {
      if (found.keyCodes[i] === code) points.push({ x: found.steps[i]!, y: found.values[i]! });
    }
    const last = points.at(-1);
    const latest = last === undefined ? "no point yet" : `${metricText(last.y)} at step ${last.x}`;
    text += `\n${onOneLine(key)}  ${latest}\n`;
    if (last) text += lineChart(points, { width: Math.min(width, 120), height: chartHeight });
  }
  return text;
}
