import { randomBytes } from "node:crypto";
import { readAnnotations } from "../annotations/read-annotations.js";
import { refuseGone } from "../annotations/refuse-gone.js";
import { compactJson } from "../experiment/compact-json.js";
import { recentEnvironment } from "../experiment/environment/recent-environment.js";
import { currentFolder, type RunEnvironment } from "../experiment/environment/run-environment.js";
import { checkText } from "../experiment/input/text-field.js";
import { shown } from "../experiment/input/values.js";
import type { JsonValue } from "../experiment/json-value.js";
import { projectName } from "../experiment/project-name.js";
import { newWriter } from "../history/history-folder.js";
import { readEvents } from "../history/read-events.js";
import { eventsState, withEvents } from "../history/run-state.js";
import { appendRun } from "../run/append-run.js";
import { findRun } from "../run/find-run.js";
import { isRunId, newRunId, noRunId } from "../run/run-id.js";
import { nothingLogged, type RunRecord } from "../run/run-record.js";
import { deliverRuns } from "../spool/deliver-runs.js";
import { forgetFailure } from "../spool/outage.js";
import { foldersToDeliver, type SpoolFolders, spoolFolders } from "../spool/spool-folders.js";
import { type SpoolingStore, spoolingStore } from "../spool/spooling-store.js";
import { openStore } from "../store/open-store.js";
import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import { refuseOtherCaseAtFirst } from "../tracking-log/refuse-other-case.js";
import { type LiveRun, later, liveRun } from "./live-run.js";
import { recordSurroundings } from "./run-surroundings.js";

export interface StartRunInput {
  /** The series that the run belongs to, as of experiments. */
  project: string;
  /** What you call it. */
  name?: string | undefined;
  /** What it is run with: any mapping that JSON can hold. Each is given once. */
  parameters?: object | undefined;
  /** Texts by name; a later text replaces the earlier one. */
  tags?: Readonly<Record<string, string>> | undefined;
  /** The id of the run that this one is a child of. */
  parent?: string | undefined;
  /** A folder or bucket; by default `ML_TRACKING_STORE`, else `./ml-tracking`. */
  store?: string | undefined;
  /** Seconds between two samples of the machine's processors, memory, disk, network and GPUs; false for none. */
  systemMetrics?: number | false | undefined;
}

/** What the world gives, or a client in another language. */
export interface RunWorld {
  now: () => Date;
  randomBytes: (count: number) => Uint8Array;
  environment: () => Promise<RunEnvironment>;
  openStore: (address: string | undefined) => Store;
  spoolFolders: () => SpoolFolders;
  /** Chosen by the caller, so that it can repeat a call that was never answered. */
  runId: string | undefined;
  command: readonly string[];
  /** Names and versions of what is installed; by default those that the environment found. */
  packages: readonly (readonly [string, string])[] | undefined;
}

const realWorld: RunWorld = {
  now: () => new Date(),
  randomBytes,
  environment: () => recentEnvironment({}),
  openStore,
  spoolFolders,
  runId: undefined,
  command: process.argv,
  packages: undefined,
};

/** Seconds. */
const usualSampling = 10;

/**
 * Starts a run: its row is durable when this returns.
 * @throws TrackingError where an argument is bad, before anything is written; STORE_NOT_WRITABLE
 */
export async function startRun(input: StartRunInput, world: Partial<RunWorld> = {}): Promise<LiveRun> {
  const place = { ...realWorld, ...world };
  const project = projectName(input.project);
  const { parent } = input;
  if (parent !== undefined && !isRunId(parent)) throw noRunId("parent", parent);
  const name = input.name ? checkText(input.name, "name", "deeper trees") : undefined;
  const parameters = mappingOf(input.parameters ?? {}, "parameters");
  const tags = textsOf(input.tags ?? {});
  const systemMetrics = sampling(input.systemMetrics);
  const spooling = spoolingStore(place.openStore(input.store), place.spoolFolders());
  const { store } = spooling;
  const ran = await place.environment();
  const now = place.now();
  const run: RunRecord = {
    runId: place.runId ?? newRunId(place.randomBytes),
    writtenAt: now,
    project,
    name,
    status: "running",
    startedAt: now,
    endedAt: undefined,
    parentRunId: parent,
    error: undefined,
    user: ran.user || undefined,
    host: ran.host || undefined,
    source: ran.source || undefined,
    gitCommit: ran.gitCommit || undefined,
    gitDirty: ran.gitDirty,
    parameters,
    tags,
    ...nothingLogged(),
    runtime: jsonMapping({ ...ran.runtime, command: place.command }, "runtime"),
  };
  await refuseOtherCaseAtFirst(store, project);
  await appendRun(store, run);
  const surroundings = recordSurroundings(store, run, {
    gitRoot: ran.gitDirty === false ? undefined : ran.gitRoot,
    packages: place.packages ?? Object.entries(ran.runtime.packages),
  });
  return opened(spooling, run, { ...place, systemMetrics, parameters, surroundings });
}

