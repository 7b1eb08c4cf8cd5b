// Several writers of one process, each with a store of its own: they log experiments as fast as they can, and
// each id is printed once it is acknowledged.
import { writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { gcsStore } from "../../src/store/gcs-store.js";
import { s3Store } from "../../src/store/s3-store.js";
import type { Store } from "../../src/store/store.js";

export interface WriterOrders {
  address: string;
  url: string;
  writers: number;
  rows: number;
  /** False: a busy file is waited for, as if there was no rule to start the next one. */
  rolls: boolean;
}

const orders = JSON.parse(process.argv[2] ?? "") as WriterOrders;

function open(): Store {
  const { address, url } = orders;
  const store = address.startsWith("gs://")
    ? gcsStore(address, { emulator: url })
    : s3Store(address, { endpoint: url });
  if (orders.rolls) return store;
  return {
    ...store,
    async append(...call) {
      for (let wait = 50; ; wait = Math.min(1000, wait * 2)) {
        const outcome = await store.append(...call);
        if (outcome !== "busy") return outcome;
        await sleep(Math.random() * wait);
      }
    },
  };
}

const environment = async () => ({
  user: "tester",
  host: "here",
  source: "bucket-writer",
  gitCommit: "",
  gitDirty: undefined,
  runtime: { language: "node", version: process.version, packages: {} },
  warnings: [],
});

async function work(writer: number): Promise<void> {
  const store = open();
  for (let i = 0; i < orders.rows; i++) {
    const { predictionId } = await logExperiment(
      {
        kind: "classification",
        project: "crowd",
        name: `${process.pid} ${writer} ${i}`,
        parameters: {
          datasetUri: "d",
          targetColumn: "y",
          testSet: [1, 2],
          model: { name: "M", parameters: {} },
        },
        yTrue: [0, 1],
        yPred: [0, 1],
      },
      { openStore: () => store, environment },
    );
    writeSync(1, `${predictionId}\n`);
  }
}

await Promise.all(Array.from({ length: orders.writers }, (_, writer) => work(writer)));
