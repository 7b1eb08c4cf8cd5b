import { spawn } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { compareExperiments } from "../../src/jobs/compare-experiments.js";
import { leaderboard } from "../../src/jobs/leaderboard.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { listProjects, readExperiment, readExperiments } from "../../src/jobs/read-experiments.js";
import { compactStore } from "../../src/maintenance/compact-store.js";
import { copyStore } from "../../src/maintenance/copy-store.js";
import { purgeTrash } from "../../src/maintenance/purge-trash.js";
import { verifyStore } from "../../src/maintenance/verify-store.js";
import { folderStore } from "../../src/store/folder-store.js";
import { logLines } from "../../src/tracking-log/read-log.js";
import { headerLine } from "../../src/tracking-log/row.js";
import { expectAsInLog, openOver } from "../catalog/log-rows.js";
import { bucketServers } from "../support/bucket-server.js";
import { mlTracking, projectRoot } from "../support/built-package.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { atEveryChange, killedAt } from "../support/killed-at.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { contents } from "./small-store.js";

const golden = fileURLToPath(new URL("../golden/format-1/store", import.meta.url));
const formerRelease = fileURLToPath(new URL("../golden/format-1/former-release.mjs", import.meta.url));
const dist = join(projectRoot, "dist");
const projects = ["annotated", "earlier", "features", "ids", "labels", "mixed"];
/** True values that are booleans and predictions that are integers: no name says the type of both. */
const ofTwoTypes = "b00000000004";
const atOnce = { graceSeconds: 0 };

/** What the release that wrote format 1 read, its records with what was not known then. */
interface Former {
  readExperiments(
    project: string,
    options: { store: string },
  ): Promise<{
    experiments: (Record<string, unknown> & { predictionId: string; predictions: string })[];
    problems: unknown[];
  }>;
}
const former = (await import(formerRelease)) as Former;

/** A copy of the store that was made by the release that wrote format 1, or of one project of it. */
async function formerStore(only?: string): Promise<string> {
  const store = await temporaryFolder();
  const wanted = (from: string) => {
    const parts = from.slice(golden.length + 1).split("/");
    return only === undefined || parts.length < 2 || parts[1] === only;
  };
  await cp(golden, store, { recursive: true, filter: wanted });
  return store;
}

/** Every experiment of a store with its predictions, by its id, but for where these lie. */
async function everything(store: string) {
  const found = new Map<string, unknown>();
  for (const project of await listProjects({ store })) {
    const { experiments, problems } = await readExperiments(project, { store });
    expect(problems).toEqual([]);
    for (const { predictions: _, ...record } of experiments) {
      const { predictions } = await readExperiment(record.predictionId, { store, project });
      found.set(record.predictionId, { record, predictions });
    }
  }
  return found;
}

async function rowsOf(store: string, project: string) {
  const rows: ReadonlyMap<string, string>[] = [];
  for await (const line of logLines(folderStore(store), project)) {
    if ("cells" in line) rows.push(line.cells);
  }
  return rows;
}

