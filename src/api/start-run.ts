import { fileURLToPath } from "node:url";
import { callingFile } from "../experiment/environment/calling-file.js";
import { recentEnvironment } from "../experiment/environment/recent-environment.js";
import { shown } from "../experiment/input/values.js";
import type { JsonValue } from "../experiment/json-value.js";
import type { LiveRun, RunEnd } from "../jobs/live-run.js";
import type { KeptArtifact } from "../jobs/log-artifact.js";
import { messageOf, TrackingError, visibleText } from "../tracking-error.js";
import {
  address,
  checkedText,
  checkOptions,
  flag,
  isUrl,
  type OptionCheck,
  type OptionChecks,
  text,
  type UrlLike,
} from "./check-options.js";
import { captureConsole } from "./console-output.js";
import { finishWithProcess } from "./finish-with-process.js";
import { loadInTurn } from "./load-in-turn.js";
import {
  type ClassificationInput,
  type LoggedExperiment,
  logFrom,
  type RegressionInput,
} from "./log-experiment.js";
import { tableText } from "./table-text.js";
import { inCallersWords, inTypeScriptWords } from "./typescript-words.js";

export type { KeptArtifact } from "../jobs/log-artifact.js";

/** How a run ended. */
export type RunEndStatus = "finished" | "failed" | "killed";

/** What is the same for a run that is started and one that goes on. */
export interface RunRecording {
  /** A folder or bucket; by default `ML_TRACKING_STORE`, else `./ml-tracking`. */
  store?: string | UrlLike | undefined;
  /**
   * Whether, or every how many seconds, the machine's processors, memory, disk, network and NVIDIA GPUs are
   * recorded; by default every 10.
   */
  systemMetrics?: boolean | number | undefined;
  /** Whether what the process prints is recorded; true by default. */
  console?: boolean | undefined;
}

/** The arguments of `startRun`. */
export interface StartRunOptions extends RunRecording {
  /** The series that the run belongs to, as of experiments. */
  project: string;
  /** What you call it. */
  name?: string | undefined;
  /** What it is run with: any mapping that JSON can hold. Each is given once. */
  parameters?: object | undefined;
  /** Texts by name. */
  tags?: Readonly<Record<string, string>> | undefined;
  /** The run that this one is a child of, or its id. */
  parent?: Run | string | undefined;
}

/** The arguments of `resumeRun`. */
export interface ResumeRunOptions extends RunRecording {
  /** Where the run is; by default every project is looked through. */
  project?: string | undefined;
}

/** When a metric had its values. */
export interface LogOptions {
  /** A whole number; by default one more than that of the last call, and 0 at the first. */
  step?: number | undefined;
  /** By default now. */
  time?: Date | undefined;
}

/** The arguments of a run's `logExperiment`: those of the function, without project, store and run. */
export type RunExperimentInput<Model extends object = object> =
  | Omit<ClassificationInput<Model>, "project" | "store" | "runId">
  | Omit<RegressionInput<Model>, "project" | "store" | "runId">;

/**
 * A run that this process records. `log`, `logParameters`, `setTags` and `removeTag` take what they are given
 * and return; it is durable within a quarter of a second in a folder, within some seconds in a bucket.
 */
export interface Run {
  /** 16 characters. */
  readonly runId: string;
  /** The project's name as it is stored. */
  readonly project: string;
  readonly startedAt: Date;
  /**
   * Logs numbers by name. Never throws: what cannot be logged is warned of. NaN and infinities are kept as
   * they are.
   */
  readonly log: (metrics: Readonly<Record<string, number>>, options?: LogOptions) => void;
  /** @throws TrackingError PARAMETER_CHANGED where one was given before, with another value */
  readonly logParameters: (parameters: object) => void;
  /** A later text of a tag replaces the earlier one. */
  readonly setTags: (tags: Readonly<Record<string, string>>) => void;
  readonly removeTag: (name: string) => void;
  /**
   * Keeps a file, all files of a folder, or bytes with the run. One of that path is replaced.
   * @param path below the run's artifacts; by default the name of the file or folder
   * @throws TrackingError INVALID_ARGUMENT, MISSING_ARGUMENT, STORE_NOT_WRITABLE
   */
  readonly logArtifact: (source: string | UrlLike | Uint8Array, path?: string) => Promise<KeptArtifact>;
  /** Keeps rows as a CSV file; `.csv` is added to a name without it. */
  readonly logTable: (
    name: string,
    rows: readonly Readonly<Record<string, unknown>>[],
  ) => Promise<KeptArtifact>;
  readonly logText: (path: string, content: string) => Promise<KeptArtifact>;
  /** `logExperiment` for an evaluation that belongs to this run. */
  readonly logExperiment: <Model extends object>(
    input: RunExperimentInput<Model>,
  ) => Promise<LoggedExperiment>;
  /** Starts a run of the same project and store that is a child of this one. */
  readonly startChild: (options?: Omit<StartRunOptions, "project" | "store" | "parent">) => Promise<Run>;
  /** Returns when all that was logged is durable. @throws TrackingError STORE_NOT_WRITABLE */
  readonly flush: () => Promise<void>;
  /**
   * Ends the run, and returns when all of it is durable; the second time it does nothing.
   * @param status "finished" by default
   * @param error what ended it, where it failed
   */
  readonly finish: (status?: RunEndStatus, error?: unknown) => Promise<void>;
}

