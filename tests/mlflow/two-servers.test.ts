import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it, onTestFinished, type TestContext } from "vitest";

import { serve } from "../../src/server/serve.js";
import { openStore } from "../../src/store/open-store.js";
import type { Store } from "../../src/store/store.js";
import { startGcsServer } from "../support/gcs-server.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { callWire, type WireAnswer } from "./wire.js";

/** Where two servers write at once, each with a store of its own over it. */
const places = [
  {
    name: "one folder",
    open: async (): Promise<() => Store> => {
      const folder = join(await temporaryFolder(), "store");
      return () => openStore(folder);
    },
  },
  {
    name: "one bucket",
    open: async (context: Pick<TestContext, "skip">): Promise<() => Store> => {
      const server = await startGcsServer(context);
      const address = await server.newBucket();
      return () => server.open(address);
    },
  },
];

async function startOn(store: Store) {
  const server = await serve({ store, cacheFolder: await temporaryFolder() });
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= server.close());
  onTestFinished(close);
  return { uri: new URL(server.url).origin, close };
}

/** Asks again and again until the answer is as wanted. @returns the milliseconds that it took */
async function until(wanted: () => Promise<boolean>): Promise<number> {
  const start = performance.now();
  while (!(await wanted().catch(() => false))) {
    if (performance.now() - start > 120_000) throw new Error("never seen");
    await pause(50);
  }
  return performance.now() - start;
}

for (const { name, open } of places) {
  it(`two servers over ${name} show each other what was logged, and lose nothing of one run that both write`, async (context) => {
    const openAgain = await open(context);
    const [one, other] = [await startOn(openAgain()), await startOn(openAgain())];
    const { experiment_id: experiment } = await callWire(one.uri, "POST experiments/create", {
      name: "shared",
    });
    const waits: Record<string, number> = {};
    const seen = async (what: string, wanted: () => Promise<boolean>) => {
      waits[what] = Math.round(await until(wanted));
    };
    const of = (uri: string, id: string): Promise<WireAnswer> =>
      callWire(uri, "GET runs/get", { run_id: id }).then(({ run }) => run);
    const found = async (uri: string, filter: string): Promise<WireAnswer[]> =>
      (await callWire(uri, "POST runs/search", { experiment_ids: [experiment], filter })).runs ?? [];

    const { run } = await callWire(one.uri, "POST runs/create", {
      experiment_id: experiment,
      run_name: "both",
    });
    const id = run.info.run_id as string;
    await seen("a new experiment", async () =>
      Boolean(await callWire(other.uri, "GET experiments/get-by-name", { experiment_name: "shared" })),
    );
    await seen("a new run", async () => (await found(other.uri, "run_name = 'both'")).length === 1);
    const log = (uri: string, who: string, i: number) =>
      callWire(uri, "POST runs/log-batch", {
        run_id: id,
        metrics: [
          { key: who, value: i, timestamp: Date.now(), step: i },
          { key: "m", value: i, timestamp: i, step: i },
        ],
        params: [{ key: `${who} ${i}`, value: String(i) }],
        tags: [{ key: who, value: String(i) }],
      });
    for (let i = 0; i < 10; i++)
      await Promise.all([log(one.uri, "one", i), log(other.uri, "other", 100 + i)]);
    const isWhole = async (uri: string) => {
      const { data } = await of(uri, id);
      const tags = Object.fromEntries(data.tags.map(({ key, value }: WireAnswer) => [key, value]));
      const last = Object.fromEntries(data.metrics.map(({ key, value }: WireAnswer) => [key, value]));
      return data.params.length === 20 && tags["one"] === "9" && tags["other"] === "109" && last["m"] === 109;
    };
    await seen("what the other logged", () => isWhole(one.uri));
    await seen("what the one logged", () => isWhole(other.uri));
    await seen(
      "by search",
      async () => (await found(one.uri, "metrics.other = 109 AND params.`other 101` = '101'")).length === 1,
    );
    await callWire(one.uri, "POST runs/update", { run_id: id, status: "FINISHED", end_time: Date.now() });
    await seen("the end", async () => (await found(other.uri, "status = 'FINISHED'")).length === 1);
    await callWire(other.uri, "POST runs/log-metric", {
      run_id: id,
      key: "late",
      value: 1,
      timestamp: Date.now(),
    });
    await seen(
      "what came after the end",
      async () => (await found(one.uri, "metrics.late = 1")).length === 1,
    );
    await callWire(other.uri, "POST runs/delete", { run_id: id });
    await seen("the removal", async () => (await found(one.uri, "")).length === 0);
    await callWire(other.uri, "POST runs/restore", { run_id: id });
    await context.annotate(`milliseconds until the other server showed it: ${JSON.stringify(waits)}`);

    await one.close();
    await other.close();
    const third = await startOn(openAgain());
    expect(await isWhole(third.uri)).toBe(true);
    expect((await of(third.uri, id)).info).toMatchObject({ status: "FINISHED", lifecycle_stage: "active" });
    for (const [key, count] of Object.entries({ one: 10, other: 10, m: 20, late: 1 })) {
      const { metrics } = await callWire(third.uri, "GET metrics/get-history", {
        run_id: id,
        metric_key: key,
      });
      expect(metrics, key).toHaveLength(count);
    }
  });
}
