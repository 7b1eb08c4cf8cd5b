import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import * as library from "../../src/index.js";
import { logExperiment as logInWorld } from "../../src/jobs/log-experiment.js";
import { openStore } from "../../src/store/open-store.js";
import type { Store } from "../../src/store/store.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const { compactStore, copyStore, findSlices, logExperiment, readExperiments, verifyStore } = library;
const reason = new Error("the user closed the window");

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => "it was answered",
    (error: unknown) => error,
  );
}

let store = "";
let ids: string[] = [];
beforeAll(async () => {
  store = await mkdtemp(join(tmpdir(), "ml-tracking-test-"));
  ids = [];
  const samples = Array.from({ length: 2_000 }, (_, i) => i);
  const features = Array.from({ length: 24 }, (_, k) => [`f${k}`, samples.map((i) => (i * (k + 3)) % 7)]);
  for (const wrong of [5, 9]) {
    const { predictionId } = await logExperiment({
      kind: "classification",
      project: "pets",
      parameters: {
        datasetUri: "a",
        targetColumn: "b",
        testSet: samples,
        model: { name: "M", parameters: {} },
      },
      yTrue: samples.map((i) => i % 3),
      yPred: samples.map((i) => (i % wrong === 0 ? i + 1 : i) % 3),
      sampleFeatures: Object.fromEntries(features) as Record<string, number[]>,
      newCsv: true,
      store,
    });
    ids.push(predictionId);
  }
});
afterAll(() => rm(store, { recursive: true, force: true }));

/** Every file below a folder. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe("a signal that is aborted before the call", () => {
  const signal = AbortSignal.abort(reason);
  const calls: Record<string, () => Promise<unknown>> = {
    listProjects: () => library.listProjects({ store, signal }),
    readExperiments: () => readExperiments("pets", { store, signal }),
    readExperiment: () => library.readExperiment(ids[0]!, { store, signal }),
    compareExperiments: () => library.compareExperiments(ids[0]!, ids[1]!, { store, signal }),
    compareWithBaseline: () => library.compareWithBaseline(ids[0]!, [ids[1]!], { store, signal }),
    compareRuns: () => library.compareRuns([ids, ids.toReversed()], { store, signal, as: "folds" }),
    scoreIntervals: () => library.scoreIntervals(ids[0]!, { store, signal }),
    leaderboard: () => library.leaderboard("pets", { store, signal }),
    findSlices: () => findSlices(ids[0]!, { store, signal }),
    sliceScores: () => library.sliceScores(ids[0]!, { store, signal, by: "f1" }),
    compareSlices: () => library.compareSlices(ids[0]!, ids[1]!, { store, signal }),
    report: () => library.report(ids[0]!, ids[1]!, { store, signal }),
    verifyStore: () => verifyStore({ store, signal }),
    compactStore: () => compactStore({ store, signal }),
    copyStore: () => copyStore({ from: store, to: `${store}-copy`, signal }),
    syncSpool: () => library.syncSpool({ store, signal }),
    logExperiment: () => logExperiment({ ...smallClassification(store), signal } as never),
  };

  it.each(Object.keys(calls))("is what the call rejects with, and nothing is written: %s", async (name) => {
    const before = await filesIn(store);
    expect(await rejection(calls[name]!())).toBe(reason);
    expect(await filesIn(store)).toEqual(before);
  });
});

describe("a signal that is aborted while an experiment is logged", () => {
  /** A store that aborts after one of its calls. */
  function abortingAfter(call: "create" | "append", folder: string, controller: AbortController): Store {
    const real = openStore(folder);
    return {
      ...real,
      create: async (...given) => {
        const outcome = await real.create(...given);
        if (call === "create" && given[0].startsWith("predictions/")) controller.abort(reason);
        return outcome;
      },
      append: async (...given) => {
        if (call === "append") controller.abort(reason);
        return real.append(...given);
      },
    };
  }

  it("leaves no predictions, no row and nothing in the spool before the row is added", async () => {
    const folder = await temporaryFolder();
    const spool = await temporaryFolder();
    const controller = new AbortController();
    const aborted = logInWorld(smallClassification(folder), {
      openStore: () => abortingAfter("create", folder, controller),
      spoolFolders: () => ({ usual: spool, temporary: spool }),
      signal: controller.signal,
    });
    expect(await rejection(aborted)).toBe(reason);
    expect([...(await filesIn(folder)), ...(await filesIn(spool))]).toEqual([]);
  });

  it("ends with the experiment logged once its row is being added", async () => {
    const folder = await temporaryFolder();
    await logExperiment(smallClassification(folder) as never); // so that the next one is appended
    const controller = new AbortController();
    const { stored } = await logInWorld(smallClassification(folder), {
      openStore: () => abortingAfter("append", folder, controller),
      signal: controller.signal,
    });
    expect([stored, controller.signal.aborted]).toEqual([true, true]);
    expect((await readExperiments("pets", { store: folder })).experiments).toHaveLength(2);
    expect((await verifyStore({ store: folder })).found).toBe(0);
  });

  it("ends the waiting for what comes one by one", async () => {
    const folder = await temporaryFolder();
    const controller = new AbortController();
    async function* never(): AsyncGenerator<string> {
      yield "cat";
      controller.abort(reason);
      await new Promise(() => {});
    }
    const input = { ...smallClassification(folder), yPred: never(), signal: controller.signal };
    expect(await rejection(logExperiment(input as never))).toBe(reason);
    expect(await filesIn(folder)).toEqual([]);
  });
});

describe("a signal that is aborted while a call works", () => {
  it("ends a search for slices in between", async () => {
    const controller = new AbortController();
    const told: number[] = [];
    const search = findSlices(ids[0]!, {
      store,
      signal: controller.signal,
      onProgress: (done) => {
        told.push(done);
        if (told.length === 30) controller.abort(reason);
      },
    });
    expect(await rejection(search)).toBe(reason);
    expect(told).toHaveLength(30); // of 24 columns and 276 pairs
  });

  it("ends a check without a finding that is none", async () => {
    const controller = new AbortController();
    const findings: unknown[] = [];
    const check = verifyStore({
      store,
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
      onFinding: (finding) => void findings.push(finding),
    });
    expect(await rejection(check)).toBe(reason);
    expect(findings).toEqual([]);
    expect((await verifyStore({ store })).found).toBe(0);
  });

  it("ends a copy, which goes on from there when it is made again", async () => {
    const to = await temporaryFolder();
    const controller = new AbortController();
    const copy = copyStore({
      from: store,
      to,
      signal: controller.signal,
      onProgress: (done) => done === 1 && controller.abort(reason),
    });
    expect(await rejection(copy)).toBe(reason);
    expect((await verifyStore({ store: to, predictions: true })).open).toBe(0);
    expect((await copyStore({ from: store, to })).problems).toEqual([]);
    const copied = (await readExperiments("pets", { store: to })).experiments;
    expect(copied.map(({ predictionId }) => predictionId).toSorted()).toEqual(ids.toSorted());
  });

  it("ends a compaction with every row in the log", async () => {
    const folder = await temporaryFolder();
    await copyStore({ from: store, to: folder });
    const controller = new AbortController();
    const compaction = compactStore({
      store: folder,
      graceSeconds: 0,
      signal: controller.signal,
      onProgress: (done) => done === 1 && controller.abort(reason),
    });
    expect(await rejection(compaction)).toBe(reason);
    expect((await readExperiments("pets", { store: folder })).experiments).toHaveLength(2);
    await compactStore({ store: folder, graceSeconds: 0 });
    expect((await readExperiments("pets", { store: folder })).experiments).toHaveLength(2);
  });
});
