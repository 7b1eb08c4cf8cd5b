import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";

import { readHistory, readRun, readRuns, resumeRun, startRun, withRun } from "../../src/index.js";
import { projectRoot, runNode } from "../support/built-package.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

describe("startRun", () => {
  it("logs metrics by step, counting on where none is given, and warns of what is no number", async () => {
    const store = await temporaryFolder();
    const warnings: string[] = [];
    const hear = (warning: Error) => warnings.push(warning.message);
    process.on("warning", hear);
    const run = await startRun({ project: "pets", store, systemMetrics: false, console: false });
    run.log({ loss: 3 });
    run.log({ loss: 2, bad: "x" as unknown as number });
    run.log({ loss: 1 }, { step: 10, time: new Date("2026-01-01") });
    run.log({ loss: 0 });
    await run.finish();
    await run.finish("failed"); // the second time it does nothing
    process.off("warning", hear);
    const { steps, values, times } = await readHistory(run.runId, { store });
    expect([[...steps], [...values]]).toEqual([
      [0, 1, 10, 11],
      [3, 2, 1, 0],
    ]);
    expect(times[2]).toBe(Date.parse("2026-01-01"));
    expect(warnings.join()).toContain('the metric "bad"');
    expect((await readRuns("pets", { store })).runs).toMatchObject([{ status: "finished" }]);
  });

  it("keeps tables, texts, bytes, folders and experiments, and has children", async () => {
    const store = await temporaryFolder();
    const run = await startRun({ project: "pets", store, systemMetrics: false, console: false });
    await run.logTable("preds", [
      { a: 1, b: 'x "y"' },
      { b: null, c: true },
    ]);
    await run.logText("notes/why.txt", "because");
    await run.logArtifact(new Uint8Array([1, 2]), "two.bin");
    const { project: _project, store: _store, ...evaluation } = smallClassification(store);
    const { predictionId } = await run.logExperiment(evaluation as never);
    const child = await run.startChild({ name: "child" });
    await child.finish();
    await run.finish();
    const whole = await readRun(run.runId, { store });
    expect(whole.experiments).toEqual([predictionId]);
    expect(whole.children).toEqual([child.runId]);
    const own = whole.artifacts.map(({ path }) => path).filter((path) => !path.startsWith("ml-tracking/"));
    expect(own).toEqual(["notes/why.txt", "preds.csv", "two.bin"]);
  });

  it("ends as failed with the error where the work throws, and goes on where it is resumed", async () => {
    const store = await temporaryFolder();
    let id = "";
    const options = { project: "pets", store, systemMetrics: false, console: false } as const;
    const failing = withRun(options, (run) => {
      id = run.runId;
      run.log({ loss: 1 });
      throw new Error("out of memory");
    });
    await expect(failing).rejects.toThrow("out of memory");
    expect((await readRun(id, { store })).run).toMatchObject({ status: "failed", error: "out of memory" });
    const again = await resumeRun(id, { store, systemMetrics: false, console: false });
    again.log({ loss: 0.5 });
    await again.finish();
    expect([...(await readHistory(id, { store })).steps]).toEqual([0, 1]);
  });

  it("refuses options that are none, before anything is written", async () => {
    await expect(startRun({ project: "pets", projct: "x" } as never)).rejects.toThrow(
      /unknown option: projct/,
    );
    await expect(startRun({} as never)).rejects.toThrow(/missing argument: project/);
    await expect(startRun({ project: "pets", tags: 3 } as never)).rejects.toThrow(
      "tags is 3; give an object",
    );
    const run = await startRun({ project: "pets", store: await temporaryFolder(), console: false });
    expect(() => run.finish("done" as never)).toThrow('status is "done"; give finished, failed or killed');
    await run.finish();
  });
});

describe("a process with a run", () => {
  const script = (store: string, rest: string) => `
    import { startRun } from ${JSON.stringify(pathToFileURL(join(projectRoot, "dist/index.js")).href)};
    const run = await startRun({ project: "pets", store: ${JSON.stringify(store)}, systemMetrics: false });
    run.log({ loss: 1 });
    console.log("hello", "\\u001b[1mbold");
    ${rest}`;

  it("ends it as finished where nothing is left to do, with what was printed", async () => {
    const store = await temporaryFolder();
    const file = join(store, "train.mjs");
    await writeFile(file, script(store, ""));
    const { status, out } = await runNode([file], { cwd: store });
    expect([status, out]).toEqual([0, "hello \u001b[1mbold\n"]);
    const { runs } = await readRuns("pets", { store });
    expect(runs).toMatchObject([{ status: "finished", metrics: { loss: 1 } }]);
  });

  it("ends it as killed where it is told to stop, and then stops", async () => {
    const store = await temporaryFolder();
    const file = join(store, "train.mjs");
    await writeFile(file, script(store, "setInterval(() => {}, 1000);"));
    const child = spawn(process.execPath, [file], { cwd: store });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    child.kill("SIGTERM");
    const signal = await new Promise((resolve) => child.once("close", (_, by) => resolve(by)));
    expect(signal).toBe("SIGTERM");
    expect((await readRuns("pets", { store })).runs).toMatchObject([
      { status: "killed", metrics: { loss: 1 } },
    ]);
  });
});
