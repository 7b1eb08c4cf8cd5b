import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

import { eventHeader } from "../../src/history/event.js";
import { historyFolder } from "../../src/history/history-folder.js";
import { logArtifact } from "../../src/jobs/log-artifact.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readHistory, readRun, readRuns } from "../../src/jobs/read-runs.js";
import { type RunWorld, resumeRun, type StartRunInput, startRun } from "../../src/jobs/start-run.js";
import { artifactPath } from "../../src/run/artifact-path.js";
import { gpuMetrics, machineMetrics } from "../../src/run/machine-metrics.js";
import { readRunLog } from "../../src/run/read-run-log.js";
import { runHeader, runLine } from "../../src/run/run-line.js";
import { deliverRuns } from "../../src/spool/deliver-runs.js";
import { folderStore } from "../../src/store/folder-store.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const end = () => ({ status: "finished", endedAt: new Date() }) as const;

async function started(input: Partial<StartRunInput> = {}, world: Partial<RunWorld> = {}) {
  const store = input.store ?? (await temporaryFolder());
  const live = await startRun({ project: "pets", systemMetrics: false, ...input, store }, world);
  const log = (step: number, values: Record<string, number>) =>
    live.add([{ kind: "metric", time: Date.now(), step, values }]);
  return { store, live, log };
}

