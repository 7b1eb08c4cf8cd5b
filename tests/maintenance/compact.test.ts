import { type ChildProcess, spawn } from "node:child_process";
import { appendFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, beforeEach, describe, expect, it, type TestContext } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiments } from "../../src/jobs/read-experiments.js";
import { compactStore } from "../../src/maintenance/compact-store.js";
import { verifyStore } from "../../src/maintenance/verify-store.js";
import { folderStore } from "../../src/store/folder-store.js";
import type { Store } from "../../src/store/store.js";
import { appendRow } from "../../src/tracking-log/append-row.js";
import { compactLog } from "../../src/tracking-log/compact-log.js";
import { listLogFiles, logLines } from "../../src/tracking-log/read-log.js";
import { repairLogFile } from "../../src/tracking-log/repair-log-file.js";
import { headerLine as header } from "../../src/tracking-log/row.js";
import { type BucketServer, bucketServers } from "../support/bucket-server.js";
import { mlTracking } from "../support/built-package.js";
import { bundledScript } from "../support/bundled-script.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const now = () => new Date("2026-11-23T12:00:00Z");
const atOnce = { now, isAtRest: () => true };

async function rowOf(id: number): Promise<string> {
  template ??= await exampleRow();
  return String(id).padStart(12, "0") + template.slice(12);
}
let template: string | undefined;
async function exampleRow(): Promise<string> {
  const folder = await temporaryFolder();
  const { paths } = await logExperiment(smallClassification(folder));
  const file = await folderStore(folder).read(paths.trackingLog ?? "");
  return `${
    Buffer.from(file?.bytes ?? [])
      .toString()
      .split("\n")[1]
  }\n`;
}

async function idsIn(store: Store, project: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const line of logLines(store, project)) {
    if ("broken" in line) throw new Error(`${line.path}:${line.line}: ${line.broken}`);
    ids.push(line.cells.get("prediction_id") ?? "");
  }
  return ids;
}

interface Place {
  name: string;
  /** A fresh address, how to open it here, and what another process needs for it. */
  fresh: (context: Pick<TestContext, "skip">) => Promise<{
    address: string;
    open: () => Store;
    variables: Record<string, string>;
  }>;
}

const started = new Map<string, Promise<BucketServer>>();
const places: Place[] = [
  {
    name: "a folder",
    fresh: async () => {
      const address = await temporaryFolder();
      return { address, open: () => folderStore(address), variables: {} };
    },
  },
  ...bucketServers.map(({ name, start }) => ({
    name,
    fresh: async (context: Pick<TestContext, "skip">) => {
      const starting = started.get(name) ?? start(context);
      started.set(name, starting);
      const server = await starting;
      const address = `${await server.newBucket()}/team`;
      return { address, open: () => server.open(address), variables: server.variables };
    },
  })),
];

/** So many kills; `npm run bench compaction` has 200 of them. */
const roundsOfProject = 8;
const rounds = Number(process.env["COMPACTION_ROUNDS"] ?? 8);

let script = "";
beforeAll(async () => {
  script = await bundledScript(new URL("compactor.ts", import.meta.url));
});

