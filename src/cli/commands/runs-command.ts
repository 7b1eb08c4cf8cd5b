import { experimentTitle } from "../../experiment/experiment-title.js";
import { readRuns, type ShownRun } from "../../jobs/read-runs.js";
import { numberText } from "../../run/metric-number.js";
import { runJson } from "../../run/run-json.js";
import { runStatuses } from "../../run/run-record.js";
import { shortNumber } from "../../scores/short-number.js";
import { TrackingError } from "../../tracking-error.js";
import type { StoreFlags } from "../define-command.js";
import { durationText } from "../duration-text.js";
import type { Terminal } from "../terminal.js";
import { textTable } from "../text-table.js";
import { wholeNumber } from "../whole-number.js";
import { problemsHint } from "./projects-command.js";

export interface RunsFlags extends StoreFlags {
  status?: string;
  limit?: string;
}

const usualLimit = 50;
const mostMetrics = 6;

export async function runsCommand(project: string, options: RunsFlags, terminal: Terminal): Promise<void> {
  const statuses: readonly string[] = [...runStatuses, "lost"];
  const status = options.status?.toLowerCase(); // MLflow writes FINISHED
  if (status !== undefined && !statuses.includes(status)) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `--status is ${JSON.stringify(options.status)}; give ${statuses.slice(0, -1).join(", ")} or lost`,
    );
  }
  const isAll = options.limit === "all" || (options.limit === undefined && options.json);
  const limit = isAll
    ? Number.POSITIVE_INFINITY
    : wholeNumber(options.limit ?? String(usualLimit), "--limit");
  const now = new Date();
  const place = options.store === undefined ? {} : { store: options.store };
  const found = await readRuns(project, { ...place, now });
  const asked = found.runs
    .filter((run) => status === undefined || statusOf(run) === status)
    .sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
  const shown = asked.slice(0, limit);
  if (options.json) {
    const answer = { project: found.project, total: asked.length, runs: shown.map(runJson) };
    await terminal.out(`${JSON.stringify({ ...answer, problems: found.problems })}\n`);
    return;
  }
  if (asked.length === 0) {
    const what = status === undefined ? "has no runs" : `has no runs that are ${status}`;
    terminal.talk(`${found.project} ${what}; start one with start_run, from Python or TypeScript`);
    return;
  }
  await terminal.out(runsTable(shown, terminal.width, now));
  if (shown.length < asked.length)
    terminal.talk(`${shown.length} of ${asked.length} runs; --limit all shows every one`);
  if (found.problems.length > 0) terminal.talk(problemsHint(found.project, found.problems.length));
}

/** A run's status, and lost where it should go on but gave no sign of life. */
export function statusOf({ status, lostContact }: ShownRun): string {
  return lostContact ? "lost" : status;
}

/** The metrics that most runs have, as many as fit. */
function runsTable(runs: readonly ShownRun[], width: number, now: Date): string {
  const counts = new Map<string, number>();
  for (const run of runs) {
    for (const key of Object.keys(run.metrics)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const keys = [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostMetrics)
    .map(([key]) => key);
  const tableOf = (count: number) =>
    textTable(
      [
        { title: "run id" },
        { title: "name" },
        { title: "status" },
        { title: "started" },
        { title: "duration", align: "right" },
        ...keys.slice(0, count).map((title) => ({ title, align: "right" }) as const),
      ],
      runs.map((run) => [
        run.runId,
        experimentTitle(run.name, run.runId),
        run.lostContact
          ? `lost contact ${durationText(now.getTime() - run.lastSeenAt.getTime())} ago`
          : run.status,
        run.startedAt.toISOString().slice(0, 16).replace("T", " "),
        durationText(endOf(run, now).getTime() - run.startedAt.getTime()),
        ...keys.slice(0, count).map((key) => metricText(run.metrics[key])),
      ]),
    );
  for (let count = keys.length; count > 0; count--) {
    const table = tableOf(count);
    if (table.split("\n").every((line) => line.length <= width)) return table;
  }
  return tableOf(0);
}

/** Of a run that goes on, now; of one that is lost, when it was last seen. */
export function endOf({ endedAt, lostContact, lastSeenAt }: ShownRun, now: Date): Date {
  return endedAt ?? (lostContact ? lastSeenAt : now);
}

export function metricText(value: number | undefined): string {
  return value !== undefined && !Number.isFinite(value) ? numberText(value) : shortNumber(value);
}
