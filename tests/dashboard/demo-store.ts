import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { demoExperiments } from "../../src/demo/demo-experiments.js";
import { type LoggedExperiment, logExperiment } from "../../src/jobs/log-experiment.js";
import { type ServedStore, serveStore } from "../support/open-dashboard.js";

export interface DemoStore {
  folder: string;
  /** Address of a dashboard over it, which all tests of a file look at; it starts when it is first asked for. */
  dashboard: () => Promise<string>;
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
  let served: Promise<ServedStore> | undefined;
  return {
    folder,
    logged,
    dashboard: async () => (await (served ??= serveStore(folder))).url,
    remove: async () => {
      await (await served)?.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
