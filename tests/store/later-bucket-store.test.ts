import { describe, expect, it, vi } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { folderStore } from "../../src/store/folder-store.js";
import { laterBucketStore } from "../../src/store/later-bucket-store.js";
import type { Store } from "../../src/store/store.js";
import { smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

describe("a bucket's store", () => {
  it("is loaded with its first call, and once", async () => {
    const load = vi.fn<() => Promise<Store>>(async () => folderStore(await temporaryFolder()));
    const store = laterBucketStore("gs://team/runs/", load);
    expect([store.address, store.appendsByRewriting, load.mock.calls.length]).toEqual([
      "gs://team/runs",
      true,
      0,
    ]);
    expect(await store.list("tracking")).toEqual([]);
    expect(await store.create("tracking/a", [Buffer.from("x")])).toBe("created");
    const listed: string[] = [];
    for await (const { path } of store.listFiles("tracking")) listed.push(path);
    expect([listed, load.mock.calls.length]).toEqual([["tracking/a"], 1]);
    expect(() => laterBucketStore("gs://", load)).toThrow(/^store is "gs:\/\/", in which no bucket is named/);
  });

  it("whose code cannot be loaded loses no experiment, and is tried again", async () => {
    const spool = await temporaryFolder();
    let isThere = false;
    const store = laterBucketStore("gs://team", async () => {
      if (!isThere) throw new Error("Cannot find module './chunks/gcs-store.js'");
      return folderStore(await temporaryFolder());
    });
    const warnings: string[] = [];
    const world = {
      openStore: () => store,
      spoolFolders: () => ({ usual: spool, temporary: spool }),
      warn: (text: string) => void warnings.push(text),
    };
    const logged = await logExperiment(smallRegression("gs://team"), world);
    expect(logged.stored).toBe(false);
    expect(warnings.join()).toContain("Cannot find module './chunks/gcs-store.js'");
    isThere = true;
    expect(await store.stat("tracking/a")).toBeUndefined();
  });
});
