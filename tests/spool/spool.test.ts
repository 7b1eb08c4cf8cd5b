import { execFileSync } from "node:child_process";
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiment, readExperiments } from "../../src/jobs/read-experiments.js";
import { verifyStore } from "../../src/maintenance/verify-store.js";
import { deliver } from "../../src/spool/deliver.js";
import { keepInSpool } from "../../src/spool/keep-in-spool.js";
import { predictionBytes, readSpoolFile } from "../../src/spool/read-spool-file.js";
import { spoolFolders, storeFolder } from "../../src/spool/spool-folders.js";
import { folderStore } from "../../src/store/folder-store.js";
import { openStore } from "../../src/store/open-store.js";
import type { Store } from "../../src/store/store.js";
import { TrackingError } from "../../src/tracking-error.js";
import { mlTracking } from "../support/built-package.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { asFormat1 } from "../support/former-log.js";
import { smallDisk } from "../support/small-disk.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { outage, readAll, rowIds } from "./spool.js";

describe("an experiment that the store cannot take", () => {
  it("is kept in the spool, said so loudly, and delivered by the next call that the store takes", async () => {
    const place = await outage();
    await place.fail();
    const kept = await place.log(smallClassification);
    expect(kept).toMatchObject({
      stored: false,
      project: "pets",
      scores: { accuracy: 0.75 },
      paths: { store: place.store, predictions: expect.stringMatching(/^predictions\/pets\//) },
    });
    expect(kept.paths.trackingLog).toBeUndefined();
    expect(place.warned).toEqual([kept.warnings[0]]);
    expect(place.warned[0]).toContain(`NOT STORED: experiment ${kept.predictionId} waits in the local spool`);
    expect(place.warned[0]).toContain(kept.paths.spool);
    expect(place.warned[0]).toContain("a part of the path is a file, not a folder (ENOTDIR)");
    expect(place.warned[0]).toContain("ml-tracking sync");

    await place.mend();
    const next = await place.log(smallClassification);
    expect(next).toMatchObject({ stored: true, paths: { store: place.store } });
    expect(next.warnings).toContain(
      "1 experiment that had waited in the local spool was delivered to the store",
    );
    const ids = [kept.predictionId, next.predictionId].sort();
    expect(await rowIds(place.store)).toEqual(ids);
    await readAll(place.store, ids);
    expect(await place.spooled()).toEqual([]);
  });

  it("is, once delivered, the same as if the store had taken it at once", async () => {
    const [place, other] = [await outage(), await temporaryFolder()];
    const fixed = {
      now: () => new Date("2026-11-23T12:00:00Z"),
      randomBytes: (count: number) => new Uint8Array(count).fill(7),
    };
    const input = (store: string) =>
      smallClassification(store, { name: 'a "name", quoted', yScore: [0.1, 0.6, 0.2, 0.9] });
    const direct = await logExperiment(input(other), fixed);
    await place.fail();
    await logExperiment(input(place.store), { ...fixed, ...place.world });
    await place.mend();
    await place.deliver();
    const [theirs] = (await readExperiments("pets", { store: other })).experiments;
    const [ours] = (await readExperiments("pets", { store: place.store })).experiments;
    expect(ours).toEqual(theirs);
    expect(await readFile(join(place.store, direct.paths.predictions))).toEqual(
      await readFile(join(other, direct.paths.predictions)),
    );
  });

  it("throws under strict and keeps nothing", async () => {
    const place = await outage();
    await place.fail();
    await expect(place.log((store) => smallClassification(store, { strict: true }))).rejects.toMatchObject({
      code: "STORE_NOT_WRITABLE",
    });
    expect(await place.spooled()).toEqual([]);
  });

  it("is kept at once while a store that takes long to fail is left alone, and stored as soon as that is over", async () => {
    const place = await outage();
    const real = openStore(place.store);
    const down = { now: true, tries: 0 };
    // The clock goes on only where the store is waited for, however slow the machine is.
    let late = 0;
    vi.spyOn(performance, "now").mockImplementation(() => late);
    onTestFinished(() => void vi.restoreAllMocks());
    const slow: Store = {
      ...real,
      async create(...given) {
        down.tries += 1;
        if (!down.now) return real.create(...given);
        late += 1_050;
        throw new TrackingError("STORE_NOT_WRITABLE", "the deadline is over");
      },
    };
    const log = (strict = false) =>
      logExperiment(smallClassification(place.store, { strict }), { ...place.world, openStore: () => slow });
    for (let i = 0; i < 5; i++) expect(await log()).toMatchObject({ stored: false });
    expect(down.tries).toBe(1);
    expect(place.warned[4]).toContain("the deadline is over");
    await expect(log(true)).rejects.toThrow("the deadline is over");
    down.now = false;
    let last = await log();
    for (; !last.stored; last = await log()) late += 500;
    const waited = place.warned.length;
    expect(waited).toBeGreaterThan(5);
    expect(last.warnings.join()).toContain(
      `${waited} experiments that had waited in the local spool were delivered`,
    );
    expect(await rowIds(place.store)).toHaveLength(waited + 1);
  });

  it("is refused, not kept, when it is the input that is bad", async () => {
    const place = await outage();
    await place.log(smallClassification);
    await expect(place.log((store) => smallClassification(store, { project: "Pets" }))).rejects.toMatchObject(
      {
        code: "INVALID_PROJECT_NAME",
      },
    );
    expect(await place.spooled()).toEqual([]);
  });

  it("is kept when the disk of the store is read-only", async (context) => {
    const place = await outage();
    await mkdir(place.store);
    smallDisk(place.store, context);
    const before = await place.log(smallClassification);
    execFileSync("mount", ["-o", "remount,ro", place.store]);
    const kept = await place.log(smallClassification);
    expect(kept).toMatchObject({ stored: false });
    expect(kept.warnings[0]).toContain("the disk is read-only");
    execFileSync("mount", ["-o", "remount,rw", place.store]);
    await place.deliver();
    expect(await rowIds(place.store)).toEqual([before.predictionId, kept.predictionId].sort());
  });

  it("is kept when the disk is full, even where the spool is on the same disk", async (context) => {
    const place = await outage();
    const disk = join(place.store, "..");
    smallDisk(disk, context);
    const world = { ...place.world, spoolFolders: () => ({ ...place.spool, usual: join(disk, "spool") }) };
    const before = await logExperiment(smallClassification(place.store), world);
    const full = () => writeFile(join(disk, "ballast"), Buffer.alloc(2 ** 20));
    await expect(full()).rejects.toMatchObject({ code: "ENOSPC" });
    const kept = await logExperiment(smallClassification(place.store), world);
    expect(kept.warnings[0]).toContain("the disk is full; free some space (ENOSPC)");
    expect(kept.paths.spool).toContain(place.spool.temporary);
    await rm(join(disk, "ballast"));
    const after = await logExperiment(smallClassification(place.store), world);
    const ids = [before, kept, after].map(({ predictionId }) => predictionId);
    expect(await rowIds(place.store)).toEqual(ids.sort());
  });

  it("is kept among the temporary files, with a warning, where the spool is not writable either", async () => {
    const place = await outage();
    await place.fail();
    await writeFile(place.spool.usual, "a file in the way");
    const kept = await place.log(smallClassification);
    expect(kept.paths.spool).toContain(place.spool.temporary);
    expect(kept.warnings[0]).toContain("among the temporary files, so that a restart may remove it");
    await place.mend();
    await place.deliver();
    expect(await rowIds(place.store)).toEqual([kept.predictionId]);
  });

  it("throws, saying that it is kept nowhere, when no folder can take it", async () => {
    const place = await outage();
    await place.fail();
    await writeFile(place.spool.usual, "a file in the way");
    await writeFile(place.spool.temporary, "another");
    await expect(place.log(smallClassification)).rejects.toMatchObject({
      code: "STORE_NOT_WRITABLE",
      message: expect.stringContaining("The experiment is NOT kept anywhere"),
    });
    expect(place.warned).toEqual([]);
  });

  it("is not put into a folder of the temporary files that others can write", async () => {
    const place = await outage();
    await place.fail();
    await writeFile(place.spool.usual, "a file in the way");
    await mkdir(place.spool.temporary);
    execFileSync("chmod", ["777", place.spool.temporary]);
    await expect(place.log(smallClassification)).rejects.toMatchObject({
      message: expect.stringContaining("belongs to somebody else"),
    });
    // Nor is anything delivered that somebody else put there.
    await rm(place.spool.usual);
    const { paths } = await place.log(smallClassification);
    await rename(place.spool.usual, join(place.spool.temporary, "moved"));
    await rename(
      join(place.spool.temporary, "moved", storeFolder(place.store)),
      join(place.spool.temporary, storeFolder(place.store)),
    );
    await place.mend();
    const { warnings } = await place.log(smallRegression);
    expect(warnings).toEqual([]);
    const { status, out } = await mlTracking(["sync"], { env: place.env });
    expect({ status, out }).toEqual({ status: 0, out: "" });
    expect(await place.spooled()).toContain(basename(paths.spool as string));
  });
});

describe("the spool", () => {
  it("lies where the system keeps a program's state, or where ML_TRACKING_SPOOL says", () => {
    const place = { environment: {}, home: "/home/ann", temporary: "/tmp", user: "ann" };
    const usual = (platform: NodeJS.Platform, environment = {}) =>
      spoolFolders({ ...place, platform, environment }).usual.replaceAll("\\", "/");
    expect(usual("linux")).toBe("/home/ann/.local/state/ml-tracking/spool");
    expect(usual("linux", { XDG_STATE_HOME: "/state" })).toBe("/state/ml-tracking/spool");
    expect(usual("linux", { XDG_STATE_HOME: "relative" })).toBe("/home/ann/.local/state/ml-tracking/spool");
    expect(usual("darwin")).toBe("/home/ann/Library/Application Support/ml-tracking/spool");
    expect(usual("win32", { LOCALAPPDATA: "/local" })).toBe("/local/ml-tracking/spool");
    expect(usual("linux", { ML_TRACKING_SPOOL: "/mine" })).toBe("/mine");
    expect(spoolFolders({ ...place, platform: "linux" }).temporary).toBe(
      join("/tmp", "ml-tracking-spool-ann"),
    );
  });

  it("keeps a damaged record, says what is wrong with it, and delivers the others", async () => {
    const place = await outage();
    await place.fail();
    const damaged = [];
    for (let i = 0; i < 3; i++) damaged.push(await place.log(smallClassification));
    const whole = await place.log(smallClassification);
    const [cut, changed, extended] = damaged.map(({ paths }) => paths.spool as string);
    await writeFile(cut!, (await readFile(cut!)).subarray(0, -100));
    await writeFile(changed!, (await readFile(changed!, "latin1")).replace("cat", "cot"), "latin1");
    await appendFile(extended!, "more");
    await place.mend();
    const { delivered, remaining } = await place.deliver();
    expect(delivered.map(({ predictionId }) => predictionId)).toEqual([whole.predictionId]);
    expect(new Set(remaining.map(({ file }) => file))).toEqual(new Set([cut, changed, extended]));
    expect(new Set(remaining.map(({ reason }) => reason))).toEqual(
      new Set(["its content differs from its checksum"]),
    );
    expect(await rowIds(place.store)).toEqual([whole.predictionId]);
    const next = await place.log(smallClassification);
    expect(next.warnings.join()).toContain("3 experiments for this store could not be delivered");
    expect(await place.spooled()).toHaveLength(3);
  });

  it("leaves records for another store alone until they are asked for", async () => {
    const [place, other] = [await outage(), await temporaryFolder()];
    await place.fail();
    const kept = await place.log(smallClassification);
    const elsewhere = await logExperiment(smallClassification(other, { positiveLabel: "dog" }), place.world);
    expect(elsewhere.warnings).toEqual([]);
    expect(await place.spooled()).toEqual([`${kept.predictionId}.waiting`]);
    await place.mend();
    const { status, out } = await mlTracking(["sync", "--store", other], { env: place.env });
    expect({ status, out }).toEqual({ status: 0, out: "" });
    const { out: json } = await mlTracking(["sync", "--json"], { env: place.env });
    expect(JSON.parse(json)).toMatchObject({
      delivered: [{ prediction_id: kept.predictionId, project: "pets", store: place.store }],
      remaining: [],
    });
    expect(await rowIds(place.store)).toEqual([kept.predictionId]);
  });

  it("delivers to another store after all where the first is gone for good", async () => {
    const [place, other] = [await outage(), await temporaryFolder()];
    await place.fail();
    const kept = await place.log(smallClassification);
    const wrong = await mlTracking(["sync", "--to", other], { env: place.env });
    expect(wrong).toMatchObject({ status: 2, talk: expect.stringContaining("missing argument: store") });
    const { status, talk } = await mlTracking(["sync", "--store", place.store, "--to", other], {
      env: place.env,
    });
    expect({ status, talk }).toEqual({ status: 0, talk: "1 delivered, 0 remain\n" });
    expect(await rowIds(other)).toEqual([kept.predictionId]);
    await readAll(other, [kept.predictionId]);
    expect(await place.spooled()).toEqual([]);
  });

  it("starts the new log file that an experiment had asked for", async () => {
    const place = await outage();
    await place.log(smallClassification);
    await place.fail();
    for (const newCsv of [false, false, true, false])
      await place.log((store) => smallClassification(store, { newCsv }));
    await place.log((store) => smallRegression(store, { project: "pets" }));
    await place.mend();
    await place.deliver();
    const folder = join(place.store, "tracking", "pets");
    const rows = [];
    for (const name of (await readdir(folder)).sort()) {
      rows.push((await readFile(join(folder, name), "utf8")).split("\n").length - 2);
    }
    expect(rows).toEqual([1, 2, 3]);
  });

  it("delivers what the former release spooled, under its own header", async () => {
    const place = await outage();
    await place.log(smallClassification);
    await place.fail();
    const { predictionId, paths } = await place.log(smallClassification);
    const spooled = await readSpoolFile(
      folderStore(place.spool.usual),
      relative(place.spool.usual, paths.spool!),
    );
    if ("broken" in spooled) throw new Error(spooled.broken);
    const { record } = spooled;
    const bytes = Buffer.concat([...predictionBytes(paths.spool as string, spooled)]);
    await rm(paths.spool as string);
    const predictions = record.predictions.replace(".text.parquet", ".parquet");
    const [header = "", line = ""] = asFormat1(
      record.header + record.line.replace(record.predictions, predictions),
    ).split(/(?<=\n)/);
    const former = { ...record, predictions, header, line };
    await keepInSpool(former, new Error("outage"), () => [bytes], place.spool);
    await place.mend();
    expect(await place.deliver()).toMatchObject({ delivered: [{ predictionId }], remaining: [] });
    const { experiment } = await readExperiment(predictionId, { store: place.store });
    expect(experiment).toMatchObject({ predictions, positiveLabel: "dog", scores: { accuracy: 0.75 } });
    expect((await verifyStore({ store: place.store })).findings).toEqual([]);
    const files = await readdir(join(place.store, "tracking", "pets"));
    expect(files).toHaveLength(2);
  });

  it("finds a row that an earlier try wrote, in whatever log file it stands", async () => {
    const place = await outage();
    await place.fail();
    const kept = await place.log(smallClassification);
    const copy = await readFile(kept.paths.spool as string);
    await place.mend();
    await place.deliver();
    await place.log((store) => smallClassification(store, { newCsv: true }));
    await writeFile(kept.paths.spool as string, copy);
    const { delivered, remaining } = await place.deliver();
    expect({ delivered, remaining }).toMatchObject({
      delivered: [{ predictionId: kept.predictionId }],
      remaining: [],
    });
    expect(await rowIds(place.store)).toHaveLength(2);
    expect(await place.spooled()).toEqual([]);
  });

  it("honours the claim of a process that runs, takes over that of one that is gone, or unheard of for an hour", async () => {
    const place = await outage();
    await place.fail();
    const { paths, predictionId } = await place.log(smallClassification);
    await place.mend();
    const store = openStore(place.store);
    const folders = [place.spool.usual];
    const folder = join(place.spool.usual, storeFolder(place.store));
    const claimedAs = (mark: string) => join(folder, `${predictionId}.${mark}.claimed`);
    const { markText, ownMark } = await import("../../src/store/process-mark.js");
    const own = await ownMark();
    const now = () => new Date();

    const held = claimedAs(markText(own));
    await rename(paths.spool as string, held);
    expect((await deliver(store, { folders, now })).remaining).toMatchObject([
      { predictionId, reason: "another process is delivering it", failed: false },
    ]);
    const far = claimedAs(markText({ ...own, machine: "00000000" }));
    await rename(held, far);
    expect((await deliver(store, { folders, now })).delivered).toEqual([]);
    const later = () => new Date(Date.now() + 3_700_000);
    if (own.started !== "0") {
      // The id was given to another process since.
      await rename(far, claimedAs(markText({ ...own, started: "1" })));
    }
    expect(
      (await deliver(store, { folders, now: own.started === "0" ? later : now })).delivered,
    ).toMatchObject([{ predictionId }]);
    expect(await rowIds(place.store)).toEqual([predictionId]);
  });

  it("delivers an experiment once when many processes do it at the same time, some of them killed", async () => {
    const place = await outage();
    await place.log(smallClassification);
    await place.fail();
    const ids: string[] = [];
    for (let i = 0; i < 120; i++) {
      ids.push((await place.log(i % 3 ? smallClassification : smallRegression)).predictionId);
    }
    await place.mend();
    const { spawn } = await import("node:child_process");
    const { projectRoot } = await import("../support/built-package.js");
    for (let round = 0; round < 3; round++) {
      const children = Array.from({ length: 4 }, () =>
        spawn(process.execPath, [join(projectRoot, "dist", "cli.js"), "sync"], {
          env: { ...process.env, ...place.env },
        }),
      );
      const ended = children.map((child) => new Promise((resolve) => child.on("close", resolve)));
      for (const [i, child] of children.slice(1).entries()) {
        setTimeout(() => child.kill("SIGKILL"), 120 + 60 * i + 40 * round);
      }
      await Promise.all(ended);
    }
    const { remaining } = await place.deliver();
    expect(remaining).toEqual([]);
    const stored = await rowIds(place.store);
    expect(stored).toHaveLength(121);
    expect(stored).toEqual(expect.arrayContaining(ids));
    await readAll(place.store, ids);
    expect((await place.spooled()).filter((name) => /waiting|claimed/.test(name))).toEqual([]);
  });

  it("delivers a thousand records with one look at the log, not one a record", async () => {
    const place = await outage();
    const folders = [place.spool.usual];
    await place.log(smallClassification);
    await place.fail();
    const { paths } = await place.log(smallClassification);
    const file = await readFile(paths.spool as string);
    const head = JSON.parse(file.subarray(0, file.indexOf(0x0a)).toString()) as {
      line: string;
      header: string;
    };
    await place.mend();
    await place.deliver();
    const ids = Array.from({ length: 1000 }, (_, i) => String(i).padStart(12, "0"));
    for (const predictionId of ids) {
      const record = {
        store: place.store,
        project: "pets",
        predictionId,
        predictions: `predictions/pets/2026-11-25/${predictionId}.parquet`,
        header: head.header,
        line: predictionId + head.line.slice(12),
        newCsv: false,
        loggedAt: new Date(),
      };
      await keepInSpool(record, new Error("outage"), () => [Buffer.from("PAR1")], place.spool);
    }
    const calls = new Map<string, number>();
    const real = openStore(place.store);
    const counted = new Proxy(real, {
      get(target, name: keyof Store) {
        const value = target[name];
        if (typeof value !== "function") return value;
        calls.set(name, calls.get(name) ?? 0);
        return (...args: unknown[]) => {
          calls.set(name, (calls.get(name) as number) + 1);
          return (value as (...given: unknown[]) => unknown).apply(target, args);
        };
      },
    });
    const { delivered, remaining } = await deliver(counted, { folders, now: () => new Date() });
    expect(remaining).toEqual([]);
    expect(delivered).toHaveLength(1000);
    expect(calls.get("listFiles")).toBe(1);
    expect(calls.get("read")).toBe(1);
    // A file of predictions for each, and a log file for every 256.
    expect(calls.get("create")).toBe(1000 + 4);
    expect(calls.get("append") ?? 0).toBe(0);
    expect(await rowIds(place.store)).toHaveLength(1002);
  });
});

describe("the command line", () => {
  const flags = [
    "--kind",
    "classification",
    "--project",
    "churn",
    "--dataset-uri",
    "c.csv",
    "--target-column",
    "y",
  ];
  const log = (store: string, ...more: string[]) => [
    "log",
    "-",
    ...flags,
    "--model",
    "M",
    "--store",
    store,
    ...more,
  ];
  const input = "sample_id,y_true,y_pred\n1,yes,yes\n2,no,yes\n";

  it("says on standard error that an experiment is not stored, whatever the flags, and ends well", async () => {
    const place = await outage();
    await place.fail();
    const text = await mlTracking(log(place.store), { input, env: place.env });
    expect(text.status).toBe(0);
    expect(text.talk.match(/NOT STORED/g)).toHaveLength(1);
    expect(text.out).toMatch(/^NOT STORED {6}it waits in .*\.waiting$/m);
    expect(text.out).not.toContain("tracking log");
    const json = await mlTracking(log(place.store, "--json"), { input, env: place.env });
    expect(json.status).toBe(0);
    expect(json.talk).toContain("warning: NOT STORED: experiment");
    expect(JSON.parse(json.out)).toMatchObject({
      stored: false,
      paths: { tracking_log: null, spool: expect.stringMatching(/\.waiting$/) },
      warnings: expect.arrayContaining([expect.stringContaining("NOT STORED")]),
    });
    const strict = await mlTracking(log(place.store, "--strict"), { input, env: place.env });
    expect(strict).toMatchObject({ status: 1, out: "", talk: expect.stringContaining("cannot write") });
  });

  it("reminds whoever looks at a store of what waits for it, and tells why it could not be delivered", async () => {
    const place = await outage();
    await place.log(smallClassification);
    await place.fail();
    const kept = await place.log(smallClassification);
    const failed = await mlTracking(["sync"], { env: place.env });
    expect(failed.status).toBe(1);
    expect(failed.out).toMatch(
      new RegExp(`^remains ${kept.predictionId} .*waiting: cannot (read|write) .*ENOTDIR`),
    );
    expect(failed.talk).toBe("0 delivered, 1 remain\n");
    await place.mend();
    for (const command of [["projects"], ["experiments", "pets"], ["verify"]]) {
      const { talk, status } = await mlTracking([...command, "--store", place.store], { env: place.env });
      expect(status).toBe(0);
      expect(talk).toContain(
        '1 experiment waits in the local spool for this store; "ml-tracking sync" delivers',
      );
    }
    const { status, out, talk } = await mlTracking(["sync"], { env: place.env });
    expect({ status, talk }).toEqual({ status: 0, talk: "1 delivered, 0 remain\n" });
    expect(out).toBe(
      `delivered ${kept.predictionId} ${place.store}/tracking/pets/${(await readdir(join(place.store, "tracking/pets")))[0]}\n`,
    );
    const { talk: after } = await mlTracking(["projects", "--store", place.store], { env: place.env });
    expect(after).toBe("");
    expect((await mlTracking(["sync"], { env: place.env })).talk).toBe("Nothing waits in the local spool.\n");
  });
});
