import { appendRun } from "../../src/run/append-run.js";
import { nothingLogged, type RunRecord } from "../../src/run/run-record.js";
import type { Store } from "../../src/store/store.js";

/** A run id that says its number. */
export function runIdOf(number: number): string {
  return `r${String(number).padStart(15, "0")}`;
}

const start = Date.UTC(2026, 10, 1);

/** A finished run that took a minute. */
export function run(number: number, changes: Partial<RunRecord> = {}): RunRecord {
  const startedAt = changes.startedAt ?? new Date(start + number * 1000);
  const endedAt = "endedAt" in changes ? changes.endedAt : new Date(startedAt.getTime() + 60_000);
  return {
    runId: runIdOf(number),
    writtenAt: endedAt ?? startedAt,
    project: "pets",
    name: `run ${number}`,
    status: "finished",
    startedAt,
    parentRunId: undefined,
    error: undefined,
    user: "ann",
    host: "laptop",
    source: "train.py",
    gitCommit: undefined,
    gitDirty: undefined,
    parameters: {},
    tags: {},
    ...nothingLogged(),
    runtime: { language: "python" },
    ...changes,
    endedAt,
  };
}

/** One that goes on, as the row at its beginning says. */
export function runningRun(number: number, startedAt: Date, changes: Partial<RunRecord> = {}): RunRecord {
  return run(number, { status: "running", startedAt, endedAt: undefined, ...changes });
}

export async function writeRuns(store: Store, runs: readonly RunRecord[]): Promise<void> {
  for (const each of runs) await appendRun(store, each);
}