/** What is needed to go on with a run. */
export interface ResumeInput extends Pick<StartRunInput, "store" | "systemMetrics"> {
  /** Where it is; by default every project is looked through. */
  project?: string | undefined;
}

export interface ResumedRun {
  live: LiveRun;
  /** The greatest step of its metrics; -1 where it has none. */
  lastStep: number;
  statusBefore: RunRecord["status"];
}

/**
 * Goes on with a run, one that ended too; several processes may write to one run.
 * @throws TrackingError UNKNOWN_RUN, UNKNOWN_PROJECT, STORE_NOT_WRITABLE
 */
export async function resumeRun(
  runId: string,
  input: ResumeInput = {},
  world: Partial<RunWorld> = {},
): Promise<ResumedRun> {
  const place = { ...realWorld, ...world };
  const systemMetrics = sampling(input.systemMetrics);
  const spooling = spoolingStore(place.openStore(input.store), place.spoolFolders());
  const { store } = spooling;
  const found = await findRun(store, runId, input.project);
  refuseGone(await readAnnotations(store, found.project), runId, store.address);
  const state = eventsState((await readEvents(store, found)).events);
  let run = withEvents(found, state);
  if (run.status !== "running") {
    const writtenAt = later(place.now(), found.writtenAt);
    run = { ...run, status: "running", endedAt: undefined, error: undefined, writtenAt };
    await appendRun(store, run);
  }
  const live = opened(spooling, run, { ...place, systemMetrics, parameters: run.parameters });
  return { live, lastStep: state.lastStep, statusBefore: found.status };
}

/** A run that this process wrote to before it was started anew, without looking at the store. */
export function reattachRun(
  address: { runId: string; project: string; startedAt: Date } & Pick<
    StartRunInput,
    "store" | "systemMetrics"
  >,
  world: Partial<RunWorld> = {},
): LiveRun {
  const place = { ...realWorld, ...world };
  const spooling = spoolingStore(place.openStore(address.store), place.spoolFolders());
  const run: RunRecord = {
    runId: address.runId,
    writtenAt: address.startedAt,
    project: address.project,
    name: undefined,
    status: "running",
    startedAt: address.startedAt,
    endedAt: undefined,
    parentRunId: undefined,
    error: undefined,
    user: undefined,
    host: undefined,
    source: undefined,
    gitCommit: undefined,
    gitDirty: undefined,
    parameters: {},
    tags: {},
    ...nothingLogged(),
    runtime: {},
  };
  const options = { ...place, systemMetrics: sampling(address.systemMetrics), parameters: {} };
  return opened(spooling, run, { ...options, isKnown: false });
}

function opened(
  spooling: SpoolingStore,
  run: RunRecord,
  options: RunWorld & {
    systemMetrics: number | undefined;
    parameters: Record<string, JsonValue>;
    isKnown?: boolean;
    surroundings?: Promise<void>;
  },
): LiveRun {
  return liveRun(spooling, run, {
    isKnown: true,
    ...options,
    deliver: () => deliverEverything(options.openStore(spooling.store.address), options),
    writer: newWriter(options.randomBytes),
    folder: currentFolder(),
  });
}

/** @returns whether nothing waits any more */
async function deliverEverything(store: Store, { now, spoolFolders: folders }: RunWorld): Promise<boolean> {
  try {
    const spools = await foldersToDeliver(folders());
    const { remaining } = await deliverRuns(store, { folders: spools, now });
    if (remaining.length === 0) forgetFailure(store);
    return remaining.length === 0;
  } catch {
    return false; // the store is still down; what waits goes on waiting
  }
}

function sampling(given: number | false | undefined): number | undefined {
  if (given === false) return undefined;
  if (given === undefined) return usualSampling;
  if (typeof given === "number" && given >= 0.1 && given <= 86_400) return given;
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `system_metrics is ${shown(given)}; give the seconds between two samples, from 0.1 to 86400, or false`,
  );
}

function mappingOf(given: object, argument: string): Record<string, JsonValue> {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new TrackingError("INVALID_ARGUMENT", `${argument} is ${shown(given)}; give a mapping`);
  }
  return jsonMapping(given, argument);
}

function jsonMapping(given: object, argument: string): Record<string, JsonValue> {
  return JSON.parse(compactJson(given, argument).text) as Record<string, JsonValue>;
}

function textsOf(tags: Readonly<Record<string, unknown>>): Record<string, string> {
  if (typeof tags !== "object" || tags === null || Array.isArray(tags)) {
    throw new TrackingError("INVALID_ARGUMENT", `tags is ${shown(tags)}; give a mapping of texts by name`);
  }
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => {
      if (typeof value === "string") return [key, value];
      if (typeof value === "number" || typeof value === "boolean") return [key, String(value)];
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `the tag ${JSON.stringify(key)} is ${shown(value)}; a tag is a text`,
      );
    }),
  );
}
