import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { demoExperiments } from "../../src/demo/demo-experiments.js";
import { type LoggedExperiment, logExperiment } from "../../src/jobs/log-experiment.js";

export interface DemoStore {
  folder: string;
  /** By name. */
  logged: Map<string, LoggedExperiment>;
  remove: () => Promise<void>;
}

/** A store with the demo's twenty experiments: real models on real data. */
export async function demoStore(): Promise<DemoStore> {
  const folder = await mkdtemp(join(tmpdir(), "ml-tracking-demo-"));
  const logged = new Map<string, LoggedExperiment>();
  for (const experiment of demoExperiments()) {
    logged.set(experiment.name, await logExperiment({ ...experiment, store: folder, source: "" }));
  }
  return { folder, logged, remove: () => rm(folder, { recursive: true, force: true }) };
}