const sampling: OptionCheck = {
  expected: "true, false, or the seconds between two samples",
  accepts: (value) => typeof value === "boolean" || typeof value === "number",
};
const mapping: OptionCheck = {
  expected: "an object",
  accepts: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};
const parentRun: OptionCheck = {
  expected: "a run, or its id",
  accepts: (value) => typeof value === "string" || mapping.accepts(value),
};
const recordingChecks: OptionChecks<RunRecording> = {
  store: address,
  systemMetrics: sampling,
  console: flag,
};
const startChecks: OptionChecks<StartRunOptions> = {
  ...recordingChecks,
  project: text,
  name: text,
  parameters: mapping,
  tags: mapping,
  parent: parentRun,
};
const resumeChecks: OptionChecks<ResumeRunOptions> = { ...recordingChecks, project: text };

const load = () => loadInTurn(() => import("../jobs/start-run.js"));
const loadArtifacts = () => loadInTurn(() => import("../jobs/log-artifact.js"));

/**
 * Starts a run: one execution with a beginning and an end, that parameters, metrics by step, tags, artifacts and
 * experiments belong to. Its row is durable when this returns. A process that ends without `finish` ends it as
 * finished; one that is stopped by Ctrl-C, as killed.
 * @throws TrackingError before anything is written where an argument is bad; STORE_NOT_WRITABLE
 * @example
 * const run = await startRun({ project: "churn", parameters: { lr: 0.1 } });
 * for (let step = 0; step < 3; step++) run.log({ loss: 1 / (step + 1) }, { step });
 * await run.finish();
 */
export function startRun(options: StartRunOptions): Promise<Run> {
  const caller = callingFile(startRun);
  return inWords(async () => {
    const { project, parent, systemMetrics, console: _, ...given } = checkOptions(options, startChecks);
    const { startRun: start } = await load();
    const live = await start(
      {
        ...given,
        project: checkedText(project, "project", "the series that the run belongs to"),
        parent: typeof parent === "object" ? checkedText(parent.runId, "parent", "a run, or its id") : parent,
        systemMetrics: seconds(systemMetrics),
      },
      { environment: () => recentEnvironment(caller === undefined ? {} : { source: caller }) },
    );
    return runOf(live, { ...recordingOf(options), firstStep: 0 });
  });
}

/**
 * Goes on with a run, one that ended too; several processes may write to one run.
 * @throws TrackingError UNKNOWN_RUN, UNKNOWN_PROJECT, INVALID_ARGUMENT, STORE_NOT_WRITABLE
 */
export function resumeRun(runId: string, options: ResumeRunOptions = {}): Promise<Run> {
  return inWords(async () => {
    const { systemMetrics, console: _, ...given } = checkOptions(options, resumeChecks);
    const id = checkedText(runId, "runId", "the id of a run");
    const { resumeRun: resume } = await load();
    const { live, lastStep } = await resume(id, { ...given, systemMetrics: seconds(systemMetrics) });
    return runOf(live, { ...recordingOf(options), firstStep: lastStep + 1 });
  });
}

/**
 * Starts a run, does the work, and finishes the run: as failed with the error's message where the work throws,
 * which is thrown on.
 */
export async function withRun<Result>(
  options: StartRunOptions,
  work: (run: Run) => Result | Promise<Result>,
): Promise<Result> {
  const run = await startRun(options);
  try {
    const result = await work(run);
    await run.finish();
    return result;
  } catch (error) {
    await run.finish("failed", error);
    throw error;
  }
}

function recordingOf({ store, console: isRecorded = true }: RunRecording) {
  return { store, isRecorded };
}

function seconds(given: boolean | number | undefined): number | false | undefined {
  return given === true ? undefined : given;
}

