import { appendRun } from "../run/append-run.js";
import { findRun } from "../run/find-run.js";
import type { RunRecord } from "../run/run-record.js";
import type { Store } from "../store/store.js";
import { foldEvents } from "./fold-events.js";
import { metricExtremes } from "./metric-extremes.js";
import { readEvents } from "./read-events.js";
import { eventsState, withEvents } from "./run-state.js";

/**
 * Brings the row of a run that ended up to what its events say, and folds them: some may have come after the
 * row. A run that goes on is left as it is.
 * @throws TrackingError UNKNOWN_RUN, STORE_NOT_WRITABLE
 */
export async function settleRun(
  store: Store,
  runId: string,
  { project, now, isOver = false }: { project: string; now: Date; isOver?: boolean },
): Promise<void> {
  const run = await findRun(store, runId, project);
  if (run.status === "running") return;
  const read = await readEvents(store, run);
  const latest = { ...withEvents(run, eventsState(read.events)), ...metricExtremes(read.events) };
  if (said(latest) !== said(run)) {
    const writtenAt = new Date(Math.max(now.getTime(), run.writtenAt.getTime() + 1));
    await appendRun(store, { ...latest, writtenAt });
  }
  await foldEvents(store, run, { read, isOver });
}

function said(run: RunRecord): string {
  const { parameters, tags, metrics, metricSteps, firstMetrics, minMetrics, maxMetrics } = run;
  const sorted = (mapping: object) => Object.entries(mapping).sort(([a], [b]) => (a < b ? -1 : 1));
  const numbers = [metrics, metricSteps, firstMetrics, minMetrics, maxMetrics].map((each) =>
    sorted(each).map(([key, value]) => [key, String(value)]),
  );
  return JSON.stringify([sorted(parameters), sorted(tags), numbers, run.inputs, run.outputs]);
}
