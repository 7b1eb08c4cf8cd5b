import { execFileSync } from "node:child_process";
import { constants } from "node:fs";
import { mkdir, open, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { leaderboard } from "../../src/jobs/leaderboard.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiment, readExperiments } from "../../src/jobs/read-experiments.js";
import { copyStore } from "../../src/maintenance/copy-store.js";
import { verifyStore } from "../../src/maintenance/verify-store.js";
import { folderStore } from "../../src/store/folder-store.js";
import { inTime } from "../../src/store/in-time.js";
import { apiPath, ask, startServer } from "../server/running-server.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

type Put = (path: string) => Promise<void> | void;

const pipe: Put = (path) => void execFileSync("mkfifo", [path]);
const folder: Put = (path) => mkdir(path);
const socket: Put = async (path) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => void server.close());
};
const linkToPipe: Put = async (path) => {
  await pipe(`${path}.pipe`);
  await symlink(`${path}.pipe`, path);
};

const things: [string, Put, string][] = [
  ["a named pipe", pipe, "a named pipe"],
  ["a link to a named pipe", linkToPipe, "a named pipe"],
  ["a folder", folder, "a folder"],
  ["a socket", socket, "a socket"],
];

/** Two experiments, and something else in the place of the predictions of the first. */
async function storeWith(put: Put): Promise<{ store: string; bad: string; good: string; path: string }> {
  const store = await temporaryFolder();
  const bad = await logExperiment(smallClassification(store));
  const good = await logExperiment(smallClassification(store));
  const path = join(store, bad.paths.predictions);
  await rm(path);
  await put(path);
  return { store, bad: bad.predictionId, good: good.predictionId, path: bad.paths.predictions };
}

describe.skipIf(process.platform === "win32")("in the place of predictions", () => {
  it.each(things)(
    "%s is said to be there by whoever reads them, and hides no other experiment",
    async (_, put, kind) => {
      const { store, bad, good, path } = await storeWith(put);
      const why = expect.stringContaining(`there is ${kind} in the place of the file`);
      await expect(readExperiment(bad, { store })).rejects.toMatchObject({
        code: "PREDICTIONS_NOT_READABLE",
        message: why,
      });
      const { findings } = await verifyStore({ store, graceSeconds: 0 });
      expect(findings.filter(({ kind: found }) => found === "unreadable-predictions")).toMatchObject([
        { path, message: why },
      ]);

      const ranked = await leaderboard("pets", { store });
      expect(ranked.rows.map(({ prediction_id, reason }) => [prediction_id, reason])).toEqual(
        expect.arrayContaining([
          [bad, why],
          [good, null],
        ]),
      );

      const to = await temporaryFolder();
      const report = await copyStore({ from: store, to });
      expect(report).toMatchObject({
        copied: 2,
        problems: [{ kind: "unreadable-predictions", predictionId: bad, path, message: why }],
      });
      expect((await readExperiment(good, { store: to })).predictions.rows).toBe(4);
      await expect(readExperiment(bad, { store: to })).rejects.toThrow("are not at");
    },
  );

  it("a named pipe keeps no request to the dashboard waiting, and takes no other experiment's place", async () => {
    const { store, bad, good } = await storeWith(pipe);
    const { address, defects } = await startServer(store);
    const paths = [
      apiPath(["experiments", bad, "plots", "confusion_matrix"]),
      apiPath(["experiments", bad, "intervals"]),
      apiPath(["comparison"], { a: bad, b: good }),
    ];
    for (const path of [...paths, ...paths, ...paths]) {
      const answer = await ask(address, path);
      expect({ path, status: answer.status, code: answer.json.error.code }).toEqual({
        path,
        status: 422,
        code: "PREDICTIONS_NOT_READABLE",
      });
    }
    const ranked = await ask(address, apiPath(["projects", "pets", "leaderboard"]));
    expect(ranked.status).toBe(200);
    expect(ranked.json.rows).toHaveLength(2);
    expect(defects).toEqual([]);
  });
});

