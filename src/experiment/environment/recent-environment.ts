import {
  currentFolder,
  type RunEnvironment,
  type RunEnvironmentOptions,
  runEnvironment,
} from "./run-environment.js";

/** In a burst of calls git is asked once: how long, in milliseconds, its answer is taken as still true. */
const freshFor = 2_000;
const recent = new Map<string, { since: number; environment: Promise<RunEnvironment> }>();

/**
 * `runEnvironment` of the current folder, remembered for two seconds; the runtime given is never an earlier
 * one.
 */
export async function recentEnvironment(
  options: Pick<RunEnvironmentOptions, "source" | "runtime">,
): Promise<RunEnvironment> {
  const key = JSON.stringify([options.source, currentFolder()]);
  let found = recent.get(key);
  if (!found || performance.now() - found.since >= freshFor) {
    found = { since: performance.now(), environment: runEnvironment(options) };
    recent.set(key, found);
  }
  const environment = await found.environment;
  return options.runtime ? { ...environment, runtime: options.runtime } : environment;
}
