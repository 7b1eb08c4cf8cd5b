import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { DuckDBInstance } from "@duckdb/node-api";
import type { ExperimentInput } from "../../src/experiment/input/experiment-input.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { openPredictions, type Predictions } from "../../src/plots/open-predictions.js";
import type { PlotCache } from "../../src/plots/plot-cache.js";

export const oracleScript = fileURLToPath(new URL("oracle.py", import.meta.url));

/** What is logged: the arguments of an experiment that matter here. */
export type Logged = Pick<ExperimentInput, "kind" | "yTrue" | "yPred"> & {
  name: string;
  testSet?: ExperimentInput["parameters"]["testSet"];
} & Partial<Pick<ExperimentInput, "yScore" | "labels" | "positiveLabel" | "sampleFeatures">>;

let database: Promise<DuckDBInstance> | undefined;

/** A connection to one DuckDB in memory for all tests of a file. */
export async function connect() {
  database ??= DuckDBInstance.create(":memory:", { memory_limit: "1GB" });
  return (await database).connect();
}

/** Logs an experiment through the project's own front door, and gives the path of its predictions. */
export async function logged(store: string, { name, testSet, ...outcome }: Logged): Promise<string> {
  const samples = outcome.yTrue.length;
  const { paths } = await logExperiment({
    ...outcome,
    project: "plots",
    name,
    parameters: {
      datasetUri: "generated",
      targetColumn: "target",
      testSet: testSet ?? Array.from({ length: samples }, (_, i) => `sample ${i}`),
      model: { name: "Generated", parameters: {} },
    },
    source: "",
    store,
  });
  return join(store, paths.predictions);
}

/** The predictions of an experiment that is logged for it. */
export async function predictionsOf(store: string, outcome: Logged, cache?: PlotCache): Promise<Predictions> {
  const path = await logged(store, outcome);
  return openPredictions({ connect, path, ...(cache ? { cache } : {}) });
}

/** Numbers from 0 to 1, the same in every run (Mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Normally distributed numbers (Box and Muller). */
export function gaussian(next: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}
