import { readAnnotations } from "../../annotations/read-annotations.js";
import type { ExperimentRecord } from "../../experiment/experiment-record.js";
import { renamedPredictions } from "../../predictions/find-predictions.js";
import { idKey, keyList, textKey } from "../../tracking-log/key-list.js";
import { logLines } from "../../tracking-log/read-log.js";
import { toRecord } from "../../tracking-log/row.js";
import { idsInTwoProjects } from "./ids-in-two-projects.js";
import { problemOfPredictions } from "./predictions.js";
import type { Known, VerifyJob } from "./verify-job.js";

/** How many predictions are looked for at the same time where they are not read. */
const lookedForAtOnce = 64;

/** Reads every row once more: looks at its predictions, and tells of ids that two projects have. */
export async function checkExperiments(
  job: VerifyJob,
  { logs, idsInSeveralProjects }: Known,
): Promise<Pick<Known, "namedPredictions">> {
  const named = keyList();
  const tellOfTwoProjects = idsInTwoProjects(job, logs, idsInSeveralProjects);
  const total = logs.reduce((sum, { experiments }) => sum + experiments, 0);
  let done = 0;
  let waiting: ExperimentRecord[] = [];
  const isRenamed = renamedPredictions(job.store);
  const look = async () => {
    const batch = waiting;
    waiting = [];
    await lookAtPredictions(job, batch, isRenamed);
    done += batch.length;
    job.onProgress(Math.min(done, total), total);
  };
  for (const [number, { project, repeated }] of logs.entries()) {
    const seen = new Uint8Array(repeated.size);
    const said = (await readAnnotations(job.store, project)).experiments;
    for await (const line of logLines(job.store, project)) {
      if ("broken" in line) continue;
      const id = line.cells.get("prediction_id") as string;
      const key = idKey(id);
      named.add(...textKey(line.cells.get("predictions") ?? ""));
      const again = repeated.indexOf(...key);
      if (again >= 0 && seen[again]) continue;
      if (again >= 0) seen[again] = 1;
      await tellOfTwoProjects(number, { path: line.path, line: line.line, id, key });
      const read = toRecord(line.cells);
      if ("broken" in read) continue;
      if (said.get(id)?.state === "purged") {
        done += 1; // a purge that was stopped has taken its predictions, or will
        continue;
      }
      waiting.push(read.record);
      if (waiting.length >= (job.readPredictions ? 1 : lookedForAtOnce)) await look();
    }
  }
  await look();
  return { namedPredictions: named.sorted() };
}

async function lookAtPredictions(
  { store, signal, findings, readPredictions }: VerifyJob,
  batch: readonly ExperimentRecord[],
  isRenamed: (path: string) => Promise<boolean>,
): Promise<void> {
  const problems = await Promise.all(
    batch.map(async (record) => ({
      record,
      problem: await problemOfPredictions(store, record, isRenamed, readPredictions, signal),
    })),
  );
  for (const { record, problem } of problems) {
    if (!problem) continue;
    await findings.add({ ...problem, project: record.project, path: record.predictions, repaired: false });
  }
}