function runOf(
  live: LiveRun,
  { store, isRecorded, firstStep }: { store: RunRecording["store"]; isRecorded: boolean; firstStep: number },
): Run {
  let nextStep = firstStep;
  let ended: Promise<void> | undefined;
  const warn = () => {
    for (const warning of live.warnings()) {
      process.emitWarning(visibleText(inTypeScriptWords(warning)), "TrackingWarning");
    }
  };
  const stopCapture = isRecorded
    ? captureConsole((stream, printed) => {
        live.add([{ kind: "console", time: Date.now(), key: stream, value: printed }]);
      })
    : () => {};
  const finish = (end: RunEnd): Promise<void> => {
    ended ??= inWords(async () => {
      stopCapture();
      stopWatching();
      await live.finish(end);
      warn();
    });
    return ended;
  };
  const stopWatching = finishWithProcess((status) => finish({ status, endedAt: new Date() }));
  const { run } = live;
  const place = { project: run.project, ...(store === undefined ? {} : { store }) };

  // Older libraries of types do not know the symbol, which `await using` looks for.
  const disposal = Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose");
  const started: Run & Record<typeof disposal, () => Promise<void>> = {
    runId: run.runId,
    project: run.project,
    startedAt: run.startedAt,
    log(metrics, { step = nextStep, time } = {}) {
      const values = numbersOf(metrics, live);
      live.add([{ kind: "metric", time: time?.getTime() ?? Date.now(), step, values }]);
      if (Number.isSafeInteger(step)) nextStep = step + 1;
      warn();
    },
    logParameters(parameters) {
      checkOptions({ parameters }, { parameters: mapping });
      try {
        live.setParameters(JSON.parse(JSON.stringify(parameters)) as Record<string, JsonValue>);
      } catch (error) {
        throw inCallersWords(error);
      }
    },
    setTags(tags) {
      checkOptions({ tags }, { tags: mapping });
      for (const [key, value] of Object.entries(tags) as [string, unknown][]) {
        live.add([{ kind: "tag", time: Date.now(), key, value: String(value) }]);
      }
      warn();
    },
    removeTag(name) {
      live.add([{ kind: "tag", time: Date.now(), key: name, value: undefined }]);
      warn();
    },
    logArtifact: (source, path) =>
      inWords(async () => {
        const { logArtifact } = await loadArtifacts();
        return logArtifact(live, fileOrBytes(source), path);
      }),
    logTable: (name, rows) =>
      inWords(async () => {
        const { logArtifact } = await loadArtifacts();
        const path = /\.csv$/i.test(name) ? name : `${name}.csv`;
        return logArtifact(live, Buffer.from(tableText(rows)), path);
      }),
    logText: (path, content) =>
      inWords(async () => {
        const { logArtifact } = await loadArtifacts();
        return logArtifact(live, Buffer.from(content), path);
      }),
    logExperiment: (input) =>
      logFrom({ ...input, ...place, runId: run.runId }, callingFile(started.logExperiment)),
    startChild: (options = {}) => startRun({ ...options, ...place, parent: run.runId }),
    flush: () =>
      inWords(async () => {
        await live.flush();
        warn();
      }),
    finish: (status = "finished", error) => {
      const statuses: readonly string[] = ["finished", "failed", "killed"];
      if (!statuses.includes(status)) {
        throw new TrackingError(
          "INVALID_ARGUMENT",
          `status is ${shown(status)}; give finished, failed or killed`,
        );
      }
      const why = error === undefined ? undefined : messageOf(error);
      return finish({ status, error: why, endedAt: new Date() });
    },
    [disposal]: () => finish({ status: "finished", endedAt: new Date() }),
  };
  return started;
}

/** What is a number among values; the rest is warned of. */
function numbersOf(metrics: Readonly<Record<string, unknown>>, live: LiveRun): Record<string, number> {
  const values: Record<string, number> = {};
  if (typeof metrics !== "object" || metrics === null) {
    process.emitWarning(`metrics is ${shown(metrics)}; give numbers by name`, "TrackingWarning");
    return values;
  }
  for (const [key, value] of Object.entries(metrics)) {
    if (typeof value === "number") values[key] = value;
    else if (typeof value === "bigint" || typeof value === "boolean") values[key] = Number(value);
    else {
      process.emitWarning(
        visibleText(
          `the metric ${JSON.stringify(key)} of the run ${live.run.runId} is ${shown(value)}, no number; it is not logged`,
        ),
        "TrackingWarning",
      );
    }
  }
  return values;
}

function fileOrBytes(source: unknown): string | Uint8Array {
  if (typeof source === "string" || source instanceof Uint8Array) return source;
  if (isUrl(source) && source.href.startsWith("file:")) return fileURLToPath(source.href);
  throw new TrackingError(
    "INVALID_ARGUMENT",
    `artifact is ${shown(source)}; give the path of a file or folder, or its bytes as a Uint8Array`,
  );
}

async function inWords<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    throw inCallersWords(error);
  }
}