describe("a run", () => {
  it("is there as soon as it started, and has parameters, tags and metrics while it lasts", async () => {
    const { store, live, log } = await started({
      name: "deep",
      parameters: { lr: 0.1, layers: [1, 2], nested: { a: 'x, "y"' } },
      tags: { team: "a" },
    });
    log(0, { loss: 3 });
    log(1, { loss: Number.NaN });
    live.setParameters({ epochs: 3 });
    live.add([{ kind: "tag", time: Date.now(), key: "team", value: "b" }]);
    await live.flush();
    const { runs } = await readRuns("pets", { store });
    expect(runs).toMatchObject([
      {
        runId: live.run.runId,
        name: "deep",
        status: "running",
        endedAt: undefined,
        lostContact: false,
        parameters: { lr: 0.1, layers: [1, 2], nested: { a: 'x, "y"' }, epochs: 3 },
        tags: { team: "b" },
        metrics: { loss: Number.NaN },
      },
    ]);
    await live.finish(end());
    const [run] = (await readRunLog(folderStore(store), "pets")).runs;
    expect(run).toMatchObject({ status: "finished", parameters: { epochs: 3 }, tags: { team: "b" } });
    expect(run!.metrics).toEqual({ loss: Number.NaN });
    expect([run!.firstMetrics, run!.minMetrics, run!.maxMetrics]).toEqual([
      { loss: 3 },
      { loss: 3 },
      { loss: 3 },
    ]);
  });

  it("has experiments, children and artifacts", async () => {
    const { store, live } = await started();
    const { live: child } = await started({ store, parent: live.run.runId });
    const { predictionId } = await logExperiment({ ...smallClassification(store), runId: live.run.runId });
    await logExperiment(smallClassification(store));
    await logArtifact(live, Buffer.from("one"), "models/a.bin");
    await logArtifact(live, Buffer.from("another"), "models/a.bin");
    const folder = await temporaryFolder();
    await writeFile(join(folder, "x.txt"), "x");
    expect(await logArtifact(live, folder, "all")).toEqual({ path: "all", bytes: 1, files: 1 });
    await child.finish(end());
    await live.finish(end());
    const found = await readRun(live.run.runId, { store });
    expect(found.experiments).toEqual([predictionId]);
    expect(found.children).toEqual([child.run.runId]);
    const own = found.artifacts.filter(({ path }) => !path.startsWith("ml-tracking/"));
    expect(own.map(({ path, bytes }) => [path, bytes])).toEqual([
      ["all/x.txt", 1],
      ["models/a.bin", 7],
    ]);
  });

  it("takes a parameter once, all that are given together or none", async () => {
    const { live } = await started({ parameters: { lr: 0.1 } });
    live.setParameters({ lr: 0.1, epochs: 3 });
    expect(() => live.setParameters({ seed: 1, lr: 0.2 })).toThrow(
      'the parameter "lr" is 0.2, but it was 0.1 before; a parameter is given once: start another run, or log what changes as a metric',
    );
    live.setParameters({ seed: 2 });
    expect(await live.finish(end())).toMatchObject({ parameters: { lr: 0.1, epochs: 3, seed: 2 } });
  });

  it("says once what it does not take, and takes the rest", async () => {
    const { store, live, log } = await started();
    log(0, { "": 1, "a\nb": 2, fine: 3 });
    log(0.5, { loss: 1 });
    log(0.5, { loss: 1 });
    live.add([{ kind: "metric", time: Number.NaN, step: 1, values: { loss: 1 } }]);
    expect(live.warnings()).toEqual([
      'the metric "" is not kept: it is empty',
      'the metric "a\\nb" is not kept: it has a line break or another control character',
      "metrics at the step 0.5 are not kept: a step is a whole number up to 2^53",
      "what was logged at the time NaN is not kept: give a date, or milliseconds since 1970",
    ]);
    expect(live.warnings()).toEqual([]);
    await live.finish(end());
    expect((await readHistory(live.run.runId, { store })).keys).toEqual(["fine"]);
  });

  it("keeps metrics and parameters of every name, those of JavaScript's objects too", async () => {
    const { store, live, log } = await started();
    const values = JSON.parse('{"constructor": 1, "__proto__": 2, "toString": 3}') as Record<string, number>;
    live.setParameters(JSON.parse('{"constructor": 4, "__proto__": 5}') as Record<string, number>);
    log(0, values);
    log(1, values);
    await live.finish(end());
    const { run } = await readRun(live.run.runId, { store });
    for (const found of [run.metrics, run.firstMetrics, run.minMetrics, run.maxMetrics]) {
      expect(new Map(Object.entries(found))).toEqual(new Map(Object.entries(values)));
    }
    expect(JSON.stringify(run.parameters)).toBe('{"__proto__":5,"constructor":4}');
  });

  it("has a name of one line, and its row takes one line whatever the machine's own texts are", async () => {
    const store = await temporaryFolder();
    await expect(startRun({ project: "pets", store, name: "two\nlines" })).rejects.toThrow(
      /^name is "two\\nlines", with the control character U\+000A at position 3/,
    );
    const { live } = await started({ store });
    const run = {
      ...live.run,
      name: "a\nb",
      error: "c\r\nd",
      source: "e\u2028f",
      user: "g\th",
      host: "i\u0000j",
    };
    expect(runLine(run)).toMatch(/^[^\n\r\u2028\t\0]*\n$/);
    await live.detach();
  });

  it("says that what it logged is lost, where its files are taken away while it goes on", async () => {
    const { store, live, log } = await started();
    log(0, { loss: 1 });
    await live.flush();
    await rm(join(store, "history"), { recursive: true });
    log(1, { loss: 2 });
    await live.flush();
    expect(live.warnings()).toEqual([
      expect.stringMatching(/^LOST: history\/pets\/.*\.csv of the store .* was taken away while the run/),
    ]);
    await live.finish(end());
    expect([...(await readHistory(live.run.runId, { store })).values]).toEqual([2]);
  });

  it("is shown by its row where its folded events are damaged, with the reason", async () => {
    const { store, live, log } = await started();
    log(0, { loss: 1 });
    await live.finish(end());
    await writeFile(join(store, historyFolder(live.run), "1.parquet"), "PAR1 not really PAR1");
    const { run, problems } = await readRun(live.run.runId, { store });
    expect(run).toMatchObject({ status: "finished", metrics: { loss: 1 } });
    expect(problems).toMatchObject([
      { path: historyFolder(run), reason: expect.stringContaining("1.parquet") },
    ]);
  });

  it("goes on after its end, and steps with it", async () => {
    const { store, live, log } = await started({ parameters: { lr: 0.1 } });
    log(0, { loss: 3 });
    log(4, { loss: 2 });
    await live.finish({ status: "failed", error: "boom\nat line 1", endedAt: new Date() });
    const { live: again, lastStep, statusBefore } = await resumeRun(live.run.runId, { store });
    expect([lastStep, statusBefore]).toEqual([4, "failed"]);
    expect((await readRuns("pets", { store })).runs[0]).toMatchObject({
      status: "running",
      error: undefined,
      endedAt: undefined,
      metrics: { loss: 2 },
    });
    expect(() => again.setParameters({ lr: 1 })).toThrow("it was 0.1 before");
    again.add([{ kind: "metric", time: Date.now(), step: 5, values: { loss: 1 } }]);
    expect(await again.finish(end())).toMatchObject({ status: "finished", metrics: { loss: 1 } });
    expect([...(await readHistory(live.run.runId, { store })).values]).toEqual([3, 2, 1]);
  });

  it("is written to by several processes, and its end row has what all of them wrote", async () => {
    const { store, live, log } = await started();
    const { live: rank } = await resumeRun(live.run.runId, { store, systemMetrics: false });
    log(0, { loss: 1 });
    rank.add([{ kind: "metric", time: Date.now(), step: 0, values: { "rank 1/loss": 2 } }]);
    await rank.detach();
    expect((await live.finish(end())).metrics).toEqual({ loss: 1, "rank 1/loss": 2 });
  });

  it("lost contact where nothing was heard of it for three intervals", async () => {
    const { store, live } = await started();
    await live.detach(); // as a process that was killed
    const at = (seconds: number) => new Date(Date.now() + seconds * 1000);
    const lost = async (seconds: number) =>
      (await readRuns("pets", { store, now: at(seconds) })).runs.map((run) => run.lostContact);
    expect(await lost(40)).toEqual([false]);
    expect(await lost(50)).toEqual([true]);
    expect((await readRun(live.run.runId, { store, now: at(50) })).run.status).toBe("running");
  });

  it("keeps what links lead to in a folder of artifacts, and no file below a file", async () => {
    const { store, live } = await started();
    const folder = await temporaryFolder();
    const elsewhere = await temporaryFolder();
    await writeFile(join(elsewhere, "weights.bin"), "1234");
    await symlink(join(elsewhere, "weights.bin"), join(folder, "latest.bin"));
    await symlink(elsewhere, join(folder, "there"));
    await symlink(folder, join(folder, "itself"));
    await symlink(join(folder, "nothing"), join(folder, "broken"));
    expect(await logArtifact(live, folder, "all")).toEqual({ path: "all", bytes: 8, files: 2 });
    const { artifacts } = await readRun(live.run.runId, { store });
    const paths = artifacts.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["all/latest.bin", "all/there/weights.bin"]));
    await expect(logArtifact(live, Buffer.from("x"), "all/latest.bin/inner")).rejects.toThrow(
      /is "all\/latest\.bin\/inner", but "all\/latest\.bin" is a file of the run/,
    );
    await expect(logArtifact(live, Buffer.from("x"), "all/there")).rejects.toThrow(
      /is "all\/there", but that is a folder of artifacts/,
    );
    expect(live.warnings()).toEqual([]);
    await live.detach();
  });

  it("is unknown by another id, and says so with what an id is", async () => {
    const { store } = await started();
    await expect(readRun("aaaaaaaaaaaaaaaa", { store })).rejects.toMatchObject({ code: "UNKNOWN_RUN" });
    await expect(readRun("nope", { store })).rejects.toThrow(/a run id has 16 digits/);
    await expect(startRun({ project: "pets", store, parent: "nope" })).rejects.toThrow(
      /parent is "nope", which is no run id/,
    );
    await expect(logExperiment({ ...smallClassification(store), runId: "nope" })).rejects.toThrow(
      /run_id is "nope", which is no run id/,
    );
    await expect(startRun({ project: "pets", store, systemMetrics: 0 })).rejects.toThrow(
      /system_metrics is 0/,
    );
    await expect(startRun({ project: "pets", store, tags: { a: {} as string } })).rejects.toThrow(
      /the tag "a" is/,
    );
  });

  it("waits in the spool while its store is away, and is delivered once", async () => {
    const store = join(await temporaryFolder(), "store");
    const spool = await temporaryFolder();
    const world = { spoolFolders: () => ({ usual: spool, temporary: join(spool, "none") }) };
    const { live, log } = await started({ store }, world);
    for (let step = 0; step < 5; step++) log(step, { loss: step });
    await live.flush();
    await rename(store, `${store}-away`);
    await writeFile(store, "in its place");
    for (let step = 5; step < 10; step++) log(step, { loss: step });
    await live.flush();
    await logArtifact(live, Buffer.from("kept"), "a.txt");
    expect(live.warnings()[0]).toMatch(/^NOT STORED: what the run \w+ logs waits in the local spool/);
    const { live: other } = await started({ store, name: "meanwhile" }, world);
    other.add([{ kind: "metric", time: Date.now(), step: 0, values: { loss: 7 } }]);
    await other.finish(end());
    await rm(store);
    await rename(`${store}-away`, store);
    await live.finish(end());
    const { runs } = await readRuns("pets", { store });
    expect(runs.map(({ name, status, metrics }) => [name, status, metrics["loss"]])).toEqual([
      [undefined, "finished", 9],
      ["meanwhile", "finished", 7],
    ]);
    expect([...(await readHistory(live.run.runId, { store })).values]).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    expect((await readRun(live.run.runId, { store })).artifacts.map(({ path }) => path)).toContain("a.txt");
    const again = await deliverRuns(folderStore(store), { folders: [spool], now: () => new Date() });
    expect(again).toEqual({ delivered: [], remaining: [] });
  });
});