for (const { name, fresh } of places) {
  describe(`compaction in ${name}`, () => {
    let place: Awaited<ReturnType<Place["fresh"]>>;
    beforeEach(async (context: TestContext) => {
      place = await fresh(context);
    });

    it("folds the files of one header into one, with every row once and in order", async () => {
      const store = place.open();
      const ids: string[] = [];
      for (let i = 0; i < 12; i++) {
        const line = await rowOf(i);
        ids.push(line.slice(0, 12));
        await appendRow(store, "pets", header, line, { now: now(), newCsv: true });
      }
      expect(await compactLog(store, "pets", atOnce)).toEqual({
        filesBefore: 12,
        filesAfter: 1,
        filesFolded: 12,
        filesWithTornLines: [],
      });
      expect(await idsIn(store, "pets")).toEqual(ids);
      expect(await idsIn(place.open(), "pets")).toEqual(ids);
      expect((await compactLog(store, "pets", atOnce)).filesFolded).toBe(0);
      // Writers that knew the files before go on elsewhere.
      await appendRow(store, "pets", header, await rowOf(99), { now: now() });
      expect(await idsIn(store, "pets")).toEqual([...ids, "000000000099"]);
    });

    it("loses and doubles nothing when it is killed at random moments while others log", {
      timeout: 60_000 + rounds * 10_000,
    }, async () => {
      // Projects of their own, so that the last rounds read no more than the first.
      for (let done = 0; done < rounds; done += roundsOfProject) {
        await killRounds(`pets-${done}`, Math.min(roundsOfProject, rounds - done));
      }
    });

    async function killRounds(project: string, count: number): Promise<void> {
      const work = { goesOn: true };
      const acknowledged: string[] = [];
      const writer = async (number: number) => {
        const store = place.open();
        for (let i = 0; work.goesOn; i++) {
          const line = await rowOf(number * 1_000_000 + i);
          // Many small files, as contention makes them.
          await appendRow(store, project, header, line, { now: now(), newCsv: i % 3 === 0 });
          acknowledged.push(line.slice(0, 12));
          await sleep(Math.random() * 20);
        }
      };
      const writing = Promise.all([1, 2].map(writer));
      let files = 0;
      for (let round = 0; round < count; round++) {
        const before = [...acknowledged];
        const child: ChildProcess = spawn(process.execPath, [script, place.address, project], {
          env: { ...process.env, ...place.variables },
          stdio: ["ignore", "pipe", "inherit"],
        });
        const closed = new Promise((resolve) => child.on("close", resolve));
        // The first byte says that it begins.
        await new Promise((resolve) => child.stdout?.once("data", resolve));
        await sleep(Math.random() * (round % 3 === 2 ? 2000 : 80));
        child.kill("SIGKILL");
        await closed;
        const ids = new Set(await idsIn(place.open(), project));
        expect(before.filter((id) => !ids.has(id))).toEqual([]);
        files = Math.max(files, (await listLogFiles(place.open(), project)).length);
      }
      work.goesOn = false;
      await writing;
      const store = place.open();
      const read = new Set(await idsIn(store, project));
      expect(acknowledged.filter((id) => !read.has(id))).toEqual([]);
      // Rows that a kill left in two files are one again after the next compaction.
      const { filesAfter } = await compactLog(store, project, atOnce);
      expect(filesAfter).toBeLessThan(Math.max(files, 3));
      expect((await idsIn(store, project)).sort()).toEqual(acknowledged.toSorted());
    }

    it("loses nothing beside a repair and another compaction", async () => {
      const [one, two, three] = [place.open(), place.open(), place.open()];
      const ids: string[] = [];
      for (let i = 0; i < 10; i++) {
        const line = await rowOf(i);
        ids.push(line.slice(0, 12));
        await appendRow(one, "pets", header, line, { now: now(), newCsv: true });
      }
      const repairs = async () => {
        for (let round = 0; round < 3; round++) {
          const last = new Map<string, string>();
          for await (const line of logLines(three, "pets")) {
            if ("cells" in line) last.set(line.cells.get("prediction_id") ?? "", line.path);
          }
          for (const path of new Set(last.values())) {
            const later = new Set([...last].flatMap(([id, file]) => (file === path ? [] : [id])));
            await repairLogFile(three, "pets", path, { now: now(), known: later });
          }
        }
      };
      await Promise.all([compactLog(one, "pets", atOnce), compactLog(two, "pets", atOnce), repairs()]);
      expect([...new Set(await idsIn(place.open(), "pets"))].sort()).toEqual(ids);
    });
  });
}

describe("ml-tracking compact", () => {
  it("folds a project's files, says so, and leaves files of writers at work alone", async () => {
    const store = await temporaryFolder();
    for (let i = 0; i < 3; i++) {
      await logExperiment(smallClassification(store, { newCsv: true }));
      await logExperiment(smallRegression(store, { newCsv: true }));
    }
    const young = await mlTracking(["compact", "--store", store]);
    expect(young.talk).toBe("houses: 3 log files, now 3\npets: 3 log files, now 3\n");
    const one = await mlTracking(["compact", "pets", "--store", store, "--grace", "0", "--json"]);
    expect(JSON.parse(one.out)).toEqual({
      store,
      projects: [
        {
          project: "pets",
          files_before: 3,
          files_after: 1,
          files_folded: 3,
          files_with_torn_lines: [],
          predictions_renamed: 0,
          runs_folded: 0,
        },
      ],
    });
    expect((await readExperiments("pets", { store })).experiments).toHaveLength(3);
    expect((await verifyStore({ store })).findings).toEqual([]);
    const unknown = await mlTracking(["compact", "cats", "--store", store]);
    expect(unknown.status).toBe(1);
    expect(unknown.talk).toContain("unknown project");
  });

  it("keeps files of different headers apart, and leaves torn ones to verify", async () => {
    const store = await temporaryFolder();
    for (let i = 0; i < 2; i++) {
      await logExperiment(smallClassification(store, { newCsv: true }));
      await logExperiment(smallRegression(store, { newCsv: true, project: "pets" }));
      const { paths } = await logExperiment(smallClassification(store, { newCsv: true }));
      const log = join(store, paths.trackingLog!);
      const [first, row] = (await readFile(log, "utf8")).split("\n");
      await writeFile(log, `${first},weather\n${row},wet\n`);
    }
    const { paths } = await logExperiment(smallClassification(store, { newCsv: true }));
    await appendFile(join(store, paths.trackingLog ?? ""), "torn");
    const [done] = await compactStore({ store, graceSeconds: 0 });
    expect(done).toMatchObject({ filesBefore: 7, filesAfter: 3, filesWithTornLines: [paths.trackingLog] });
    expect(await readdir(join(store, "tracking/pets"))).toHaveLength(3);
    await verifyStore({ store, repair: true, graceSeconds: 0 });
    expect((await readExperiments("pets", { store })).experiments).toHaveLength(7);
  });
});
