import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

import { isErrorCode } from "../../error-table.js";
import { TrackingError } from "../../tracking-error.js";
import type {
  JudgedFile,
  TaskAnswer,
  TaskFiles,
  TaskName,
  TaskRequest,
  TaskResult,
  TaskSettings,
} from "./tasks.js";

/** A thread of its own for what takes long, started when first asked. */
export interface Judging {
  /**
   * Puts a task behind those before it. Aborted, it is taken out; one that runs is ended with the thread, and
   * another begins.
   * @throws TrackingError as the task does; the signal's reason
   */
  run<Name extends TaskName>(
    name: Name,
    files: TaskFiles<Name>,
    settings: TaskSettings<Name>,
    signal?: AbortSignal,
  ): Promise<TaskResult<Name>>;
  close(): Promise<void>;
}

interface Job {
  request: TaskRequest;
  resolve: (result: unknown) => void;
  reject: (reason: unknown) => void;
}

/** Beyond this many that wait, somebody asks faster than anybody reads. */
const mostWaiting = 500;

export function openJudging(): Judging {
  const waiting: Job[] = [];
  let running: Job | undefined;
  let worker: Worker | undefined;
  let isClosed = false;

  const end = (settle: (job: Job) => void) => {
    const job = running;
    running = undefined;
    if (job) settle(job);
    next();
  };
  const next = () => {
    if (running || isClosed) return;
    running = waiting.shift();
    if (!running) return;
    try {
      worker ??= start();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(running.request);
    } catch (error) {
      end((job) => job.reject(error)); // those behind it have their turn
    }
  };
  const start = (): Worker => {
    const made = new Worker(workerFile());
    made.unref();
    made.on("message", (answer: TaskAnswer) => {
      if (made !== worker) return;
      end((job) => ("result" in answer ? job.resolve(answer.result) : job.reject(failureOf(answer.failure))));
    });
    const ended = (error: unknown) => {
      if (made !== worker) return;
      worker = undefined;
      end((job) => job.reject(error));
    };
    made.on("error", ended);
    made.on("exit", (code) => ended(new Error(`the judging thread ended with ${code}`)));
    return made;
  };
  const giveUp = (job: Job, reason: unknown) => {
    if (job === running) {
      const old = worker;
      worker = undefined;
      void old?.terminate();
      end(() => job.reject(reason));
      return;
    }
    const place = waiting.indexOf(job);
    if (place < 0) return;
    waiting.splice(place, 1);
    job.reject(reason);
  };

  return {
    run<Name extends TaskName>(
      name: Name,
      files: TaskFiles<Name>,
      settings: TaskSettings<Name>,
      signal?: AbortSignal,
    ) {
      signal?.throwIfAborted();
      if (waiting.length >= mostWaiting) {
        throw new TrackingError(
          "BUSY",
          `${mostWaiting} comparisons are already waiting; try again when some have finished`,
        );
      }
      return new Promise<TaskResult<Name>>((resolve, reject) => {
        const request: TaskRequest = { name, files: [...(files as readonly JudgedFile[])], settings };
        const onAbort = () => giveUp(job, signal?.reason);
        const job: Job = {
          request,
          resolve: (result) => {
            signal?.removeEventListener("abort", onAbort);
            resolve(result as TaskResult<Name>);
          },
          reject: (reason) => {
            signal?.removeEventListener("abort", onAbort);
            reject(reason);
          },
        };
        signal?.addEventListener("abort", onAbort, { once: true });
        waiting.push(job);
        next();
      });
    },
    async close() {
      isClosed = true;
      const reason = new Error("the server is closed");
      for (const job of waiting.splice(0)) job.reject(reason);
      const old = worker;
      worker = undefined;
      end((job) => job.reject(reason));
      await old?.terminate();
    },
  };
}

function failureOf({ code, message, stack }: Extract<TaskAnswer, { failure: unknown }>["failure"]): Error {
  if (isErrorCode(code)) return new TrackingError(code, message);
  return Object.assign(new Error(message), { stack });
}

/**
 * Names the code that judges: the worker's own text, in which the parts that it loads are named by theirs.
 */
export function judgingProgram(): string {
  return createHash("sha256").update(readFileSync(workerFile())).digest("hex");
}

/** Beside the bundle's chunks, or, for the unbundled source, in dist/. */
function workerFile(): string {
  const places = ["../judging.js", "../../../dist/judging.js"].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const found = places.find((file) => existsSync(file));
  if (found) return found;
  throw new Error(
    `the program is not whole: ${places[0]} is missing; install it anew, or run "npm run build"`,
  );
}
