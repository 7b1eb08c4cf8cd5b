import type { JsonValue } from "../experiment/json-value.js";
import { oneLine } from "../experiment/one-line.js";
import { eventLines, type RunEvent, whyNoKey } from "../history/event.js";
import { foldEvents } from "../history/fold-events.js";
import { historyWriter } from "../history/history-writer.js";
import { metricExtremes } from "../history/metric-extremes.js";
import { readEvents } from "../history/read-events.js";
import { eventsState, usualInterval, withEvents } from "../history/run-state.js";
import { appendRun } from "../run/append-run.js";
import { findRun } from "../run/find-run.js";
import { type MachineMetrics, machineMetrics } from "../run/machine-metrics.js";
import type { RunRecord, RunStatus } from "../run/run-record.js";
import type { SpoolingStore } from "../spool/spooling-store.js";
import type { Store } from "../store/store.js";
import { messageOf, TrackingError } from "../tracking-error.js";

/** A run that this process writes to. */
export interface LiveRun {
  readonly run: RunRecord;
  readonly store: Store;
  /** Where files of it wait that the store cannot take. */
  readonly spool: Store;
  /**
   * Takes events; they are durable within a quarter of a second in a folder, within some seconds in a bucket.
   * Never throws: what cannot be taken is said by `warnings`.
   */
  add(events: readonly RunEvent[]): void;
  /** @throws TrackingError PARAMETER_CHANGED where one has another value already; then none is taken */
  setParameters(parameters: Readonly<Record<string, JsonValue>>): void;
  /** Returns when all that came before is durable. @throws what the store said, where it cannot take it */
  flush(): Promise<void>;
  /** What could not be taken, and was not said yet. */
  warnings(): string[];
  /** Ends the run: returns when everything is durable. */
  finish(end: RunEnd): Promise<RunRecord>;
  /** Leaves the run as it is: another process of it goes on. */
  detach(): Promise<void>;
}

export interface RunEnd {
  status: Exclude<RunStatus, "running">;
  error?: string | undefined;
  endedAt: Date;
}

export interface LiveRunOptions {
  writer: string;
  now: () => Date;
  /** Seconds between two samples of the machine; undefined for none. */
  systemMetrics: number | undefined;
  /** The folder whose disk is looked at. */
  folder: string;
  /** Delivers what waits for the store; false where some of it still waits. */
  deliver: () => Promise<boolean>;
  /** What is recorded beside it; waited for at the end. */
  surroundings?: Promise<void>;
  /** Parameters that are known already. */
  parameters: Readonly<Record<string, JsonValue>>;
  /** False where the run's row has to be looked for before another one is written. */
  isKnown: boolean;
}

/** Each is said once, and no more than so many. */
const mostWarnings = 50;

