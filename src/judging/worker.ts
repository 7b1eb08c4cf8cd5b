// The thread that judges: one request after the other, so that what takes seconds keeps nobody else waiting for the server.
import { parentPort } from "node:worker_threads";

import type { Evaluation } from "../judge/pair-evaluations.js";
import { RecentTables } from "./recent-tables.js";
import { type TaskAnswer, type TaskRequest, tasks } from "./tasks.js";

const tables = new RecentTables();

parentPort?.on("message", (request: TaskRequest) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  void answer(request).then((reply) => parentPort?.postMessage(reply));
});

async function answer({ name, files, settings }: TaskRequest): Promise<TaskAnswer> {
  try {
    const evaluations: Evaluation[] = [];
    for (const file of files) evaluations.push({ record: file.record, table: await tables.read(file) });
    // Who made the request gave the experiments and settings that are the task's.
    const task = tasks[name] as unknown as (of: Evaluation[], settings: unknown) => unknown;
    return { result: task(evaluations, settings) };
  } catch (error) {
    const { code, message, stack } = error as Error & { code?: string };
    return { failure: { code, message, stack } };
  }
}
