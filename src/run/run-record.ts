import type { JsonValue } from "../experiment/json-value.js";

export const runStatuses = ["running", "finished", "failed", "killed"] as const;
export type RunStatus = (typeof runStatuses)[number];

export function isRunStatus(text: unknown): text is RunStatus {
  return (runStatuses as readonly unknown[]).includes(text);
}

/** A data set that a run read. */
export interface RunDataset {
  name: string;
  /** Tells versions of it apart. */
  digest: string;
  /** What for: "training", "evaluation". */
  context: string | undefined;
}

/** One execution with a beginning and an end. */
export interface RunFacts {
  /** 16 characters. */
  runId: string;
  project: string;
  /** What the user calls the run. */
  name: string | undefined;
  status: RunStatus;
  startedAt: Date;
  /** Undefined while it lasts. */
  endedAt: Date | undefined;
  /** The run that this one is a child of. */
  parentRunId: string | undefined;
  /** What ended a run that failed. */
  error: string | undefined;
  user: string | undefined;
  host: string | undefined;
  /** The script. */
  source: string | undefined;
  gitCommit: string | undefined;
  /** Whether tracked files differed from the commit. */
  gitDirty: boolean | undefined;
  /** Given once each, as JSON has them. */
  parameters: Record<string, JsonValue>;
  tags: Record<string, string>;
  /** The last value of each metric: that of the greatest step, of one step the latest. Not those of the system. */
  metrics: Record<string, number>;
  /** The step of each of these values. */
  metricSteps: Record<string, number>;
  /** When each of them was logged, in milliseconds since 1970. */
  metricTimes: Record<string, number>;
  /** When the run ended: the value of each metric's least step, and its least and greatest finite numbers. */
  firstMetrics: Record<string, number>;
  minMetrics: Record<string, number>;
  maxMetrics: Record<string, number>;
  /** Data sets and models that were read. */
  inputs: { datasets: readonly RunDataset[]; models: readonly string[] };
  /** Models that were made. */
  outputs: { models: readonly { modelId: string; step: number }[] };
  /** Language, versions, command. */
  runtime: Record<string, JsonValue>;
}

/** A run as its newest row in the run log says. */
export interface RunRecord extends RunFacts {
  /** When this was written down. */
  writtenAt: Date;
}

/** Metrics of the machine begin so; a run records them by itself. */
export const systemPrefix = "system/";

/** What a run has of all that is logged to it while it lasts, at its beginning. */
export function nothingLogged(): Pick<
  RunFacts,
  | "metrics"
  | "metricSteps"
  | "metricTimes"
  | "firstMetrics"
  | "minMetrics"
  | "maxMetrics"
  | "inputs"
  | "outputs"
> {
  return {
    metrics: {},
    metricSteps: {},
    metricTimes: {},
    firstMetrics: {},
    minMetrics: {},
    maxMetrics: {},
    inputs: { datasets: [], models: [] },
    outputs: { models: [] },
  };
}
