import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { openCatalog } from "../../src/catalog/open-catalog.js";
import { cacheFolder, storeCacheFolder } from "../../src/duckdb/cache-folder.js";
import { folderStore } from "../../src/store/folder-store.js";
import { bundleCatalog } from "./catalog-bundle.js";
import {
  appendExperiments,
  expectAsInLog,
  experiment,
  idOf,
  idsIn,
  logPath,
  openEmpty,
  openOver,
  writeExperiments,
} from "./log-rows.js";

const records = Array.from({ length: 300 }, (_, i) =>
  experiment(i, {
    modelParameters: { k: i % 7, kernel: i % 2 ? "rbf" : 3 },
    extraParameters: i % 3 ? { fold: i } : {},
  }),
);

const queries = {
  filter: "params.k > 2 AND extra.fold IS NOT NULL",
  sort: [{ column: "params.kernel" }, { column: "accuracy" }],
};

describe("the catalog on disk", () => {
  it("is there again after a restart, without a look at the store", async () => {
    const { root, cache, store, catalog } = await openEmpty();
    await writeExperiments(root, records);
    await catalog.refresh();
    const before = await catalog.experiments("pets", queries);
    const columns = await catalog.columns("pets");
    await catalog.close();

    const again = await openOver(store, { folder: cache });
    expect(again.catalog.status().refreshedAt).toBeInstanceOf(Date);
    expect(await again.catalog.experiments("pets", queries)).toEqual(before);
    expect(await again.catalog.columns("pets")).toEqual(columns);
    expect(await again.catalog.refresh()).toMatchObject({ changed: false, bytesRead: 0 });
    await appendExperiments(join(root, logPath()), [experiment(300)]);
    expect(await again.catalog.refresh()).toMatchObject({ addedExperiments: 1 });
    await expectAsInLog(again.catalog, store);
  });

  it("changes no answer when it is deleted, however it had grown", async () => {
    const { root, cache, store, catalog } = await openEmpty();
    for (let at = 0; at < records.length; at += 60) {
      if (at === 0) await writeExperiments(root, records.slice(0, 60));
      else await appendExperiments(join(root, logPath()), records.slice(at, at + 60));
      await catalog.refresh();
    }
    const answers = async (from: typeof catalog) => [
      await from.experiments("pets", queries),
      await from.columns("pets"),
      await from.projects(),
      await from.differingColumns("pets"),
      await from.groups("pets", { by: ["params.kernel"], values: ["accuracy", "extra.fold"] }),
      await from.distinctValues("pets", "params.kernel"),
    ];
    const before = await answers(catalog);
    await catalog.close();
    await rm(cache, { recursive: true });
    const again = await openOver(store, { folder: cache });
    await again.catalog.refresh();
    expect(await answers(again.catalog)).toEqual(before);
  });

  it.each<[string, (file: string) => Promise<unknown>]>([
    ["is no database", (file) => writeFile(file, "garbage".repeat(5_000))],
    ["is empty", (file) => writeFile(file, "")],
    ["was cut short", async (file) => writeFile(file, (await readFile(file)).subarray(0, 20_000))],
    [
      "has wrong bytes in its data",
      async (file) => writeFile(file, (await readFile(file)).fill(0x5a, 14_000)),
    ],
  ])("is built anew when its file %s", async (_, ruin) => {
    const { root, cache, store, catalog } = await openEmpty();
    await writeExperiments(root, records);
    await catalog.refresh();
    const { file } = catalog.status();
    await catalog.close();
    await ruin(file!);
    const again = await openOver(store, { folder: cache });
    await again.catalog.refresh();
    await expectAsInLog(again.catalog, store);
    expect(again.catalog.status()).toMatchObject({ stale: false, file });
  });

  it.skipIf(process.platform === "win32")(
    "is built anew where a named pipe is in its place, which is not waited for",
    async () => {
      const { root, cache, store, catalog } = await openEmpty();
      await writeExperiments(root, records);
      const { file } = catalog.status();
      await catalog.close();
      await rm(file!);
      execFileSync("mkfifo", [file!]);
      const again = await openOver(store, { folder: cache });
      await again.catalog.refresh();
      await expectAsInLog(again.catalog, store);
      expect(again.catalog.status()).toMatchObject({ stale: false, file });
    },
  );

  it("is built anew wherever its data is damaged, before or while it is in use", async () => {
    const { root, cache, store, catalog } = await openEmpty();
    await writeExperiments(
      root,
      Array.from({ length: 5_000 }, (_, i) =>
        experiment(i, { extraParameters: { text: `${i} `.repeat(20) } }),
      ),
    );
    await catalog.refresh();
    const file = catalog.status().file!;
    await catalog.close();
    const whole = await readFile(file);
    const block = 256 * 1024;
    const blocks = Math.floor((whole.length - 12_288) / block);
    expect(blocks).toBeGreaterThan(2);
    for (let at = 0; at < blocks; at++) {
      const start = 12_288 + at * block;
      await writeFile(file, Buffer.from(whole).fill(0x5a, start + 64, start + block - 64));
      const again = await openCatalog(store, { folder: cache });
      try {
        const page = await again
          .experiments("pets", { sort: [{ column: "extra.text" }] })
          .catch(() => undefined);
        await again.refresh();
        await expectAsInLog(again, store);
        expect([undefined, 5_000]).toContain(page?.total);
      } finally {
        await again.close();
      }
    }
  });

  it("keeps the catalogs of two stores apart", async () => {
    const first = await openEmpty();
    await writeExperiments(first.root, records.slice(0, 5));
    await first.catalog.refresh();
    const second = await openEmpty({ folder: first.cache });
    await writeExperiments(second.root, records.slice(5, 8));
    await second.catalog.refresh();
    expect(first.catalog.status().experiments).toBe(5);
    expect(second.catalog.status().experiments).toBe(3);
    expect((await readdir(first.cache)).length).toBe(2);
  });

  it.skipIf(process.platform === "win32")("can be used by nobody else on the machine", async () => {
    const { cache, root, catalog } = await openEmpty();
    await catalog.refresh();
    const { mode } = await stat(join(storeCacheFolder(cache, root), "scratch"));
    expect(mode & 0o077).toBe(0);
  });

  it("says which folder cannot be written, and what to do", async () => {
    const { root, cache } = await openEmpty();
    const file = join(cache, "a file");
    await writeFile(file, "");
    await expect(openCatalog(folderStore(root), { folder: file })).rejects.toMatchObject({
      code: "CATALOG_NOT_USABLE",
      message: expect.stringContaining("ML_TRACKING_CACHE") as unknown,
    });
  });

  it("refuses every query once it is closed, and ends those under way", async () => {
    const { root, catalog } = await openEmpty();
    await writeExperiments(root, records);
    await catalog.refresh();
    const rows = catalog.exportRows("pets");
    await rows.next();
    const underWay = [catalog.columns("pets"), catalog.refresh(), catalog.experiments("pets")].map((query) =>
      query.then(
        () => "answered",
        (error: { code?: string }) => error.code,
      ),
    );
    await catalog.close();
    for (const outcome of await Promise.all(underWay))
      expect(["answered", "CATALOG_NOT_USABLE"]).toContain(outcome);
    await expect(catalog.experiments("pets")).rejects.toMatchObject({ code: "CATALOG_NOT_USABLE" });
    await expect(catalog.refresh()).rejects.toMatchObject({ code: "CATALOG_NOT_USABLE" });
    await catalog.close();
  });
});

