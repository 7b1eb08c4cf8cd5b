import { recentEnvironment } from "../experiment/environment/recent-environment.js";
import type { Runtime } from "../experiment/environment/run-environment.js";
import type { JsonValue } from "../experiment/json-value.js";
import type { RunEvent } from "../history/event.js";
import { longestWait } from "../history/history-writer.js";
import type { ReadOptions } from "../jobs/find-experiments.js";
import type { LiveRun, RunEnd } from "../jobs/live-run.js";
import { logArtifact } from "../jobs/log-artifact.js";
import { readHistory, readRun, readRuns, type ShownRun } from "../jobs/read-runs.js";
import { reattachRun, resumeRun, startRun } from "../jobs/start-run.js";
import { textNumber } from "../run/metric-number.js";
import { runJson } from "../run/run-json.js";
import { openStore } from "../store/open-store.js";
import { type SentArrays, sentColumn, sentNumber } from "./sent-values.js";

/** The runs that this process writes to, by id and store. */
const live = new Map<string, LiveRun>();

/** What a client gives with every call, so that a process that was started anew goes on with the run. */
interface SentAddress {
  run_id: string;
  project: string;
  started_at: string;
  store: string;
  system_metrics: number | false;
  /** How long a client may gather events before it sends them: each `write_events` is durable when it returns. */
  gather_seconds: number;
}

/** A moment of a run: milliseconds since 1970, step, kind, and what there is by key. */
type SentEvent = [time: number, step: number | null, kind: string, data: Record<string, unknown>];

export const runMethods: [string, (given: never, arrays: SentArrays) => Promise<unknown>][] = [
  ["start_run", startSent],
  ["resume_run", resumeSent],
  ["write_events", writeSent],
  ["finish_run", finishSent],
  ["log_artifact", artifactSent],
  ["read_runs", runsSent],
  ["read_run", runSent],
  ["read_history", historySent],
];

interface StartRequest {
  run_id: string;
  project: string;
  name?: string;
  parent?: string;
  parameters?: object;
  tags?: Record<string, string>;
  store?: string;
  source: string;
  runtime: Runtime;
  command: string[];
  packages: [string, string][];
  system_metrics: number | false;
}

async function startSent(given: StartRequest): Promise<unknown> {
  const {
    run_id: runId,
    system_metrics: systemMetrics,
    source,
    runtime,
    command,
    packages,
    ...input
  } = given;
  const known = live.get(keyOf(runId, given.store)); // a client that repeats a call that was never answered
  const run =
    known ??
    (await startRun(
      { ...input, systemMetrics },
      { runId, command, packages, environment: () => recentEnvironment({ source, runtime }) },
    ));
  live.set(keyOf(runId, given.store), run);
  return { run: addressOf(run, given), warnings: run.warnings() };
}

interface ResumeRequest {
  run_id: string;
  project?: string;
  store?: string;
  system_metrics: number | false;
}

async function resumeSent(given: ResumeRequest): Promise<unknown> {
  const { run_id: runId, system_metrics: systemMetrics, ...place } = given;
  const { live: run, lastStep, statusBefore } = await resumeRun(runId, { ...place, systemMetrics });
  live.set(keyOf(runId, given.store), run);
  return {
    run: addressOf(run, given),
    parameters: run.run.parameters,
    last_step: lastStep,
    status: statusBefore,
    warnings: run.warnings(),
  };
}

/** With the store's whole address: the client may go to another folder while the run lasts. */
function addressOf(
  { run, store }: LiveRun,
  { system_metrics: systemMetrics }: Pick<SentAddress, "system_metrics">,
): SentAddress {
  return {
    run_id: run.runId,
    project: run.project,
    started_at: run.startedAt.toISOString(),
    system_metrics: systemMetrics,
    store: store.address,
    gather_seconds: longestWait(store) / 1000,
  };
}

function keyOf(runId: string, store: string | undefined): string {
  return `${runId} ${openStore(store).address}`;
}

