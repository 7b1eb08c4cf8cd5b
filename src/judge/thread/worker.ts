// The thread that judges: one request after the other, so that what takes seconds keeps nobody else waiting
// for the server.
import { parentPort } from "node:worker_threads";

import { type FeatureSource, featureSource } from "../../predictions/read/feature-source.js";
import { fileRanges } from "../../predictions/read/file-ranges.js";
import { openLocalPredictions } from "../../predictions/read/own-failure.js";
import { RecentTables } from "./recent-tables.js";
import {
  type FeaturedEvaluation,
  type JudgedFile,
  type TaskAnswer,
  type TaskRequest,
  tasks,
} from "./tasks.js";

const tables = new RecentTables();

parentPort?.on("message", (request: TaskRequest) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  void answer(request).then((reply) => parentPort?.postMessage(reply));
});

async function answer({ name, files, settings }: TaskRequest): Promise<TaskAnswer> {
  try {
    const evaluations: FeaturedEvaluation[] = [];
    for (const file of files) {
      evaluations.push({
        record: file.record,
        table: await tables.read(file, settings ?? {}),
        features: featuresOf(file),
      });
    }
    // Who made the request gave the experiments and settings that are the task's.
    const task = tasks[name] as unknown as (of: FeaturedEvaluation[], settings: unknown) => unknown;
    return { result: await task(evaluations, settings) };
  } catch (error) {
    const { code, message, stack } = error as Error & { code?: string };
    return { failure: { code, message, stack } };
  }
}

function featuresOf({ record, path }: JudgedFile): FeatureSource {
  return featureSource(async (read) => {
    const file = await openLocalPredictions(path, record.predictions);
    try {
      return await read(fileRanges(file, (await file.stat()).size));
    } finally {
      await file.close();
    }
  }, record.predictions);
}