describe("several catalogs of one store", () => {
  it("work side by side in one process", async () => {
    const { root, cache, store, catalog } = await openEmpty();
    await writeExperiments(root, records);
    await catalog.refresh();
    const others = [];
    for (let i = 0; i < 5; i++) others.push((await openOver(store, { folder: cache })).catalog);
    const files = [catalog, ...others].map((one) => one.status().file);
    expect(new Set(files.slice(0, 4)).size).toBe(4);
    expect(files.slice(4)).toEqual([undefined, undefined]);
    for (const other of others) {
      await other.refresh();
      expect((await idsIn(other)).length).toBe(records.length);
    }
  });

  it("work side by side in two processes, and both keep up with the log", async () => {
    const bundle = await bundleCatalog("two-processes");
    const { root, cache, store, catalog } = await openEmpty();
    await writeExperiments(root, records);
    await catalog.refresh();
    const script = fileURLToPath(new URL("open-catalog.mjs", import.meta.url));
    const child = spawn(process.execPath, [script, bundle, root, cache], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    onTestFinished(() => void child.kill());
    expect(await firstLine(child)).toEqual({
      file: expect.stringContaining("catalog-1.duckdb") as unknown,
      experiments: records.length,
    });
    await appendExperiments(join(root, logPath()), [experiment(300)]);
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    child.stdin?.end();
    expect(await once(child, "exit")).toEqual([0, null]);

    // When the first one is free, it is used again, whoever had it.
    await catalog.close();
    const next = spawn(process.execPath, [script, bundle, root, cache], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    onTestFinished(() => void next.kill());
    expect(await firstLine(next)).toEqual({
      file: expect.stringContaining("catalog-0.duckdb") as unknown,
      experiments: records.length + 1,
    });
    // A killed process leaves a catalog that opens.
    next.kill("SIGKILL");
    await once(next, "exit");
    const last = await openOver(store, { folder: cache });
    await last.catalog.refresh();
    await expectAsInLog(last.catalog, store);
    expect(await idsIn(last.catalog)).toContain(idOf(300));
  });
});

async function firstLine(child: ChildProcess): Promise<unknown> {
  let text = "";
  for await (const chunk of child.stdout!) {
    text += String(chunk);
    if (text.includes("\n")) break;
  }
  return JSON.parse(text);
}

function place(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv) {
  return { platform, environment, home: "/home/ann" };
}

describe("the cache folder", () => {
  it("is the one given, else that of the environment, else the system's place for caches", () => {
    expect(cacheFolder("/here", place("linux", { ML_TRACKING_CACHE: "/there" }))).toBe("/here");
    expect(cacheFolder(undefined, place("linux", { ML_TRACKING_CACHE: "/there" }))).toBe("/there");
    expect(cacheFolder(undefined, place("linux", {}))).toBe("/home/ann/.cache/ml-tracking");
    expect(cacheFolder(undefined, place("linux", { XDG_CACHE_HOME: "/var/xdg" }))).toBe(
      "/var/xdg/ml-tracking",
    );
    expect(cacheFolder(undefined, place("linux", { XDG_CACHE_HOME: "relative" }))).toBe(
      "/home/ann/.cache/ml-tracking",
    );
    expect(cacheFolder(undefined, place("darwin", {}))).toBe("/home/ann/Library/Caches/ml-tracking");
    expect(cacheFolder(undefined, place("win32", { LOCALAPPDATA: "/local" }))).toBe(
      "/local/ml-tracking/cache",
    );
  });
});