describe("a store of format 1", () => {
  it("is read as the release that wrote it read it", async () => {
    const store = await formerStore();
    expect(await listProjects({ store })).toEqual(projects);
    for (const project of projects) {
      const then = await former.readExperiments(project, { store });
      const { experiments, problems } = await readExperiments(project, { store });
      expect(problems).toEqual([]);
      expect(experiments).toEqual(then.experiments.map((record) => ({ ...record, runId: undefined })));
    }
    expect(
      (await readExperiments("mixed", { store })).experiments.map(({ predictionId }) => predictionId),
    ).toEqual(["123456789012", "1234e5678901", "0a1b2c3d4e5f", "a0000000000b", "a0000000000c"]);
    const { predictions } = await readExperiment("c00000000001", { store });
    expect(predictions.columns.slice(4).map(({ name, type }) => [name, type])).toEqual([
      ["feature_bill length (mm)", "double"],
      ["feature_größe", "string"],
      ["feature_a.b", "integer"],
      ["feature_a b", "boolean"],
      ["feature_Age", "integer"],
      ["feature_code", "integer"],
      ["feature_penguin_id", "double"],
    ]);
    expect((await verifyStore({ store, ...atOnce })).findings).toEqual([]);
  });

  it("is appended to without a byte of its files lost", async () => {
    const store = await formerStore();
    const before = await contents(store);
    for (const project of projects) {
      await logExperiment(smallClassification(store, { project }));
      await logExperiment(smallRegression(store, { project }));
    }
    const after = await contents(store);
    expect([...after].filter(([path]) => before.has(path))).toEqual([...before]);
    // One log file and two of predictions for each project.
    expect(after.size - before.size).toBe(3 * projects.length);
    expect((await verifyStore({ store, ...atOnce })).findings).toEqual([]);
  });

  it("becomes one of format 2 by compaction, which loses nothing and changes no judgement", async () => {
    const store = await formerStore();
    const judged = async () => ({
      pair: await compareExperiments("c00000000001", "c00000000002", { store }),
      mixed: await leaderboard("mixed", { store, score: "r2" }),
      labels: await leaderboard("labels", { store }),
      slices: (await mlTracking(["slices", "c00000000001", "--by", "bill length (mm)", "--store", store]))
        .out,
    });
    const { catalog } = await openOver(folderStore(store), { folder: await temporaryFolder() });
    await catalog.refresh();
    await expectAsInLog(catalog, folderStore(store), "mixed");
    const [before, verdicts, files] = [await everything(store), await judged(), await contents(store)];
    const then = new Map<string, unknown[]>();
    for (const project of projects)
      then.set(project, (await former.readExperiments(project, { store })).experiments);

    const done = await compactStore({ store, ...atOnce });
    expect(done.map(({ project, filesAfter }) => [project, filesAfter])).toEqual(
      projects.map((project) => [project, project === "annotated" ? 2 : 1]),
    );
    const renamed = done.reduce((sum, each) => sum + each.predictionsRenamed, 0);
    expect(await everything(store)).toEqual(before);
    expect(await judged()).toEqual(verdicts);
    await catalog.refresh();
    await expectAsInLog(catalog, folderStore(store), "mixed");
    expect((await verifyStore({ store, ...atOnce })).findings).toEqual([]);

    // The same bytes under other names, but for the one that has no type.
    const after = await contents(store);
    const parquet = (of: Map<string, string>) => [...of].filter(([path]) => path.endsWith(".parquet"));
    const digests = (of: Map<string, string>) =>
      parquet(of)
        .map(([, digest]) => digest)
        .sort();
    expect(digests(after)).toEqual(digests(files));
    expect(renamed).toBe(before.size);
    for (const [path] of parquet(after)) {
      if (!path.includes(ofTwoTypes)) expect(path).toMatch(/\.(text|integer|boolean|number)\.parquet$/);
    }
    for (const project of projects) {
      const folder = join(store, "tracking", project);
      const [name = "", ...others] = await readdir(folder);
      expect(others).toEqual([]);
      const text = await readFile(join(folder, name), "utf8");
      expect(text.startsWith(headerLine)).toBe(true);
      for (const row of await rowsOf(store, project)) {
        expect(row.get("format")).toBe("2");
        expect(after.has(row.get("predictions")!)).toBe(true);
      }
      // The release that wrote format 1 reads all of it still.
      const now = await former.readExperiments(project, { store });
      expect(now.problems).toEqual([]);
      const named = new Map(now.experiments.map((record) => [record.predictionId, record.predictions]));
      const told = (record: unknown) => {
        const { newerFormat: _, predictions: __, ...rest } = record as Record<string, unknown>;
        return rest;
      };
      expect(now.experiments.map(told)).toEqual(then.get(project)!.map(told));
      for (const path of named.values()) expect(after.has(path)).toBe(true);
    }

    // Done again, it does nothing; and what is logged then is added to the file that there is.
    const idle = await compactStore({ store, ...atOnce });
    expect(idle.map(({ filesFolded, predictionsRenamed }) => [filesFolded, predictionsRenamed])).toEqual(
      projects.map(() => [0, 0]),
    );
    expect(await contents(store)).toEqual(after);
    await logExperiment(smallRegression(store, { project: "mixed" }));
    expect(await readdir(join(store, "tracking", "mixed"))).toHaveLength(1);
  });

  it("keeps what a newer release wrote apart", async () => {
    const store = await formerStore("earlier");
    const { paths } = await logExperiment(smallClassification(store, { project: "earlier" }));
    const log = join(store, paths.trackingLog!);
    const [header, row] = (await readFile(log, "utf8")).split("\n");
    const newer = `${header},weather\n${row!.replace(/2$/, "3")},wet\n`;
    const place = folderStore(store);
    await place.removeIfUnchanged(paths.trackingLog!, (await place.stat(paths.trackingLog!))!.version);
    await place.create(paths.trackingLog!, [Buffer.from(newer)]);
    const [done] = await compactStore({ store, ...atOnce });
    expect(done).toMatchObject({ filesAfter: 2, predictionsRenamed: 2 });
    expect(await readFile(log, "utf8")).toBe(newer);
  });

  it("is complete when its compaction is killed at any change it makes, and done again", async () => {
    const reference = await formerStore("mixed");
    const before = await everything(reference);
    await compactStore({ store: reference, ...atOnce });
    const whole = [...(await contents(reference)).keys()].filter((path) => path.endsWith(".parquet"));
    const compact = [join(dist, "cli.js"), "compact", "--grace", "0", "--store"];
    const changes = await atEveryChange(async (change) => {
      const store = await formerStore("mixed");
      const { killed } = await killedAt(change, [...compact, store], {});
      expect(await everything(store)).toEqual(before);
      const files = await contents(store);
      for (const row of await rowsOf(store, "mixed")) expect(files.has(row.get("predictions")!)).toBe(true);
      await compactStore({ store, ...atOnce });
      expect(await everything(store)).toEqual(before);
      const after = [...(await contents(store)).keys()];
      expect(after.filter((path) => path.endsWith(".parquet"))).toEqual(whole);
      const rows = await rowsOf(store, "mixed");
      expect(rows.map((row) => row.get("prediction_id")!).sort()).toEqual([...before.keys()].sort());
      expect(rows.every((row) => row.get("format") === "2")).toBe(true);
      expect((await verifyStore({ store, repair: true, ...atOnce })).open).toBe(0);
      return killed;
    });
    expect(changes).toBeGreaterThan(50);
  });

  it("is read by whoever found a row before the predictions were renamed, and purged under either name", async () => {
    const store = await formerStore("annotated");
    const { experiments } = await readExperiments("annotated", { store });
    await compactStore({ store, ...atOnce });
    const stale = folderStore(store);
    const { predictionsFile } = await import("../../src/jobs/read-experiments.js");
    for (const record of experiments) {
      expect(record.predictions).toMatch(/\/\w{12}\.parquet$/);
      expect((await predictionsFile(stale, record)).byteLength).toBeGreaterThan(0);
    }
    const [purged] = await purgeTrash({ store });
    expect(purged).toMatchObject({ predictionId: "e00000000003" });
    expect([...(await contents(store)).keys()].filter((path) => path.includes("e00000000003"))).toEqual([]);
  });

  it("keeps its predictions where a log of format 1 is brought back from a backup", async () => {
    const store = await formerStore("mixed");
    const before = await everything(store);
    await compactStore({ store, ...atOnce });
    await rm(join(store, "tracking", "mixed"), { recursive: true });
    await cp(join(golden, "tracking", "mixed"), join(store, "tracking", "mixed"), { recursive: true });
    expect((await verifyStore({ store, repair: true, ...atOnce })).findings).toEqual([]);
    expect(await everything(store)).toEqual(before);
    expect((await compactStore({ store, ...atOnce }))[0]).toMatchObject({
      filesAfter: 1,
      predictionsRenamed: 0,
    });
    expect(await everything(store)).toEqual(before);
    expect((await rowsOf(store, "mixed")).every((row) => row.get("format") === "2")).toBe(true);
  });

  it("is not copied again after it, nor taken for another one", async () => {
    const [from, to] = [await formerStore(), await temporaryFolder()];
    const first = await copyStore({ from, to });
    expect(first.problems).toEqual([]);
    const there = await contents(to);
    await compactStore({ store: from, ...atOnce });
    for (const options of [
      { from, to },
      { from: to, to: from },
    ]) {
      const again = await copyStore(options);
      expect(again).toMatchObject({ copied: 0, already: first.copied, bytes: 0, problems: [] });
    }
    expect(await contents(to)).toEqual(there);
  });
});