function liveAt(address: SentAddress): LiveRun {
  const key = keyOf(address.run_id, address.store);
  let run = live.get(key);
  if (!run) {
    run = reattachRun({
      runId: address.run_id,
      project: address.project,
      startedAt: new Date(address.started_at),
      store: address.store,
      systemMetrics: address.system_metrics,
    });
    live.set(key, run);
  }
  return run;
}

/** @param events a list, or its JSON as bytes, which is read several times as fast */
async function writeSent({
  run: address,
  events,
}: {
  run: SentAddress;
  events: SentEvent[] | Uint8Array;
}): Promise<unknown> {
  const run = liveAt(address);
  const sent = Array.isArray(events) ? events : (JSON.parse(new TextDecoder().decode(events)) as SentEvent[]);
  for (const event of sent) run.add(eventsOf(event));
  await run.flush();
  return { warnings: run.warnings() };
}

function eventsOf([time, step, kind, data]: SentEvent): RunEvent[] {
  switch (kind) {
    case "metric":
      return [{ kind, time, step: step ?? 0, values: numbersOf(data) }];
    case "parameter":
    case "console":
    case "dataset":
      return Object.entries(data).map(([key, value]) => ({ kind, time, key, value: value as JsonValue }));
    case "tag":
      return Object.entries(data).map(([key, value]) => ({
        kind,
        time,
        key,
        value: typeof value === "string" ? value : undefined,
      }));
    default:
      throw new RangeError(`there is no kind of event ${kind}`);
  }
}

/** Usually all are numbers; NaN and infinities come as texts. */
function numbersOf(data: Record<string, unknown>): Record<string, number> {
  for (const key in data) {
    const value = data[key];
    if (typeof value === "number") continue;
    data[key] = textNumber(String(value)) ?? Number.NaN;
  }
  return data as Record<string, number>;
}

async function finishSent(given: {
  run: SentAddress;
  status: RunEnd["status"];
  error?: string;
  ended_at: number;
}): Promise<unknown> {
  const run = liveAt(given.run);
  const ended = await run.finish({
    status: given.status,
    error: given.error,
    endedAt: new Date(given.ended_at),
  });
  live.delete(keyOf(given.run.run_id, given.run.store));
  return { status: ended.status, warnings: run.warnings() };
}

async function artifactSent(given: {
  run: SentAddress;
  path?: string;
  file?: string;
  bytes?: Uint8Array;
}): Promise<unknown> {
  const run = liveAt(given.run);
  const kept = await logArtifact(run, given.file ?? given.bytes!, given.path);
  await run.flush();
  return kept;
}

async function runsSent(given: ReadOptions & { project: string }): Promise<unknown> {
  const { project, runs, problems } = await readRuns(given.project, given);
  return { project, runs: runs.map(sentRun), problems };
}

type RunRequest = ReadOptions & { run_id: string; project?: string; keys?: string[] };

async function runSent({ run_id: runId, ...options }: RunRequest): Promise<unknown> {
  const { run, artifacts, ...rest } = await readRun(runId, options);
  const files = artifacts.map(({ path, bytes }) => ({ path, bytes }));
  return { ...rest, run: sentRun(run), artifacts: files };
}

function sentRun(run: ShownRun): unknown {
  const sent = (numbers: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, sentNumber(value)]));
  return {
    ...runJson(run),
    metrics: sent(run.metrics),
    first_metrics: sent(run.firstMetrics),
    min_metrics: sent(run.minMetrics),
    max_metrics: sent(run.maxMetrics),
  };
}

async function historySent({ run_id: runId, ...options }: RunRequest, arrays: SentArrays): Promise<unknown> {
  const { keys, keyCodes, steps, times, values, problems } = await readHistory(runId, options);
  const number = (array: Float64Array) => sentColumn({ name: "", type: "double", values: array }, arrays);
  return {
    run_id: runId,
    key: sentColumn({ name: "", type: "string", dictionary: keys, codes: keyCodes }, arrays),
    step: sentColumn({ name: "", type: "integer", values: steps }, arrays),
    time: number(times),
    value: number(values),
    problems,
  };
}
