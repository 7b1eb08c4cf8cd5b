import { expect, it } from "vitest";

import { openMlflow } from "../../src/mlflow/open-mlflow.js";
import { openStore } from "../../src/store/open-store.js";
import type { Store } from "../../src/store/store.js";
import { TrackingError } from "../../src/tracking-error.js";
import { temporaryFolder } from "../support/temporary-folder.js";

async function opened(store: Store, now?: () => Date) {
  const mlflow = openMlflow(store, { notice: () => {}, author: "ada", ...(now ? { now } : {}) });
  await mlflow.ready();
  return mlflow;
}

const unnamed = { name: "a", user: undefined, startTime: undefined, tags: {} };
const metric = (value: number) => ({ key: "m", value, timestamp: 1, step: value, context: undefined });

it("what the store did not take, and was refused, is not there later", async () => {
  const folder = await temporaryFolder();
  let isFull = false;
  const store = openStore(folder);
  const fails = async (path: string) => {
    if (isFull && path.startsWith("history/"))
      throw new TrackingError("STORE_NOT_WRITABLE", "the disk is full");
  };
  const small: Store = {
    ...store,
    create: async (path, ...rest) => {
      await fails(path);
      return store.create(path, ...rest);
    },
    append: async (path, ...rest) => {
      await fails(path);
      return store.append(path, ...rest);
    },
    openAppender: async (path) => {
      await fails(path);
      return undefined;
    },
  };
  const before = await opened(small);
  const run = await before.runs.create(before.experiments.get("0"), unnamed);
  await before.runs.log(run, { metrics: [metric(1)] });
  isFull = true;
  const refused = await Promise.allSettled([
    before.runs.log(run, { metrics: [metric(2)], params: [["lr", "0.1"]] }),
    before.runs.log(run, { params: [["lr", "0.1"]] }),
    before.runs.log(run, { metrics: [metric(3)] }),
  ]);
  expect(refused.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  isFull = false;
  await before.runs.log(run, { metrics: [metric(4)], params: [["lr", "0.2"]] });
  const after = await opened(openStore(folder));
  const found = await after.runs.fresh(run.record.runId);
  expect(found.param("lr")).toBe("0.2");
  const { values } = await after.history.points(found, "m", { isFirstPage: true });
  expect([...values]).toEqual([1, 4]);
  await after.close();
  await before.close();
});

it("a tag that another server set later counts here, too", async () => {
  const folder = await temporaryFolder();
  const [one, two] = [await opened(openStore(folder)), await opened(openStore(folder))];
  const run = await one.runs.create(one.experiments.get("0"), unnamed);
  await one.runs.log(run, { tags: [["t", "a"]] });
  const same = await two.runs.fresh(run.record.runId);
  expect(same.tag("t")).toBe("a");
  await two.runs.log(same, { tags: [["t", "b"]] });
  expect((await one.runs.fresh(run.record.runId)).tag("t")).toBe("b");
  await one.runs.update(run, { status: "FINISHED", endTime: undefined, name: undefined });
  const after = await opened(openStore(folder));
  expect((await after.runs.get(run.record.runId)).tag("t")).toBe("b");
  for (const each of [one, two, after]) await each.close();
});

it("a tag that another server set just before the end of a run is not lost by it", async () => {
  const folder = await temporaryFolder();
  const time = Date.UTC(2026, 0, 1);
  const one = await opened(openStore(folder), () => new Date(time + 1_000));
  const two = await opened(openStore(folder), () => new Date(time + 500));
  const same = await two.runs.create(two.experiments.get("0"), unnamed);
  const run = await one.runs.fresh(same.record.runId);
  await two.runs.log(same, { tags: [["t", "b"]] });
  await one.runs.update(run, { status: "FINISHED", endTime: undefined, name: undefined });
  const after = await opened(openStore(folder));
  expect((await after.runs.get(run.record.runId)).tag("t")).toBe("b");
  for (const each of [one, two, after]) await each.close();
});

it("what another server said around the end of a run is shown by the one that ended it", async () => {
  const folder = await temporaryFolder();
  const [one, two] = [await opened(openStore(folder)), await opened(openStore(folder))];
  const run = await one.runs.create(one.experiments.get("0"), unnamed);
  await one.runs.log(run, { metrics: [metric(1)] });
  const same = await two.runs.fresh(run.record.runId);
  await two.runs.log(same, { metrics: [metric(2)], params: [["p", "v"]], tags: [["t", "b"]] });
  await Promise.all([
    one.runs.update(run, { status: "FINISHED", endTime: undefined, name: undefined }),
    two.runs.log(same, { metrics: [metric(3)], params: [["q", "w"]] }),
  ]);
  const shown = async () => {
    const found = await one.runs.get(run.record.runId);
    const params = [found.param("p"), found.param("q")];
    return [found.metric("m"), ...params, found.tag("t"), found.record.status];
  };
  await expect.poll(shown, { timeout: 60_000, interval: 200 }).toEqual([3, "v", "w", "b", "finished"]);
  for (const each of [one, two]) await each.close();
});

it("a tag that is set after the clock went back counts after a restart", async () => {
  const folder = await temporaryFolder();
  const time = Date.UTC(2026, 0, 1);
  const before = await opened(openStore(folder), () => new Date(time + 3_600_000));
  const run = await before.runs.create(before.experiments.get("0"), unnamed);
  await before.runs.log(run, { tags: [["t", "old"]] });
  await before.close();
  const middle = await opened(openStore(folder), () => new Date(time));
  const found = await middle.runs.fresh(run.record.runId);
  await middle.runs.log(found, { tags: [["t", "new"]] });
  await middle.close();
  const after = await opened(openStore(folder), () => new Date(time));
  expect((await after.runs.fresh(run.record.runId)).tag("t")).toBe("new");
  await after.close();
});
