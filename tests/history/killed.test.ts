import { type ChildProcess, spawn } from "node:child_process";
import { cp, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

import { eventLines } from "../../src/history/event.js";
import { sortedRows } from "../../src/history/event-table.js";
import { foldEvents } from "../../src/history/fold-events.js";
import { historyWriter } from "../../src/history/history-writer.js";
import { readEvents } from "../../src/history/read-events.js";
import { readHistory, readRuns } from "../../src/jobs/read-runs.js";
import { startRun } from "../../src/jobs/start-run.js";
import { verifyStore } from "../../src/maintenance/verify-store.js";
import { readRunLog } from "../../src/run/read-run-log.js";
import { folderStore } from "../../src/store/folder-store.js";
import { bundledScript } from "../support/bundled-script.js";
import { atEveryChange, killedAt } from "../support/killed-at.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** Every point of every run of a store, as text. */
async function everyPoint(folder: string): Promise<string[]> {
  const store = folderStore(folder);
  const { runs } = await readRunLog(store, "pets");
  const found: string[] = [];
  for (const run of runs) {
    const { events } = await readEvents(store, run);
    for (const i of sortedRows(events)) {
      found.push(`${run.runId} ${events.keys[events.keyCodes[i]!]} ${events.steps[i]} ${events.values[i]}`);
    }
  }
  return found;
}

describe("folding", () => {
  it("loses and doubles nothing, wherever it is killed", { timeout: 600_000 }, async () => {
    const script = await bundledScript(new URL("folder.ts", import.meta.url));
    const original = await temporaryFolder();
    const store = folderStore(original);
    for (let i = 0; i < 8; i++) {
      const live = await startRun({ project: "pets", store: original, systemMetrics: false });
      await live.detach();
      const { run } = live;
      for (const writer of ["aaaaaaaa", "bbbbbbbb"]) {
        const history = historyWriter(store, run, writer);
        for (let step = 0; step < 5; step++) {
          history.add(eventLines({ kind: "metric", time: step, step, values: { loss: step, acc: i } }));
        }
        await history.close();
        // Some runs are folded already, and have events beside.
        if (i % 2 === 0) await foldEvents(store, run, { isOver: true });
      }
    }
    const expected = await everyPoint(original);
    expect(expected.length).toBeGreaterThan(8 * 10);

    const kills = await atEveryChange(async (change) => {
      const copy = await temporaryFolder();
      await cp(original, copy, { recursive: true });
      const { killed } = await killedAt(change, [script, copy, "pets"], {});
      expect(await everyPoint(copy)).toEqual(expected);
      if (change % 10 === 0) {
        for (const run of (await readRunLog(folderStore(copy), "pets")).runs) {
          await foldEvents(folderStore(copy), run, { isOver: true });
        }
        expect(await everyPoint(copy)).toEqual(expected);
      }
      return killed;
    });
    expect(kills).toBeGreaterThanOrEqual(70);
  });
});

describe("eight processes that log to runs", () => {
  it("have everything flushed or finished there once, while random ones are killed", {
    timeout: 600_000,
  }, async () => {
    const script = await bundledScript(new URL("run-writer.ts", import.meta.url));
    const store = await temporaryFolder();
    const said: string[] = [];
    const running = new Map<number, ChildProcess>();
    const mostKills = 40;
    let kills = 0;
    const isOver = () => kills >= mostKills;
    const work = async (writer: number) => {
      for (let attempt = 0; !isOver(); attempt++) {
        const child = spawn(process.execPath, [script, store, "pets", `${writer}.${attempt}`]);
        running.set(writer, child);
        let output = "";
        child.stdout.on("data", (data: Buffer) => {
          if (output === "") said.push(""); // one more has begun
          output += data.toString();
        });
        child.stderr.on("data", (data: Buffer) => said.push(`unexpected ${data.toString()}`));
        await new Promise((resolve) => child.on("close", resolve));
        said.push(...output.split("\n").slice(0, -1));
      }
    };
    const killer = setInterval(() => {
      const victims = [...running.values()].filter(
        ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
      );
      for (const victim of isOver() ? victims : [victims[Math.floor(Math.random() * victims.length)]]) {
        if (victim?.kill("SIGKILL")) kills += 1;
      }
    }, 250);
    await Promise.all(Array.from({ length: 8 }, (_, writer) => work(writer)));
    clearInterval(killer);

    expect(said.filter((line) => line.startsWith("unexpected"))).toEqual([]);
    const flushed = new Map<string, number>();
    const finished = new Set<string>();
    for (const line of said.filter(Boolean)) {
      const [runId, what] = line.split(" ") as [string, string];
      if (what === "finished") finished.add(runId);
      else flushed.set(runId, Math.max(flushed.get(runId) ?? 0, Number(what)));
    }
    expect(flushed.size).toBeGreaterThan(8);
    expect(finished.size).toBeGreaterThan(0);

    const { runs, problems } = await readRuns("pets", { store, now: new Date(Date.now() + 60_000) });
    expect(problems.filter(({ path }) => !path.startsWith("runs/"))).toEqual([]);
    for (const [runId, count] of flushed) {
      const run = runs.find((each) => each.runId === runId)!;
      if (finished.has(runId)) expect([run.status, run.metrics["loss"]]).toEqual(["finished", 59]);
      else if (run.status === "running") expect(run.lostContact).toBe(true);
      const history = await readHistory(runId, { store, keys: ["loss"] });
      const steps = [...history.steps];
      // More than was said may be there: it was killed before it could say so. Nothing is there twice.
      expect(steps).toEqual(Array.from({ length: steps.length }, (_, i) => i));
      expect(steps.length).toBeGreaterThanOrEqual(count);
      expect([...history.values]).toEqual(steps);
    }

    await verifyStore({ store, repair: true, graceSeconds: 0 });
    const left = await verifyStore({ store, graceSeconds: 0 });
    expect(left.findings).toEqual([]);
    const log = await readFile(
      `${store}/runs/pets/pets_${new Date().toISOString().slice(0, 10)}_1.csv`,
      "utf8",
    );
    expect(log.startsWith("run_id,written_at,")).toBe(true);
  });
});
