import { systemPrefix } from "../run/run-record.js";
import type { Store } from "../store/store.js";
import { kindNames } from "./event.js";
import { type EventTable, metricKind } from "./event-table.js";
import { type HistoryPlace, historyFolder } from "./history-folder.js";
import { type EventsState, eventJson, usualInterval } from "./run-state.js";
import { newTail, readOn, type Tail, tailVersion } from "./tail-events.js";

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
  tail: Tail;
  known: Known;
  lookedAt: number;
}

/** What is known of a run, and of when. */
interface Known {
  state: EventsState;
  lasts: Map<string, { step: number; time: number }>;
  firsts: Map<string, number>;
}

/** After so many silent heartbeats a run is looked at once a minute only. */
const silentIntervals = 20;
const pauseWhenSilent = 60_000;

export function followRuns(store: Store): RunFollower {
  const projects = new Map<string, Map<string, Followed>>();
  return {
    async look(run, now) {
      const runs = projects.get(run.project) ?? new Map<string, Followed>();
      projects.set(run.project, runs);
      const followed = runs.get(run.runId) ?? { tail: newTail(), known: nothingYet(), lookedAt: 0 };
      runs.set(run.runId, followed);
      if (isDue(followed, run.startedAt, now)) {
        await readOn(store, historyFolder(run), followed.tail, {
          take: (events) => absorb(followed.known, events),
          restart: () => {
            followed.known = nothingYet();
          },
        });
        followed.lookedAt = now.getTime();
      }
      return { state: followed.known.state, version: tailVersion(followed.tail) };
    },
    keep(project, runIds) {
      const runs = projects.get(project);
      for (const id of runs?.keys() ?? []) if (!runIds.has(id)) runs?.delete(id);
    },
  };
}

function isDue({ known, lookedAt }: Followed, startedAt: Date, now: Date): boolean {
  const { lastSeen = startedAt.getTime(), interval = usualInterval } = known.state;
  const isSilent = now.getTime() - lastSeen > silentIntervals * interval * 1000;
  return !isSilent || now.getTime() - lookedAt >= pauseWhenSilent;
}

function nothingYet(): Known {
  const state: EventsState = {
    parameters: {},
    tags: new Map(),
    metrics: {},
    lastStep: -1,
    lastSeen: undefined,
    interval: undefined,
  };
  return { state, lasts: new Map(), firsts: new Map() };
}

/** Adds events to a state; they come in no order, and some twice. */
function absorb({ state, lasts, firsts }: Known, events: EventTable): void {
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
