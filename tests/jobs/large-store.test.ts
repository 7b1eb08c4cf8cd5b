import { mkdtemp, open, readdir, readFile, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { storeCacheFolder } from "../../src/duckdb/cache-folder.js";
import { findExperiments } from "../../src/jobs/find-experiments.js";
import { leaderboard } from "../../src/jobs/leaderboard.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiment } from "../../src/jobs/read-experiments.js";
import { mlTracking } from "../support/built-package.js";
import { smallClassification } from "../support/experiments.js";

const experiments = 75;
let store: string;
let cache: string;
const ids: string[] = [];

/** Real experiments whose log takes more than 64 MiB, since each has much to say. */
beforeAll(async () => {
  store = await mkdtemp(join(tmpdir(), "ml-tracking-large-"));
  cache = join(store, "cache-of-its-own");
  process.env["ML_TRACKING_CACHE"] = cache;
  for (let i = 0; i < experiments; i++) {
    const { predictionId } = await logExperiment(
      smallClassification(store, {
        name: `run ${i}`,
        extraParameters: { note: String(i).padStart(960_000, "x") },
        yPred: ["cat", "dog", "cat", i % 3 === 0 ? "dog" : "cat"],
      }),
    );
    ids.push(predictionId);
  }
  await logExperiment(smallClassification(store, { project: "cats" }));
});
afterAll(async () => {
  delete process.env["ML_TRACKING_CACHE"];
  await rm(store, { recursive: true, force: true });
});

/** Bytes that this process read, from files and pipes. */
async function bytesRead(): Promise<number> {
  return Number(/^rchar: (\d+)$/m.exec(await readFile("/proc/self/io", "utf8"))![1]);
}

const logFiles = async () => {
  const folder = join(store, "tracking/pets");
  return (await readdir(folder)).sort().map((name) => join(folder, name));
};

/** Gives all log files a time that can be given again. */
async function setTimes(): Promise<void> {
  for (const file of await logFiles()) await utimes(file, 1_790_000_000, 1_790_000_000);
}

/** Changes the first log file behind the back of whoever trusts its size and time. */
async function misspellRun10(): Promise<void> {
  const [first] = (await logFiles()) as [string];
  const at = (await readFile(first)).indexOf(",run 10,");
  const file = await open(first, "r+");
  await file.write(",rum 10,", at);
  await file.close();
  await utimes(first, 1_790_000_000, 1_790_000_000);
}

async function cliAnswers() {
  const env = { ML_TRACKING_STORE: store };
  const commands = [
    ["experiments", "pets", "--sort", "accuracy", "--limit", "5", "--json"],
    ["experiments", "pets", "--limit", "3", "--json"],
    ["projects", "--json"],
    ["show", ids[40]!, "--json"],
    ["compare", ids[0]!, ids[74]!, "--json"],
  ];
  const answers = [];
  for (const command of commands) answers.push(await mlTracking(command, { env }));
  return answers;
}

describe("a store of a large log", () => {
  it("answers the same with a catalog and without one, of which reading makes none", async () => {
    const without = await cliAnswers();
    expect(without.map(({ status, talk }) => [status, talk])).toEqual(without.map(() => [0, ""]));
    expect(await readdir(store)).not.toContain("cache-of-its-own");

    const before = await bytesRead();
    const found = await findExperiments([ids[3]!, ids[70]!, ids[3]!], { store });
    expect(found.map(([record]) => record.name)).toEqual(["run 3", "run 70", "run 3"]);
    const scanned = (await bytesRead()) - before;
    expect(scanned).toBeGreaterThan(64 * 2 ** 20);
    expect(scanned).toBeLessThan(2 * 64 * 2 ** 20); // the log once, whatever the number of ids

    await setTimes();
    const told: [number, number][] = [];
    const board = await leaderboard("pets", {
      store,
      limit: 2,
      onCatalog: (done, total) => told.push([done, total]),
    });
    expect(board.rows.map(({ value }) => value)).toEqual([1, 1]);
    expect(board.experiments).toBe(experiments);
    expect(told.at(-1)![0]).toBe(told.at(-1)![1]);
    expect(await readdir(storeCacheFolder(cache, store))).toContain("catalog-0.duckdb");
    expect(await leaderboard("pets", { store, limit: 2 })).toEqual(board);

    expect(await cliAnswers()).toEqual(without);
  });

  it("answers from the catalog without reading the log again, but for what came since", async () => {
    await misspellRun10();
    const { experiment } = await readExperiment(ids[10]!, { store });
    expect(experiment.name).toBe("run 10");
    const added = await logExperiment(smallClassification(store, { name: "the newest" }));
    const newest = await readExperiment(added.predictionId, { store, project: "pets" });
    expect(newest.experiment.name).toBe("the newest");
    expect((await readExperiment(ids[10]!, { store })).experiment.name).toBe("run 10");
    await expect(readExperiment("zzzzzzzzzzzz", { store })).rejects.toMatchObject({
      code: "UNKNOWN_EXPERIMENT",
    });
    process.env["ML_TRACKING_CACHE"] = `${cache}-2`;
    expect((await readExperiment(ids[10]!, { store })).experiment.name).toBe("rum 10");
    process.env["ML_TRACKING_CACHE"] = cache;
  });

  it("ends with its signal while the catalog is made, which the next call then makes", async () => {
    process.env["ML_TRACKING_CACHE"] = `${cache}-3`;
    try {
      const controller = new AbortController();
      const reason = new Error("the user closed the window");
      const onCatalog = () => controller.abort(reason);
      const { signal } = controller;
      await expect(leaderboard("pets", { store, limit: 2, signal, onCatalog })).rejects.toBe(reason);
      expect((await leaderboard("pets", { store, limit: 2 })).rows).toHaveLength(2);
    } finally {
      process.env["ML_TRACKING_CACHE"] = cache;
    }
  });

  it("looks through the log where another process has the catalog", async () => {
    const { openCatalog } = await import("../../src/catalog/open-catalog.js");
    const { openStore } = await import("../../src/store/open-store.js");
    const held = await openCatalog(openStore(store));
    try {
      const shown = await mlTracking(["show", ids[74]!, "--json", "--store", store]);
      expect(shown.status).toBe(0);
      expect(JSON.parse(shown.out)).toMatchObject({ name: "run 74" });
      expect((await findExperiments([ids[74]!], { store }))[0]![0].name).toBe("run 74");
    } finally {
      await held.close();
    }
  });
});