describe.skipIf(process.platform === "win32")("in the place of a log file", () => {
  it.each(things)(
    "%s is no log file: rows are written and read beside it, and verify names it",
    async (_, put) => {
      const store = await temporaryFolder();
      const log = join(store, "tracking", "pets");
      await mkdir(log, { recursive: true });
      const name = `pets_${new Date().toISOString().slice(0, 10)}_1.csv`;
      await put(join(log, name));
      const { predictionId, paths } = await logExperiment(smallClassification(store, { strict: true }));
      expect(paths.trackingLog).toMatch(/_2\.csv$/);
      expect((await readExperiments("pets", { store })).experiments).toMatchObject([{ predictionId }]);
      const { experiments, findings } = await verifyStore({ store });
      expect(experiments).toBe(1);
      expect(findings).toContainEqual(
        expect.objectContaining({ kind: "stray-file", path: `tracking/pets/${name}` }),
      );
      const { address } = await startServer(store);
      expect((await ask(address, "/api/status")).json).toMatchObject({ experiments: 1, stale: false });
    },
  );
});

describe.skipIf(process.platform === "win32")("a folder's store", () => {
  it("opens no pipe and no device, whatever is asked of it", async () => {
    const root = await temporaryFolder();
    const store = folderStore(root);
    await pipe(join(root, "pipe"));
    const calls = [
      () => store.stat("pipe"),
      () => store.read("pipe"),
      () => store.readRange("pipe", 0, 10),
      () => store.append("pipe", Buffer.from("line\n")),
    ];
    for (const call of calls)
      await expect(call()).rejects.toThrow("there is a named pipe in the place of the file");
  });

  it("follows a link to a plain file inside of it, as before", async () => {
    const root = await temporaryFolder();
    await mkdir(join(root, "a"));
    await writeFile(join(root, "a", "file"), "text");
    await symlink(join(root, "a", "file"), join(root, "a", "link"));
    const found = await folderStore(root).read("a/link");
    expect(Buffer.from(found!.bytes).toString()).toBe("text");
  });

  it("waits for no answer of a disk that gives none", async () => {
    await expect(inTime(new Promise(() => {}), 20)).rejects.toThrow("the disk has not answered within");
    expect(await inTime(Promise.resolve("at once"), 20)).toBe("at once");
  });
});

describe.skipIf(process.platform === "win32")("in the place of a record of the spool", () => {
  it("a named pipe is a record that cannot be delivered, and keeps none of the others, which are their owner's alone", async () => {
    const { syncSpool } = await import("../../src/spool/sync-spool.js");
    const place = await temporaryFolder();
    const [store, spool] = [join(place, "store"), join(place, "spool")];
    process.env["ML_TRACKING_SPOOL"] = spool;
    onTestFinished(() => void delete process.env["ML_TRACKING_SPOOL"]);
    await writeFile(store, "a file where the store's folder is to be");
    const kept = await logExperiment(smallClassification(store));
    expect(kept.stored).toBe(false);
    const modes = [kept.paths.spool!, dirname(kept.paths.spool!)].map(
      async (path) => (await stat(path)).mode & 0o777,
    );
    expect(await Promise.all(modes)).toEqual([0o600, 0o700]);
    await rm(store);
    await pipe(join(dirname(kept.paths.spool!), "0123456789ab.waiting"));
    const { delivered, remaining } = await syncSpool({ store });
    expect(delivered).toMatchObject([{ predictionId: kept.predictionId }]);
    expect(remaining).toMatchObject([
      { predictionId: "0123456789ab", reason: expect.stringContaining("a named pipe") },
    ]);
    expect(await readdir(join(store, "tracking", "pets"))).toHaveLength(1);
    const file = await open(
      join(dirname(kept.paths.spool!), "0123456789ab.waiting"),
      constants.O_RDONLY | constants.O_NONBLOCK,
    );
    await file.close();
  });
});
