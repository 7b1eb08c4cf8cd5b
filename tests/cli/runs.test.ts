import { beforeAll, describe, expect, it } from "vitest";

import { durationText } from "../../src/cli/duration-text.js";
import { lineChart } from "../../src/cli/line-chart.js";
import { startRun } from "../../src/jobs/start-run.js";
import { mlTracking } from "../support/built-package.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** A store with a run that ended and its child, which goes on. */
async function someRuns(): Promise<{
  store: string;
  ended: string;
  live: string;
  detach: () => Promise<void>;
}> {
  const store = await temporaryFolder();
  const start = async (name: string, parent?: string) =>
    startRun({ project: "pets", name, parameters: { lr: 0.1 }, parent, store, systemMetrics: false });
  const ended = await start("ended");
  for (let step = 0; step < 30; step++) {
    const values = { loss: 1 / (step + 1), "val/acc": step === 3 ? Number.NaN : step };
    ended.add([{ kind: "metric", time: Date.now(), step, values }]);
  }
  await ended.finish({ status: "failed", error: "boom", endedAt: new Date() });
  const live = await start("live", ended.run.runId);
  live.add([{ kind: "metric", time: Date.now(), step: 0, values: { loss: 5 } }]);
  await live.flush();
  return { store, ended: ended.run.runId, live: live.run.runId, detach: () => live.detach() };
}

describe("the commands about runs", () => {
  it("know a project that has runs alone: its number of runs, and how they are listed", async () => {
    const { store, detach } = await someRuns();
    const run = (...args: string[]) => mlTracking([...args, "--store", store]);
    const listed = (await run("projects")).out.split("\n").map((line) => line.trim().split(/ {2,}/));
    expect(listed[0]).toEqual(["project", "experiments", "runs", "best", "primary score", "last logged at"]);
    expect(listed[1]).toEqual(["pets", "0", "2"]);
    expect(JSON.parse((await run("projects", "--json")).out).projects).toMatchObject([
      { project: "pets", experiments: 0, runs: 2, best: null },
    ]);
    const experiments = await run("experiments", "pets");
    expect(experiments).toMatchObject({
      status: 0,
      out: "",
      talk: 'pets has 2 runs and no experiments; list the runs with "ml-tracking runs pets"\n',
    });
    expect((await run("verify")).talk).toBe("2 runs in 1 project: nothing wrong\n");
    expect(JSON.parse((await run("verify", "--json")).out)).toMatchObject({
      projects: 1,
      experiments: 0,
      runs: 2,
    });
    await detach();
  });

  it("list, show, print, draw and export them", async () => {
    const { store, ended, live, detach } = await someRuns();
    const run = (...args: string[]) => mlTracking([...args, "--store", store]);
    const listed = await run("runs", "pets");
    expect(
      listed.out
        .split("\n")
        .slice(1, 3)
        .map((line) => line.split(/ {2,}/).slice(0, 3)),
    ).toEqual([
      [live, "live", "running"],
      [ended, "ended", "failed"],
    ]);
    expect(JSON.parse((await run("runs", "pets", "--status", "FAILED", "--json")).out)).toMatchObject({
      total: 1,
      runs: [{ run_id: ended, metrics: { loss: 1 / 30, "val/acc": 29 }, error: "boom", lost_contact: false }],
    });
    expect((await run("runs", "pets", "--status", "done")).talk).toContain(
      '--status is "done"; give running',
    );
    const shown = (await run("show", ended)).out;
    expect(/^children +(.*)$/m.exec(shown)?.[1]).toBe(live);
    expect(JSON.parse((await run("show", live, "--json")).out)).toMatchObject({ parent_run_id: ended });
    const points = (await run("history", ended, "--metric", "val/acc")).out.split("\n");
    expect([points[0], points[4]]).toEqual([
      "key,step,time,value",
      expect.stringMatching(/^val\/acc,3,.*Z,NaN$/),
    ]);
    expect((await run("history", ended, "--metric", "los")).talk).toContain("did you mean loss?");
    const watched = (await run("watch", ended, "--metric", "loss")).out;
    expect(watched).toMatch(/^ended {2}failed, /);
    expect(watched).toContain("loss  0.0333 at step 29");
    const lines = (await run("watch", ended, "--metric", "loss", "--json")).out.trimEnd().split("\n");
    expect(lines).toHaveLength(30);
    const [header, first] = (await run("export", "pets", "--runs")).out.split("\n");
    expect(header).toContain(",parameters.lr,metrics.loss,metrics.val/acc,metric_steps.loss,");
    expect(header).toContain(",first_metrics.loss,first_metrics.val/acc,");
    expect(header).toContain(",min_metrics.loss,min_metrics.val/acc,max_metrics.loss,");
    expect(first).toContain(`${ended},pets,ended,failed,false`);
    await detach();
  });

  it("say what a run id is, where there is no such run and where there are none", async () => {
    const store = await temporaryFolder();
    const run = (...args: string[]) => mlTracking([...args, "--store", store]);
    expect((await run("runs", "pets")).talk).toContain("unknown project: pets");
    expect((await run("watch", "abc")).talk).toContain("a run id has 16 digits and lower-case letters");
    expect((await run("slices", "aaaaaaaaaaaaaaaa")).talk).toContain(
      'is the id of a run, not a prediction id; "ml-tracking show aaaaaaaaaaaaaaaa" lists the experiments of that run',
    );
    expect((await run("history", "aaaaaaaaaaaaaaaa")).talk).toContain(
      'unknown run: there is no "aaaaaaaaaaaaaaaa"',
    );
  });
});

describe("a line chart in the terminal", () => {
  let rows: string[];
  beforeAll(() => {
    const points = Array.from({ length: 50 }, (_, x) => ({ x, y: x === 7 ? Number.NaN : x * x }));
    rows = lineChart(points, { width: 60, height: 8 }).trimEnd().split("\n");
  });

  it("has the greatest value above, the least below, and the ends of the axis", () => {
    expect(rows).toHaveLength(10);
    expect(rows[0]).toMatch(/^ *2401\.00 │/);
    expect(rows[7]).toMatch(/^ *0\.0000 │/);
    expect(rows[9]).toMatch(/^ +0 +49$/);
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(60);
  });

  it("rises where the values do, and says where there is none", () => {
    const left = rows.slice(0, 8).findIndex((row) => row[10] !== " " && row[10] !== undefined);
    const right = rows.slice(0, 8).findIndex((row) => row.trimEnd().length > 55);
    expect(right).toBeLessThan(left);
    expect(lineChart([{ x: 0, y: Number.NaN }], { width: 60, height: 8 })).toBe("no finite value yet\n");
    expect(lineChart([{ x: 3, y: 4 }], { width: 60, height: 4 })).toContain("4.0000");
  });
});

it("says how long something took as a person does", () => {
  expect([900, 61_000, 3_725_000, 200_000_000].map(durationText)).toEqual([
    "0.9 s",
    "1 min 1 s",
    "1 h 2 min",
    "2 d 7 h",
  ]);
});
