// Stores of many runs for bench/runs.js: the run log of all, and the folded histories of some.
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { seeded } from "./measure.js";

export const project = "bench";
export const chartKeys = ["train/loss", "val/accuracy"];

/** The id of a run that says its number. */
export function runIdOf(number) {
  return `r${String(number).padStart(15, "0")}`;
}

/** When a run began: one a minute. */
export function startOf(number) {
  return new Date(Date.UTC(2026, 0, 1) + number * 60_000);
}

/** Writes the folded history of runs, each with so many steps of each key, as the end of a run does. */
export async function writeHistories(
  root,
  { runs, steps },
  { foldedTable, parquetChunks, EventTableBuilder, historyFolder },
) {
  const random = seeded(3);
  for (let number = 0; number < runs; number++) {
    const startedAt = startOf(number);
    const events = new EventTableBuilder();
    for (const key of chartKeys) {
      for (let step = 0; step < steps; step++) {
        const value = Math.exp(-step / 2000) + random() / 10;
        events.add({
          kind: 0,
          key,
          step,
          time: startedAt.getTime() + step * 100,
          value,
          text: undefined,
          context: undefined,
        });
      }
    }
    const folder = join(root, historyFolder({ project, startedAt, runId: runIdOf(number) }));
    mkdirSync(folder, { recursive: true });
    const chunks = [...parquetChunks(foldedTable(events.table(), {}))];
    writeFileSync(join(folder, "1.parquet"), Buffer.concat(chunks));
  }
}

/** Writes the log of runs as they come: a row at the beginning of each and one at its end. */
export function writeRunLog(root, count, { runHeader, runLine }) {
  const random = seeded(5);
  const folder = join(root, "runs", project);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${project}_2026-01-01_1.csv`);
  let text = runHeader;
  for (let number = 0; number < count; number++) {
    const [started, ended] = runOf(number, random);
    text += runLine(started) + runLine(ended);
    if (text.length < 2 ** 20 && number < count - 1) continue;
    appendFileSync(file, text);
    text = "";
  }
}

/** The snapshots of a run at its beginning and at its end. */
function runOf(number, random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const startedAt = startOf(number);
  const endedAt = new Date(startedAt.getTime() + Math.round(random() * 3_600_000));
  const started = {
    runId: runIdOf(number),
    writtenAt: startedAt,
    project,
    name: `trial ${number}`,
    status: "running",
    startedAt,
    user: pick(["ann", "bob", "eve"]),
    host: pick(["node-1", "node-2"]),
    source: "train.py",
    gitCommit: "0123456789abcdef0123456789abcdef01234567",
    gitDirty: random() < 0.2,
    parameters: {
      lr: random() / 10,
      optimizer: pick(["adam", "sgd", "lamb"]),
      layers: Math.floor(random() * 20),
      data: { batch: pick([32, 64, 128]), augment: random() < 0.5 },
    },
    tags: { team: pick(["a", "b", "c"]), stage: pick(["debug", "sweep"]) },
    metrics: {},
    metricSteps: {},
    metricTimes: {},
    firstMetrics: {},
    minMetrics: {},
    maxMetrics: {},
    inputs: { datasets: [], models: [] },
    outputs: { models: [] },
    runtime: { language: "python", version: "3.12.1" },
  };
  const metrics = { loss: random(), "val/accuracy": random(), epoch: 10, "grad/norm": random() * 5 };
  const status = random() < 0.9 ? "finished" : "failed";
  const each = (value) => Object.fromEntries(Object.keys(metrics).map((key) => [key, value]));
  const ended = { metricSteps: each(10), metricTimes: each(endedAt.getTime()), firstMetrics: metrics };
  const extremes = { minMetrics: metrics, maxMetrics: metrics };
  return [started, { ...started, ...ended, ...extremes, writtenAt: endedAt, endedAt, status, metrics }];
}
