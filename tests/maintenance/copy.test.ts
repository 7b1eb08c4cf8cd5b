import { spawn } from "node:child_process";
import { appendFile, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { listProjects, readExperiments } from "../../src/jobs/read-experiments.js";
import { copyStore } from "../../src/maintenance/copy-store.js";
import { verifyStore } from "../../src/maintenance/verify-store.js";
import { mlTracking, projectRoot } from "../support/built-package.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { atEveryChange, killedAt } from "../support/killed-at.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { contents, smallStore } from "./small-store.js";

const cli = join(projectRoot, "dist", "cli.js");

async function idsOf(store: string): Promise<string[]> {
  const ids: string[] = [];
  for (const project of await listProjects({ store })) {
    const { experiments, problems } = await readExperiments(project, { store });
    expect(problems).toEqual([]);
    ids.push(...experiments.map(({ predictionId }) => predictionId));
  }
  return ids.sort();
}

async function countPredictions(store: string): Promise<number> {
  const names = await readdir(join(store, "predictions"), { recursive: true }).catch(() => []); // not there yet
  return names.filter((name) => name.endsWith(".parquet")).length;
}

describe("copying a store", () => {
  it("gives the same files with the same bytes, and finds them all there when done again", async () => {
    const { store } = await smallStore();
    const to = await temporaryFolder();
    expect(await copyStore({ from: store, to })).toMatchObject({
      projects: 2,
      copied: 3,
      already: 0,
      problems: [],
    });
    expect(await contents(to)).toEqual(await contents(store));
    expect(await copyStore({ from: store, to })).toMatchObject({
      copied: 0,
      already: 3,
      bytes: 0,
      problems: [],
    });
    expect(await contents(to)).toEqual(await contents(store));
  });

  it("is complete and right when it is killed at any change it makes, and done again", async () => {
    const { store } = await smallStore();
    const changes = await atEveryChange(async (change) => {
      const to = await temporaryFolder();
      const { killed } = await killedAt(change, [cli, "copy", store, to], {});
      // Whatever row is there has its predictions: they come first.
      const half = await verifyStore({ store: to });
      expect(half.findings).toEqual([]);
      expect((await copyStore({ from: store, to })).problems).toEqual([]);
      expect(await contents(to)).toEqual(await contents(store));
      return killed;
    });
    expect(changes).toBeGreaterThan(30);
  });

  it("of 300 experiments, killed again and again, ends with every digest equal, and finds one that was damaged", async () => {
    const from = await temporaryFolder();
    const to = await temporaryFolder();
    const values = Float64Array.from({ length: 20_000 }, (_, i) => Math.sin(i * i));
    for (let i = 0; i < 300; i++) {
      const count = (i * 577) % 20_000 || 1;
      const yTrue = values.subarray(0, count);
      const input = smallRegression(from, {
        yTrue,
        yPred: values.subarray(20_000 - count),
        newCsv: i % 100 === 99,
      });
      const testSet = Int32Array.from({ length: count }, (_, row) => row);
      await logExperiment({ ...input, parameters: { ...input.parameters, testSet }, project: `p${i % 2}` });
    }
    let kills = 0;
    for (let ended = false; !ended; ) {
      const child = spawn(process.execPath, [cli, "copy", from, to], { stdio: "ignore" });
      const closed = new Promise<NodeJS.Signals | null>((resolve) =>
        child.on("close", (_, signal) => resolve(signal)),
      );
      if (kills < 5) {
        // Whatever the machine's speed, each has got a good part further when it is killed.
        const enough = 45 * (kills + 1);
        while (child.exitCode === null && (await countPredictions(to)) < enough) await setTimeout(5);
        child.kill("SIGKILL");
      }
      ended = (await closed) === null;
      if (!ended) kills += 1;
    }
    expect(kills).toBeGreaterThan(1);
    const there = await contents(to);
    expect(there).toEqual(await contents(from));
    expect(there.size).toBe(300 + 5);

    const damaged = [...there.keys()].find((path) => path.endsWith(".parquet"));
    const bytes = await readFile(join(to, damaged!));
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(join(to, damaged!), bytes);
    const { status, out, talk } = await mlTracking(["copy", from, to]);
    expect(status).toBe(1);
    const named = `conflict ${damaged}: ${basename(damaged!).slice(0, 12)}: ${damaged} is there with other content;`;
    expect(out.split("\n").map((line) => line.slice(0, named.length))).toEqual([named, ""]);
    expect(talk).toBe("0 experiments copied (0 bytes of predictions), 299 were there already, 1 problem\n");
    const quick = await mlTracking(["copy", from, to, "--quick", "--json"]);
    expect(JSON.parse(quick.out)).toMatchObject({ already: 300, problems: [] });
  });

  it("adds what is missing to a store that has experiments of its own, and overwrites nothing", async () => {
    const { store, cat, dog } = await smallStore();
    const to = await temporaryFolder();
    const own = await logExperiment(smallClassification(to));
    const before = await contents(to);
    expect(await copyStore({ from: store, to, project: "pets" })).toMatchObject({
      projects: 1,
      copied: 2,
      problems: [],
    });
    const after = await contents(to);
    expect([...after].filter(([path]) => before.has(path))).toEqual([...before]);
    const pets = [own, cat, dog].map(({ predictionId }) => predictionId);
    expect(await idsOf(to)).toEqual(pets.sort());
    // And what came to the source since.
    const later = await logExperiment(smallClassification(store));
    expect(await copyStore({ from: store, to, project: "pets" })).toMatchObject({ copied: 1, already: 2 });
    expect(await idsOf(to)).toEqual([...pets, later.predictionId].sort());
    expect((await verifyStore({ store: to })).findings).toEqual([]);
  });

  it("names an experiment of the same id and other content, leaves both as they are and copies the rest", async () => {
    const { store, cat, dog, house } = await smallStore();
    const to = await temporaryFolder();
    await cp(join(store, "tracking"), join(to, "tracking"), { recursive: true });
    const log = join(to, cat.paths.trackingLog!);
    await writeFile(log, (await readFile(log, "utf8")).replace("species", "spices"));
    await rm(join(to, dog.paths.trackingLog!));
    await mkdir(join(to, dog.paths.predictions, ".."), { recursive: true });
    await writeFile(join(to, dog.paths.predictions), "another file");
    const before = await contents(to);
    const { status, out } = await mlTracking(["copy", store, to, "--json"]);
    expect(status).toBe(1);
    const report = JSON.parse(out) as { copied: number; already: number; problems: object[] };
    expect(report).toMatchObject({ copied: 0, already: 1 });
    expect(report.problems).toEqual([
      {
        kind: "conflict",
        project: "pets",
        prediction_id: cat.predictionId,
        path: cat.paths.predictions,
        message: `${cat.predictionId}: its row differs from the one that is there`,
      },
      {
        kind: "conflict",
        project: "pets",
        prediction_id: dog.predictionId,
        path: dog.paths.predictions,
        message: expect.stringContaining(
          `${dog.predictionId}: ${dog.paths.predictions} is there with other content`,
        ) as string,
      },
    ]);
    const after = await contents(to);
    expect([...after].filter(([path]) => before.has(path))).toEqual([...before]);
    expect(await idsOf(to)).toEqual([cat.predictionId, house.predictionId].sort());
  });

  it("copies no line that is no row, and no file from outside of the project, and says so", async () => {
    const { store, cat, house } = await smallStore();
    const to = await temporaryFolder();
    await appendFile(join(store, cat.paths.trackingLog!), "torn in the mid");
    const log = join(store, house.paths.trackingLog!);
    const secret = "tracking/pets/secret.csv";
    await writeFile(log, (await readFile(log, "utf8")).replace(house.paths.predictions, secret));
    await writeFile(join(store, secret), "not predictions");
    const { problems } = await copyStore({ from: store, to });
    expect(problems.map(({ kind, path }) => ({ kind, path }))).toEqual([
      { kind: "not-copied", path: secret },
      { kind: "not-copied", path: cat.paths.trackingLog },
    ]);
    expect(await readdir(join(to, "tracking"))).toEqual(["pets"]);
    expect((await verifyStore({ store: to })).findings).toEqual([]);
  });

  it("copies a row whose predictions are lost, and says so", async () => {
    const { store, cat } = await smallStore();
    const to = await temporaryFolder();
    await rm(join(store, cat.paths.predictions));
    const { problems, copied } = await copyStore({ from: store, to });
    expect(copied).toBe(3);
    expect(problems).toMatchObject([{ kind: "missing-predictions", predictionId: cat.predictionId }]);
  });

  it("says what is wrong with the stores that are named", async () => {
    const { store } = await smallStore();
    const same = await mlTracking(["copy", store, `${store}/.`]);
    expect(same).toMatchObject({ status: 2, talk: expect.stringContaining("name another one to copy to") });
    const unknown = await mlTracking(["copy", store, `${store}-b`, "--project", "pet"]);
    expect(unknown).toMatchObject({ status: 1, talk: expect.stringContaining("did you mean pets?") });
    await writeFile(join(store, "file"), "");
    const failed = await mlTracking(["copy", store, join(store, "file")]);
    expect(failed).toMatchObject({
      status: 1,
      talk: expect.stringContaining("a part of the path is a file"),
    });
  });
});