/** @param spooling the store that the run is kept in, which falls back to the local spool */
export function liveRun(spooling: SpoolingStore, run: RunRecord, options: LiveRunOptions): LiveRun {
  const { now } = options;
  const { store } = spooling;
  const history = historyWriter(store, run, options.writer);
  const parameters = new Map(
    Object.entries(options.parameters).map(([key, value]) => [key, JSON.stringify(value)]),
  );
  let warnings: string[] = [];
  const everSaid = new Set<string>();
  const warn = (text: string) => {
    if (everSaid.has(text) || everSaid.size >= mostWarnings) return;
    everSaid.add(text);
    warnings.push(text);
  };

  const alive = () => {
    const event = { kind: "heartbeat", time: now().getTime(), key: String(usualInterval), value: undefined };
    history.add(eventLines(event as RunEvent));
  };
  alive();
  const heart = setInterval(alive, usualInterval * 1000);
  heart.unref();
  const machine = sampled(options, (values) => {
    const time = now().getTime();
    const step = Math.round((time - run.startedAt.getTime()) / 1000); // the second of the run
    history.add(eventLines({ kind: "metric", time, step, values }));
  });

  const add = (events: readonly RunEvent[]) => {
    for (const event of events) {
      const known = checkedEvent(event, warn);
      if (known) history.add(eventLines(known));
    }
  };
  const rest = () => {
    clearInterval(heart);
    machine?.stop();
  };

  return {
    run,
    store,
    spool: spooling.spool,
    add,
    setParameters(given) {
      const fresh: RunEvent[] = [];
      for (const [key, value] of Object.entries(given)) {
        const reason = whyNoKey(key);
        if (reason !== undefined) throw noKey("parameter", key, reason);
        const text = JSON.stringify(value);
        const before = parameters.get(key);
        if (before === undefined) {
          fresh.push({ kind: "parameter", time: now().getTime(), key, value });
        } else if (before !== text) throw changed(key, before, text);
      }
      for (const event of fresh)
        if (event.kind === "parameter") parameters.set(event.key, JSON.stringify(event.value));
      add(fresh);
    },
    flush: () => history.flush(),
    warnings() {
      const spooled = spooling.spooledFor();
      if (spooled !== undefined) {
        warn(
          `NOT STORED: what the run ${run.runId} logs waits in the local spool, in ${spooling.spool.address}, because the store failed: ${messageOf(spooled)}. "ml-tracking sync", or the end of the run, delivers it`,
        );
      }
      const failure = history.failure();
      if (failure !== undefined) {
        warn(
          `NOT KEPT YET: neither the store nor the spool takes what the run ${run.runId} logs, which is tried again: ${messageOf(failure)}`,
        );
      }
      for (const path of history.lost()) {
        warn(
          `LOST: ${path} of the store ${store.address} was taken away while the run ${run.runId} went on, and what it had logged with it; bring the file back from a backup`,
        );
      }
      const said = warnings;
      warnings = [];
      return said;
    },
    async finish({ status, error, endedAt }) {
      rest();
      await options.surroundings;
      await history.close();
      const isWhole = spooling.spooledFor() === undefined || (await options.deliver());
      const read = await readEvents(store, run);
      const known = options.isKnown ? run : await findRun(store, run.runId, run.project);
      const latest = withEvents(known, eventsState(read.events));
      const ended: RunRecord = {
        ...latest,
        ...metricExtremes(read.events),
        writtenAt: later(now(), known.writtenAt),
        status,
        endedAt,
        error: error === undefined ? undefined : oneLine(error),
      };
      await appendRun(store, ended);
      if (isWhole) await foldEvents(store, run, { read });
      return ended;
    },
    async detach() {
      rest();
      await options.surroundings;
      await history.close();
    },
  };
}

/** A row counts where it was written after the others, whatever the clock says. */
export function later(now: Date, before: Date): Date {
  return new Date(Math.max(now.getTime(), before.getTime() + 1));
}

function sampled(
  { systemMetrics, folder }: LiveRunOptions,
  keep: (values: Record<string, number>) => void,
): { stop: () => void } | undefined {
  if (systemMetrics === undefined) return undefined;
  const machine: MachineMetrics = machineMetrics(folder, systemMetrics);
  const take = () => keep(machine.sample());
  const timer = setInterval(take, systemMetrics * 1000);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      take(); // of a short run, the only one
      machine.stop();
    },
  };
}

/** The part of an event that can be kept. */
function checkedEvent(event: RunEvent, warn: (text: string) => void): RunEvent | undefined {
  if (Number.isNaN(new Date(event.time).getTime())) {
    warn(`what was logged at the time ${event.time} is not kept: give a date, or milliseconds since 1970`);
    return undefined;
  }
  if (event.kind !== "metric") {
    const reason = whyNoKey(event.key);
    if (reason === undefined) return event;
    warn(`the ${event.kind} ${shown(event.key)} is not kept: ${reason}`);
    return undefined;
  }
  if (!Number.isSafeInteger(event.step)) {
    warn(`metrics at the step ${String(event.step)} are not kept: a step is a whole number up to 2^53`);
    return undefined;
  }
  const bad = Object.keys(event.values).filter((key) => whyNoKey(key) !== undefined);
  if (bad.length === 0) return event;
  for (const key of bad) warn(`the metric ${shown(key)} is not kept: ${whyNoKey(key)}`);
  const values = Object.fromEntries(Object.entries(event.values).filter(([key]) => !bad.includes(key)));
  return { ...event, values };
}

function noKey(what: string, key: string, reason: string): TrackingError {
  return new TrackingError("INVALID_ARGUMENT", `the name of a ${what} is ${shown(key)}: ${reason}`);
}

function changed(key: string, before: string, text: string): TrackingError {
  return new TrackingError(
    "PARAMETER_CHANGED",
    `the parameter ${shown(key)} is ${text.slice(0, 200)}, but it was ${before.slice(0, 200)} before; a parameter is given once: start another run, or log what changes as a metric`,
  );
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 60));
}
