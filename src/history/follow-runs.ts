import { systemPrefix } from "../run/run-record.js";
import type { Store } from "../store/store.js";
import { kindNames } from "./event.js";
import { type EventTable, EventTableBuilder, metricKind } from "./event-table.js";
import { readFolded } from "./folded-table.js";
import { foldedFileName, type HistoryPlace, historyFolder, parseHistoryFile } from "./history-folder.js";
import { parseEvents } from "./parse-events.js";
import { type EventsState, eventJson, usualInterval } from "./run-state.js";

/** What the events of a run add up to at one look. */
export interface FollowedRun {
  state: EventsState;
  /** The same text where nothing was written since. */
  version: string;
}

/** Looks at the events of runs that go on again and again, and reads what is new only. */
export interface RunFollower {
  /** @throws TrackingError PREDICTIONS_NOT_READABLE where what was folded of it is damaged */
  look(run: HistoryPlace, now: Date): Promise<FollowedRun>;
  /** Forgets all runs of a project but these. */
  keep(project: string, runIds: ReadonlySet<string>): void;
}

interface Followed {
  /** The number of the folded file that was read; 0 without one. */
  folded: number;
  /** How far each file of events was read. */
  offsets: Map<string, number>;
  state: EventsState;
  lasts: Map<string, { step: number; time: number }>;
  firsts: Map<string, number>;
  lookedAt: number;
}

const chunkSize = 8 * 2 ** 20;
const mostTries = 5;
/** After so many silent heartbeats a run is looked at once a minute only. */
const silentIntervals = 20;
const pauseWhenSilent = 60_000;

export function followRuns(store: Store): RunFollower {
  const projects = new Map<string, Map<string, Followed>>();
  return {
    async look(run, now) {
      const runs = projects.get(run.project) ?? new Map<string, Followed>();
      projects.set(run.project, runs);
      let followed = runs.get(run.runId) ?? nothingYet(0);
      if (!isDue(followed, run.startedAt, now)) return seen(followed);
      for (let tries = 0; tries < mostTries; tries++) {
        const found = await readOn(store, historyFolder(run), followed);
        if (!found) continue; // folded while it was read
        followed = found;
        break;
      }
      followed.lookedAt = now.getTime();
      runs.set(run.runId, followed);
      return seen(followed);
    },
    keep(project, runIds) {
      const runs = projects.get(project);
      for (const id of runs?.keys() ?? []) if (!runIds.has(id)) runs?.delete(id);
    },
  };
}

function isDue({ state, lookedAt }: Followed, startedAt: Date, now: Date): boolean {
  const { lastSeen = startedAt.getTime(), interval = usualInterval } = state;
  const isSilent = now.getTime() - lastSeen > silentIntervals * interval * 1000;
  return !isSilent || now.getTime() - lookedAt >= pauseWhenSilent;
}

function seen({ state, folded, offsets }: Followed): FollowedRun {
  return {
    state,
    version: `${folded}: ${[...offsets]
      .map(([name, end]) => `${name} ${end}`)
      .sort()
      .join(", ")}`,
  };
}

function nothingYet(folded: number): Followed {
  return {
    folded,
    offsets: new Map(),
    state: {
      parameters: {},
      tags: new Map(),
      metrics: {},
      lastStep: -1,
      lastSeen: undefined,
      interval: undefined,
    },
    lasts: new Map(),
    firsts: new Map(),
    lookedAt: 0,
  };
}

/** @returns undefined where a file went meanwhile: its events are in a folded one */
async function readOn(store: Store, folder: string, before: Followed): Promise<Followed | undefined> {
  const listed = (await store.list(folder)).flatMap(({ name, kind }) =>
    kind === "file" ? (parseHistoryFile(name) ?? []) : [],
  );
  const latest = Math.max(0, ...listed.map((file) => (file.kind === "folded" ? file.part : 0)));
  let followed = before;
  if (latest !== before.folded) {
    const table = new EventTableBuilder();
    const folded = await readFolded(store, `${folder}/${foldedFileName(latest)}`, table);
    if (!folded) return undefined;
    followed = nothingYet(latest);
    absorb(followed, table.table());
    followed.offsets = new Map(Object.entries(folded));
  }
  const names = listed.flatMap((file) => (file.kind === "events" ? [file.name] : [])).sort();
  for (const name of names) {
    // A part in a bucket never changes.
    if (store.appendsByRewriting && followed.offsets.has(name)) continue;
    if (!(await readFile(store, `${folder}/${name}`, name, followed))) return undefined;
  }
  return followed;
}

async function readFile(store: Store, path: string, name: string, followed: Followed): Promise<boolean> {
  const file = await store.stat(path);
  if (!file) return false;
  let length = chunkSize;
  for (let at = followed.offsets.get(name) ?? 0; at < file.size; ) {
    const bytes = await store.readRange(path, at, Math.min(file.size, at + length));
    const table = new EventTableBuilder();
    const { end } = parseEvents(bytes, 0, table);
    absorb(followed, table.table());
    at += end;
    followed.offsets.set(name, at);
    if (end > 0) length = chunkSize;
    else if (bytes.length < length)
      break; // its last line is on its way
    else length *= 2;
  }
  return true;
}

/** Adds events to a state; they come in no order, and some twice. */
function absorb({ state, lasts, firsts }: Followed, events: EventTable): void {
  const { rows, keys, keyCodes, kinds, steps, times, values, texts } = events;
  for (let i = 0; i < rows; i++) {
    const key = keys[keyCodes[i]!]!;
    const time = times[i]!;
    if (state.lastSeen === undefined || time > state.lastSeen) state.lastSeen = time;
    if (kinds[i] === metricKind) {
      const step = steps[i]!;
      const last = lasts.get(key);
      if (last && (step < last.step || (step === last.step && time < last.time))) continue;
      lasts.set(key, { step, time });
      state.metrics[key] = values[i]!;
      if (!key.startsWith(systemPrefix)) state.lastStep = Math.max(state.lastStep, step);
      continue;
    }
    switch (kindNames[kinds[i]!]) {
      case "parameter":
        if (time >= (firsts.get(key) ?? Number.POSITIVE_INFINITY)) break;
        firsts.set(key, time);
        state.parameters[key] = eventJson(texts.get(i));
        break;
      case "tag": {
        const text = eventJson(texts.get(i));
        if (time < (state.tags.get(key)?.time ?? Number.NEGATIVE_INFINITY)) break;
        state.tags.set(key, { text: typeof text === "string" ? text : undefined, time });
        break;
      }
      case "heartbeat":
        state.interval = Number(key) > 0 ? Number(key) : state.interval;
        break;
      default:
    }
  }
}
