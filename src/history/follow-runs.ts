import type { Store } from "../store/store.js";
import { type HistoryPlace, historyFolder } from "./history-folder.js";
import { type EventsState, EventsStateBuilder, usualInterval } from "./run-state.js";
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
  events: EventsStateBuilder;
  state: EventsState;
  lookedAt: number;
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
      const followed = runs.get(run.runId) ?? nothingYet();
      runs.set(run.runId, followed);
      if (isDue(followed, run.startedAt, now)) {
        await readOn(store, historyFolder(run), followed.tail, {
          take: (events) => followed.events.take(events),
          restart: () => {
            followed.events = new EventsStateBuilder();
          },
        });
        followed.state = followed.events.state();
        followed.lookedAt = now.getTime();
      }
      return { state: followed.state, version: tailVersion(followed.tail) };
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

function nothingYet(): Followed {
  const events = new EventsStateBuilder();
  return { tail: newTail(), events, state: events.state(), lookedAt: 0 };
}
