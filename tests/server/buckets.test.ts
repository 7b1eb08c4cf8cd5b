import { readdir, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

import { storeCacheFolder } from "../../src/duckdb/cache-folder.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { predictionsCache } from "../../src/plots/predictions-cache.js";
import { serve } from "../../src/server/serve.js";
import type { Store } from "../../src/store/store.js";
import { experiment, header, lineOf, logPath } from "../catalog/log-rows.js";
import { bucketServers } from "../support/bucket-server.js";
import { smallClassification } from "../support/experiments.js";
import { testProxy } from "../support/fault-proxy.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const files = 40;
const rowsPerFile = 250;
const interval = 300;

/** A project as many writers at once leave it: 10,000 rows in 40 files. */
async function writeProject(store: Store): Promise<void> {
  for (let file = 0; file < files; file++) {
    const rows = Array.from({ length: rowsPerFile }, (_, row) =>
      lineOf(experiment(file * rowsPerFile + row)),
    );
    await store.create(logPath("pets", file + 1), [Buffer.from(header + rows.join(""))]);
  }
}

describe.each(bucketServers)("the dashboard over a bucket in $name", ({ start }) => {
  it("opens 10,000 experiments by one request a file, looks for news by three lists, and never writes", async (context) => {
    const server = await start(context);
    const address = `${await server.newBucket()}/team`;
    const writer = server.open(address);
    await writeProject(writer);
    const proxy = await testProxy(server.url, {
      delay: 50,
      answer: ({ method }) => (method === "GET" || method === "HEAD" ? undefined : { status: 403 }),
    });
    const asked = async (work: () => Promise<unknown>) => {
      const { total, lists, writes } = proxy.requests;
      await work();
      const now = proxy.requests;
      return { total: now.total - total, lists: now.lists - lists, writes: now.writes - writes };
    };
    const cacheFolder = await temporaryFolder();
    const dashboard = await serve({
      store: server.open(address, { url: proxy.url }),
      cacheFolder,
      interval,
    });
    onTestFinished(() => dashboard.close());
    const get = async (path: string) => {
      const response = await fetch(new URL(path, dashboard.url));
      return { status: response.status, json: JSON.parse(await response.text()) };
    };
    const projects = async () => (await get("/api/projects")).json.projects;
    const settled = () => new Promise((resolve) => setTimeout(resolve, interval + 100));

    const opening = await asked(async () => {
      expect(await projects()).toMatchObject([{ project: "pets", experiments: 10_000 }]);
    });
    expect(opening, "the logs of experiments and runs, what was said, and MLflow's names").toEqual({
      total: 4 + files,
      lists: 4,
      writes: 0,
    });

    await settled();
    expect(await asked(projects)).toEqual({ total: 3, lists: 3, writes: 0 });
    expect(await asked(projects), "within the interval nothing is asked").toMatchObject({ total: 0 });

    const row = lineOf(experiment(files * rowsPerFile));
    expect(await writer.append(logPath("pets", files), Buffer.from(row))).toBe("appended");
    await settled();
    const growing = await asked(async () => {
      expect(await projects()).toMatchObject([{ experiments: 10_001 }]);
    });
    expect(growing).toEqual({ total: 5, lists: 3, writes: 0 });

    const { predictionId } = await logExperiment(smallClassification(address), { openStore: () => writer });
    await settled();
    expect(await projects()).toMatchObject([{ experiments: 10_002 }]);
    const plot = `/api/experiments/${predictionId}/plots`;
    const first = await asked(async () => {
      expect((await get(`${plot}/confusion_matrix`)).json).toMatchObject({ plot: "confusion_matrix" });
    });
    expect(first.total - first.lists, "a look at the file, and the file").toBe(2);
    const second = await asked(async () => {
      expect((await get(`${plot}/per_class`)).status).toBe(200);
    });
    expect(second.total - second.lists, "a look at the file").toBeLessThanOrEqual(1);
    const copies = join(storeCacheFolder(cacheFolder, address), "predictions");
    expect(await readdir(copies)).toHaveLength(1);
    expect(proxy.requests.writes).toBe(0);
  });

  it("keeps copies of predictions within the limit, and those in use in any case", async (context) => {
    const server = await start(context);
    const store = server.open(await server.newBucket());
    const folder = join(await temporaryFolder(), "copies");
    const copies = predictionsCache(store, { folder, limit: 25_000_000 });
    const bytes = Buffer.alloc(10_000_000, "predictions");
    const copyOf = async (name: string) => {
      await store.create(`predictions/${name}.parquet`, [bytes]);
      return copies.copyOf(`predictions/${name}.parquet`, (await store.stat(`predictions/${name}.parquet`))!);
    };
    const [a, b] = [await copyOf("a"), await copyOf("b")];
    expect((await stat(a)).size).toBe(bytes.length);
    await copyOf("c");
    expect(await readdir(folder), "all were asked for just now").toHaveLength(3);
    const long = new Date(Date.now() - 3_600_000);
    await utimes(b, long, long);
    const d = await copyOf("d");
    const left = await readdir(folder);
    expect(left).toHaveLength(3);
    expect(left.map((name) => join(folder, name))).toEqual(expect.arrayContaining([a, d]));
    expect(left.map((name) => join(folder, name))).not.toContain(b);
  });
});