describe("the run log", () => {
  it("keeps the newest row of a run, whatever the order of the lines, and every number and text", async () => {
    const folder = await temporaryFolder();
    const store = folderStore(folder);
    const { live } = await started({ store: folder });
    const run = { ...live.run, metrics: { a: Number.NaN, b: Number.NEGATIVE_INFINITY, c: 0.1 } };
    const older = { ...run, writtenAt: new Date(run.writtenAt.getTime() - 1000), name: "older" };
    const newer = { ...run, writtenAt: new Date(run.writtenAt.getTime() + 1000), name: 'new, "er"' };
    const lines = [runHeader, runLine(newer), runLine(older), "torn"];
    await store.create("runs/pets/pets_2026-11-27_1.csv", [Buffer.from(lines.join(""))]);
    const { runs, problems } = await readRunLog(store, "pets");
    expect(runs).toEqual([{ ...newer, gitDirty: runs[0]!.gitDirty }]);
    expect(problems).toMatchObject([{ line: 4 }]);
    await live.detach();
  });
});

describe("what a run records by itself", () => {
  it("has the machine's processors, memory, disk and network, and what nvidia-smi says", async () => {
    const machine = machineMetrics(await temporaryFolder(), 1);
    const deadline = Date.now() + 50;
    while (Date.now() < deadline); // some use of the processor
    await new Promise((resolve) => setTimeout(resolve, 100));
    const sample = machine.sample();
    machine.stop();
    expect(sample["system/cpu_utilization_percentage"]).toBeGreaterThan(0);
    expect(sample["system/cpu_utilization_percentage"]).toBeLessThanOrEqual(100);
    expect(sample["system/system_memory_usage_percentage"]).toBeGreaterThan(0);
    expect(sample["system/disk_available_megabytes"]).toBeGreaterThan(0);
    expect(gpuMetrics("0, 37, 1024, 81559, 121.50")).toEqual({
      gpu_0_utilization_percentage: 37,
      gpu_0_memory_usage_megabytes: 1073.741824,
      gpu_0_memory_usage_percentage: (100 * 1024) / 81559,
      gpu_0_power_usage_watts: 121.5,
    });
    expect(gpuMetrics("1, [N/A], 16, 64, [Not Supported]")).toEqual({
      gpu_1_memory_usage_megabytes: 16.777216,
      gpu_1_memory_usage_percentage: 25,
    });
    expect(gpuMetrics("No devices were found")).toEqual({});
  });

  it("has what was not committed, but no secrets, and runs nothing of the repository", async () => {
    const folder = await temporaryFolder();
    const git = async (...args: string[]) =>
      promisify(execFile)("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: folder });
    await git("init", "--quiet");
    for (const name of ["train.py", ".env", "my-secret.txt"]) await writeFile(join(folder, name), "before\n");
    await git("add", ".");
    await git("commit", "--quiet", "-m", "all");
    for (const name of ["train.py", ".env", "my-secret.txt"]) await writeFile(join(folder, name), "after\n");
    await writeFile(join(folder, ".gitattributes"), "*.py diff=own filter=own\n");
    await git("config", "diff.own.textconv", `touch ${join(folder, "ran")}; cat`);
    await git("config", "diff.external", `touch ${join(folder, "ran")}`);
    await git("config", "filter.own.clean", `touch ${join(folder, "ran")}; cat`);
    const { uncommittedDiff } = await import("../../src/experiment/environment/uncommitted-diff.js");
    const diff = await uncommittedDiff(folder);
    expect(diff).toContain("-before\n+after");
    expect(diff).toContain("train.py");
    expect(diff).not.toContain("secret");
    expect(diff).not.toContain(".env");
    expect(existsSync(join(folder, "ran"))).toBe(false);
  });
});

describe("the path of an artifact", () => {
  it.each([
    ["../up", 'it has the part ".."'],
    ["/absolute", "give one that is relative to the run"],
    ["C:\\x", "give one that is relative to the run"],
    ["a//b", 'it has the part ""'],
    ["a/./b", 'it has the part "."'],
    ["a\nb", "it has a control character"],
    ["step:1", 'it has a ":"'],
    ["nul.txt", "Windows reserves such a name"],
    ["ends.", "ends with a dot"],
    ["ml-tracking/x", "is for what a run records by itself"],
    ["", "it is empty"],
  ])("cannot be %j", (path, why) => {
    expect(() => artifactPath(path)).toThrow(why);
  });

  it("may have blanks, plus signs, percent signs and any letters", () => {
    expect(artifactPath("im step+1 50%/übung.png")).toBe("im step+1 50%/übung.png");
    expect(artifactPath("models\\a.bin")).toBe("models/a.bin");
  });
});

it("a header of events is what file-format.md says", () => {
  expect(eventHeader).toBe("time,step,kind,key,value,context\n");
  expect(historyFolder({ project: "a", startedAt: new Date(0), runId: "b" })).toBe("history/a/1970-01-01/b");
});