describe.each(bucketServers)("a store of format 1 in a bucket ($name)", ({ start }) => {
  it("becomes one of format 2 by compaction, with every value and every byte", async (context) => {
    const server = await start(context);
    const bucket = `${await server.newBucket()}/team/ml`;
    const env = { ...process.env, ...server.variables };
    const [store, back] = [await formerStore(), await temporaryFolder()];
    const before = await everything(store);
    const run = async (...args: string[]) => expect((await mlTracking(args, { env })).status).toBe(0);
    await run("copy", store, bucket);
    await run("compact", "--grace", "0", "--store", bucket);
    await run("verify", "--store", bucket);
    await run("copy", bucket, back);
    expect(await everything(back)).toEqual(before);
    await compactStore({ store, ...atOnce });
    const names = async (of: string) =>
      [...(await contents(of)).keys()]
        .filter((path) => path.endsWith(".parquet"))
        .map((path) => basename(path));
    expect(await names(back)).toEqual(await names(store));
    for (const project of projects) {
      expect((await rowsOf(back, project)).every((row) => row.get("format") === "2")).toBe(true);
    }
  });
});

describe("writers of both releases", () => {
  it("lose nothing on one store, with compactions beside them and repairs between", async () => {
    const store = await temporaryFolder();
    await mkdir(join(store, "tracking"));
    const script = fileURLToPath(new URL("log-with.mjs", import.meta.url));
    const acknowledged: string[] = [];
    const [rounds, writersEach, rowsEach] = [3, 4, 5];
    const write = (module: string, name: string) =>
      new Promise<void>((resolve, reject) => {
        const args = [script, module, store, String(rowsEach), name];
        const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
        let out = "";
        child.stdout.on("data", (data: Buffer) => (out += data.toString()));
        child.on("close", (status) => {
          acknowledged.push(...out.trim().split("\n"));
          if (status === 0) resolve();
          else reject(new Error(`${name} ended with ${status}`));
        });
      });
    for (let round = 0; round < rounds; round++) {
      const writing = Array.from({ length: writersEach }, (_, i) => [
        write(formerRelease, `former ${round} ${i}`),
        write(join(dist, "index.js"), `current ${round} ${i}`),
      ]).flat();
      const work = { goesOn: true };
      const compacting = (async () => {
        while (work.goesOn) await compactStore({ store, ...atOnce });
      })();
      await Promise.all(writing);
      work.goesOn = false;
      await compacting;
      expect((await verifyStore({ store, repair: true, ...atOnce })).open).toBe(0);
      const found = [...(await everything(store)).keys()].sort();
      expect(found).toEqual(acknowledged.toSorted());
    }
    expect(acknowledged).toHaveLength(rounds * 2 * writersEach * rowsEach);
    await compactStore({ store, ...atOnce });
    expect((await verifyStore({ store, ...atOnce })).findings).toEqual([]);
    const rows = await rowsOf(store, "crowd");
    expect(rows.every((row) => row.get("format") === "2")).toBe(true);
    const now = await former.readExperiments("crowd", { store });
    expect(now.experiments.map(({ predictionId }) => predictionId).sort()).toEqual(acknowledged.toSorted());
    const parquet = [...(await contents(store)).keys()].filter((path) => path.endsWith(".parquet"));
    expect(parquet).toHaveLength(acknowledged.length);
    for (const path of parquet) expect(path).toMatch(/\.(text|number)\.parquet$/);
  });
});
