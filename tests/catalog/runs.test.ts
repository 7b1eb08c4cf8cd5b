import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Catalog } from "../../src/catalog/catalog.js";
import { eventLines } from "../../src/history/event.js";
import { historyWriter } from "../../src/history/history-writer.js";
import { readRunLog } from "../../src/run/read-run-log.js";
import { runHeader, runLine, runLog } from "../../src/run/run-line.js";
import type { RunRecord } from "../../src/run/run-record.js";
import type { Store } from "../../src/store/store.js";
import { compactLog } from "../../src/tracking-log/compact-log.js";
import { experiment, openEmpty, openOver, writeExperiments } from "./log-rows.js";
import { run, runIdOf, runningRun, writeRuns } from "./run-rows.js";

const column = async (catalog: Catalog, name: string, filter?: string) => {
  const page = await catalog.runs.page("pets", {
    columns: [name],
    sort: [{ column: "run_id" }],
    ...(filter === undefined ? {} : { filter }),
  });
  return page.rows.map(([value]) => value);
};

/** The catalog has what the log's reader reads, run by run. */
async function expectAsInLog(catalog: Catalog, store: Store): Promise<void> {
  const { runs } = await readRunLog(store, "pets");
  const few = runs.filter((_, i) => i % Math.ceil(runs.length / 100) === 0);
  const found = await Promise.all(few.map(({ runId }) => catalog.runs.run(runId)));
  expect(found.map((each) => each.run)).toEqual(few);
  expect((await catalog.runs.page("pets")).total).toBe(runs.length);
}

async function writeRunFile(root: string, runs: readonly RunRecord[], index = 1): Promise<string> {
  const file = join(root, "runs/pets", `pets_2026-11-01_${index}.csv`);
  await mkdir(join(root, "runs/pets"), { recursive: true });
  await writeFile(file, runHeader + runs.map(runLine).join(""));
  return file;
}

describe("the runs of a project", () => {
  it("are each as its newest row says, in whatever order and file the rows are", async () => {
    const { root, store, catalog } = await openEmpty();
    const row = (number: number, seconds: number, status: RunRecord["status"]) =>
      run(number, {
        status,
        writtenAt: new Date(Date.UTC(2026, 10, 2) + 1000 * seconds),
        tags: { at: `${seconds}` },
      });
    await writeRunFile(root, [row(1, 5, "finished"), row(2, 1, "killed"), row(1, 4, "failed")], 1);
    await writeRunFile(
      root,
      [row(2, 3, "finished"), row(1, 3, "killed"), row(3, 1, "failed"), row(3, 1, "finished")],
      2,
    );
    await catalog.refresh();
    expect(await column(catalog, "status")).toEqual(["finished", "finished", "finished"]);
    expect(await column(catalog, "tags.at")).toEqual(["5", "3", "1"]);
    await expectAsInLog(catalog, store);
    await writeRunFile(root, [row(2, 4, "failed")], 3);
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    await rm(join(root, "runs/pets/pets_2026-11-01_3.csv"));
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    expect(await column(catalog, "status")).toEqual(["finished", "finished", "finished"]);
  });

  it("are read alike by line and in bulk, and stay right when the log is compacted", async () => {
    const { root, store, catalog } = await openEmpty();
    const odd = { note: 'a, "b"\u00e9\n', "x/y~z": "1" };
    const runs = Array.from({ length: 4_100 }, (_, i) =>
      run(i, {
        parameters: { lr: i / 7, deep: { a: [i] } },
        tags: odd,
        metrics: { loss: i % 5 ? i : Number.NaN },
      }),
    );
    const started = runs.map((each) => ({
      ...each,
      status: "running" as const,
      endedAt: undefined,
      writtenAt: each.startedAt,
    }));
    await writeRunFile(root, started, 1); // over a megabyte: DuckDB reads it
    await writeRunFile(root, runs.slice(0, 4_090), 2);
    await catalog.refresh();
    await writeRunFile(root, runs.slice(4_090), 3);
    await catalog.refresh();
    expect((await catalog.runs.page("pets", { filter: "status = 'running'" })).total).toBe(0);
    for (const at of [0, 1, 4_089, 4_099]) {
      expect((await catalog.runs.run(runIdOf(at))).run).toEqual(runs[at]);
    }
    expect((await readFile(join(root, "runs/pets/pets_2026-11-01_1.csv"))).length).toBeGreaterThan(2 ** 20);
    await compactLog(store, "pets", { now: () => new Date(), isAtRest: () => true, log: runLog });
    await catalog.refresh();
    await expectAsInLog(catalog, store);
  });

  it("are filtered, sorted and grouped by parameters, tags, metrics, status and duration", async () => {
    const { store, catalog } = await openEmpty();
    await writeRuns(store, [
      run(1, {
        parameters: { lr: 0.1, model: "cnn" },
        tags: { team: "a" },
        metrics: { loss: 0.5, "val/acc": 0.8 },
      }),
      run(2, { parameters: { lr: 0.2 }, tags: { team: "b" }, metrics: { loss: Number.NaN, "val/acc": 0.9 } }),
      run(3, {
        status: "failed",
        parameters: { lr: 0.1 },
        tags: { team: "a" },
        metrics: { loss: Number.POSITIVE_INFINITY },
        error: "out of memory",
        endedAt: new Date(Date.UTC(2026, 10, 1) + 3_000 + 90_500),
        parentRunId: runIdOf(1),
      }),
    ]);
    await catalog.refresh();
    const ids = async (filter: string) =>
      (await column(catalog, "run_id", filter)).map((id) => Number(String(id).slice(1)));
    expect(await ids("params.lr < 0.15")).toEqual([1, 3]);
    expect(await ids("metrics.loss < 1")).toEqual([1]);
    expect(await ids("metrics.loss = 'NaN'")).toEqual([2]);
    expect(await ids(`metrics."val/acc" >= 0.8 AND tags.team = 'b'`)).toEqual([2]);
    expect(await ids("duration > 60")).toEqual([3]);
    expect(await ids("attributes.status = 'failed'")).toEqual([3]);
    expect(await ids("status = 'FAILED'")).toEqual([3]);
    expect(await ids("status IN ('Running', 'FINISHED')")).toEqual([1, 2]);
    expect(await ids("memory")).toEqual([3]);
    expect(await ids("cnn")).toEqual([1]);
    expect(await ids("tags.mlflow.user = 'ann' AND start_time >= '2026-11-01T00:00:02Z'")).toEqual([2, 3]);
    expect(await ids(`parent_run_id = '${runIdOf(1)}'`)).toEqual([3]);
    const sorted = await catalog.runs.page("pets", {
      sort: [{ column: "metrics.loss" }],
      columns: ["metrics.loss"],
    });
    expect(sorted.rows.flat()).toEqual([0.5, "Infinity", "NaN"]);
    const latest = await catalog.runs.page("pets");
    expect(latest.run_ids).toEqual([3, 2, 1].map(runIdOf));
    expect(latest.titles).toEqual(["run 3", "run 2", "run 1"]);
    const { groups } = await catalog.runs.groups("pets", {
      by: ["tags.team"],
      values: ["metrics.loss", "duration"],
    });
    expect(groups.map(({ key, count, values }) => [key, count, values.map(({ mean }) => mean)])).toEqual([
      [["a"], 2, [0.5, 75.25]],
      [["b"], 1, [null, 60]],
    ]);
    expect(await catalog.runs.distinctValues("pets", "status")).toEqual([
      { value: "finished", count: 2 },
      { value: "failed", count: 1 },
    ]);
    const columns = await catalog.runs.columns("pets");
    expect(columns.find(({ name }) => name === "metrics.loss")).toMatchObject({
      kind: "metric",
      type: "number",
      count: 3,
      min: 0.5,
      max: 0.5,
    });
    const differing = await catalog.runs.differingColumns("pets", { filter: "status = 'finished'" });
    expect(differing.map(({ name }) => name)).toContain("params.lr");
    const completions = await catalog.runs.completions("pets", "metrics.v", 9);
    expect(completions[0]).toMatchObject({ kind: "column", insert: 'metrics."val/acc"' });
    let csv = "";
    const exported = { columns: ["run_id", "metrics.loss"], sort: [{ column: "run_id" }] };
    for await (const chunk of catalog.runs.exportRows("pets", exported)) csv += chunk;
    expect(csv).toBe(`run_id,metrics.loss\n${runIdOf(1)},0.5\n${runIdOf(2)},NaN\n${runIdOf(3)},Infinity\n`);
    const shown = await catalog.runs.run(runIdOf(1));
    expect(shown).toMatchObject({ children: [runIdOf(3)], experiments: [], lostContact: false });
  });

  it("have the numbers and booleans that MLflow's client gave as texts, and still show the texts", async () => {
    const { root, store, catalog } = await openEmpty();
    const given = [
      { lr: "1e-05", depth: "None", shuffle: "True", version: "1.10", "a:": "5", 'q"x': '":"7"' },
      { lr: "0.1", depth: "3", shuffle: "False", version: "1.2" },
      { lr: "10", depth: "12", shuffle: "True", version: "0012" },
      { lr: "1.0E3", depth: "12345678901234567890", shuffle: "true", version: "1e999" },
      { lr: "-0.30000000000000004", depth: "x:", note: "5" },
    ];
    const client = { runtime: { client: "mlflow" } };
    const runs = given.map((parameters, i) => run(i, { ...client, parameters }));
    await writeRunFile(root, [...runs, run(9, { parameters: { lr: "7" } })]);
    await catalog.refresh();
    expect(await column(catalog, "params.lr")).toEqual([1e-5, 0.1, 10, 1000, -0.30000000000000004, "7"]);
    expect(await column(catalog, "params.depth", "run_id < 'r1'")).toEqual([
      "None",
      3,
      12,
      "12345678901234567890",
      "x:",
      null,
    ]);
    expect(await column(catalog, "params.shuffle")).toEqual([true, false, true, "true", null, null]);
    expect(await column(catalog, "params.version")).toEqual(["1.10", 1.2, "0012", "1e999", null, null]);
    expect(await column(catalog, "params.a:", "run_id = 'r000000000000000'")).toEqual([5]);
    expect(await column(catalog, 'params.q"x', "run_id = 'r000000000000000'")).toEqual(['":"7"']);
    expect(await column(catalog, "run_id", "params.lr > 0.5")).toEqual([2, 3].map(runIdOf));
    expect(await column(catalog, "run_id", "params.lr = '0.1'")).toEqual([runIdOf(1)]);
    expect(await column(catalog, "run_id", "params.shuffle = 'True'")).toEqual([0, 2].map(runIdOf));
    const sorted = await catalog.runs.page("pets", {
      sort: [{ column: "params.lr" }],
      columns: ["params.lr"],
    });
    expect(sorted.rows.flat()).toEqual([-0.30000000000000004, 1e-5, 0.1, 10, 1000, "7"]);
    await expectAsInLog(catalog, store);
  });

  it("have them of a run that goes on, too, once its events are in", async () => {
    const { store, catalog } = await openEmpty();
    const going = runningRun(1, new Date(), {
      runtime: { client: "mlflow", heartbeat_seconds: 3600 },
      parameters: { lr: "0.5" },
    });
    await writeRuns(store, [going]);
    await catalog.refresh();
    expect(await column(catalog, "params.lr", "params.lr < 1")).toEqual([0.5]);
    const history = historyWriter(store, going, "abcdefgh");
    history.add(eventLines({ kind: "parameter", time: Date.now(), key: "depth", value: "3" }));
    await history.flush();
    await catalog.refresh();
    expect(await column(catalog, "params.depth", "params.depth > 2 AND params.lr = 0.5")).toEqual([3]);
    expect((await catalog.runs.run(going.runId)).run.parameters).toEqual({ lr: "0.5", depth: "3" });
  });

  it("are filtered and sorted by a metric's first, least and greatest values", async () => {
    const { catalog, store } = await openEmpty();
    await writeRuns(store, [
      run(1, { firstMetrics: { loss: 9 }, minMetrics: { loss: 1 }, maxMetrics: { loss: 9 } }),
      run(2, { firstMetrics: { loss: 5 }, minMetrics: { loss: 2 }, maxMetrics: { loss: 70 } }),
      run(3),
    ]);
    await catalog.refresh();
    expect(await column(catalog, "name", "min.loss < 1.5")).toEqual(["run 1"]);
    expect(await column(catalog, "name", "max.loss > 10 AND first.loss = 5")).toEqual(["run 2"]);
    const { rows } = await catalog.runs.page("pets", {
      columns: ["name", "min.loss"],
      sort: [{ column: "min.loss", direction: "descending" }],
    });
    expect(rows).toEqual([
      ["run 2", 2],
      ["run 1", 1],
      ["run 3", null],
    ]);
  });

  it("come page by page, each once, whatever is sorted by", async () => {
    const { store, catalog } = await openEmpty();
    const runs = Array.from({ length: 60 }, (_, i) =>
      run(i, { metrics: i % 7 === 0 ? {} : { loss: i % 11 === 0 ? Number.NaN : (i * 37) % 23 } }),
    );
    await writeRuns(store, runs);
    await catalog.refresh();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("metrics.loss", "started_at", "duration", "name", "status"),
        fc.constantFrom("ascending", "descending"),
        fc.integer({ min: 1, max: 25 }),
        async (name, direction, limit) => {
          const sort = [{ column: name, direction: direction as "ascending" }];
          const whole = await catalog.runs.page("pets", { sort, limit: 100 });
          const found: string[] = [];
          let cursor: string | undefined;
          do {
            const page = await catalog.runs.page("pets", {
              sort,
              limit,
              ...(cursor === undefined ? {} : { cursor }),
            });
            found.push(...page.run_ids);
            cursor = page.next ?? undefined;
          } while (cursor !== undefined);
          expect(found).toEqual(whole.run_ids);
          expect(new Set(found).size).toBe(60);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("are in the overview of projects, with experiments or without", async () => {
    const { root, store, catalog } = await openEmpty();
    await writeRuns(store, [run(1), runningRun(2, new Date(), { project: "boats", user: "bob" })]);
    await writeExperiments(root, [experiment(1, { runId: runIdOf(1) })]);
    await catalog.refresh();
    const projects = await catalog.projects();
    expect(
      projects.map(({ project, experiments, runs, running, users }) => [
        project,
        experiments,
        runs,
        running,
        users,
      ]),
    ).toEqual([
      ["boats", 0, 1, 1, ["bob"]],
      ["pets", 1, 1, 0, ["ann"]],
    ]);
    expect(await catalog.experiments("boats")).toMatchObject({ rows: [], total: 0, next: null });
    expect((await catalog.runs.run(runIdOf(1))).experiments).toEqual([experiment(1).predictionId]);
    await expect(catalog.runs.page("birds")).rejects.toMatchObject({ code: "UNKNOWN_PROJECT" });
    await expect(catalog.runs.run(runIdOf(9))).rejects.toMatchObject({ code: "UNKNOWN_RUN" });
    await expect(catalog.runs.page("pets", { filter: "accuracy > 1" })).rejects.toThrow(
      "unknown column: accuracy",
    );
    await rm(join(root, "runs"), { recursive: true });
    await catalog.refresh();
    expect((await catalog.projects()).map(({ project, runs }) => [project, runs])).toEqual([["pets", 0]]);
    expect(await catalog.runs.page("pets")).toMatchObject({ rows: [], total: 0 });
  });

  it("tell lines that are no runs, with file, line and reason", async () => {
    const { root, catalog } = await openEmpty();
    const file = await writeRunFile(root, [run(1), run(2)]);
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace(runIdOf(2), "short").replace(/\n$/, "\nhalf"));
    const { problems } = await catalog.refresh();
    expect(problems.map(({ path, line }) => [path, line])).toEqual([
      ["runs/pets/pets_2026-11-01_1.csv", 3],
      ["runs/pets/pets_2026-11-01_1.csv", 4],
    ]);
    expect(await column(catalog, "run_id")).toEqual([runIdOf(1)]);
  });
});

describe("a run that has not ended", () => {
  it("has the parameters, tags and last values that its events say, read on from look to look", async () => {
    const { store, cache, catalog } = await openEmpty();
    const startedAt = new Date(Date.now() - 5_000);
    const started = runningRun(1, startedAt, { parameters: { lr: 0.1 } });
    await writeRuns(store, [started, run(2, { metrics: { loss: 9 } })]);
    await catalog.refresh();
    expect(await column(catalog, "lost_contact")).toEqual([false, false]);
    const writer = historyWriter(store, started, "abcdefgh");
    const log = async (step: number, loss: number) => {
      writer.add(eventLines({ kind: "metric", time: Date.now(), step, values: { loss, "system/cpu": 50 } }));
      await writer.flush();
      return catalog.refresh();
    };
    expect(await log(1, 0.5)).toMatchObject({ changed: true });
    expect(await column(catalog, "metrics.loss")).toEqual([0.5, 9]);
    const { generation } = catalog.status();
    expect(await catalog.refresh()).toMatchObject({ changed: false });
    await log(3, Number.NaN);
    await log(2, 7); // of an earlier step
    expect(await column(catalog, "metrics.loss")).toEqual(["NaN", 9]);
    expect(catalog.status().generation).toBeGreaterThan(generation);
    writer.add(eventLines({ kind: "parameter", time: Date.now(), key: "depth", value: 3 }));
    writer.add(eventLines({ kind: "tag", time: Date.now(), key: "team", value: "a" }));
    await writer.flush();
    await catalog.refresh();
    expect(await column(catalog, "params.depth")).toEqual([3, null]);
    expect(await column(catalog, "tags.team")).toEqual(["a", null]);
    expect((await catalog.runs.columns("pets")).some(({ name }) => name.includes("system/"))).toBe(false);
    const [duration] = await column(catalog, "duration");
    expect(duration).toBeGreaterThanOrEqual(5);
    expect(duration).toBeLessThan(120);
    await catalog.close();

    // Another process's catalog goes on from there, and the end row counts when it comes.
    const { catalog: next } = await openOver(store, { folder: cache });
    await next.refresh();
    expect(await column(next, "metrics.loss")).toEqual(["NaN", 9]);
    await writeRuns(store, [run(1, { startedAt, metrics: { loss: 0.25 }, endedAt: new Date() })]);
    await next.refresh();
    expect(await column(next, "metrics.loss")).toEqual([0.25, 9]);
    expect(await column(next, "status")).toEqual(["finished", "finished"]);
    await writer.close();
  });

  it("may log more metrics than have columns of their own, again and again, and mappings beside their names", async () => {
    const { store, catalog } = await openEmpty();
    const startedAt = new Date(Date.now() - 5_000);
    const runs = [runningRun(1, startedAt), runningRun(2, startedAt)];
    await writeRuns(store, [run(3, { metrics: { old: 1, loss: 2 } }), ...runs]);
    const writers = runs.map((each) => historyWriter(store, each, "abcdefgh"));
    for (const round of [1, 2, 3]) {
      for (const [i, writer] of writers.entries()) {
        const values = Object.fromEntries(
          Array.from({ length: 150 * round }, (_, k) => [`m${k}`, 1000 * round + 10 * k + i]),
        );
        writer.add(eventLines({ kind: "metric", time: Date.now(), step: round, values }));
        if (round > 1)
          writer.add(eventLines({ kind: "parameter", time: Date.now(), key: "a.b", value: round }));
        if (round > 2)
          writer.add(eventLines({ kind: "parameter", time: Date.now(), key: "a", value: { c: 7 } }));
        await writer.flush();
      }
      await catalog.refresh();
      const last = 150 * round - 1;
      expect(await column(catalog, `metrics.m${last}`)).toEqual([
        1000 * round + 10 * last,
        1000 * round + 10 * last + 1,
        null,
      ]);
      expect(await column(catalog, "metrics.m0")).toEqual([1000 * round, 1000 * round + 1, null]);
    }
    // Numbers alone, of metrics with columns of their own and of others; one becomes NaN, and a number again.
    for (const value of [5, 6, Number.NaN, 7]) {
      const values = { m0: value, m1: value * 2, m449: value, m448: value * 2 };
      writers[0]!.add(eventLines({ kind: "metric", time: Date.now(), step: 9, values }));
      await writers[0]!.flush();
      await catalog.refresh();
      for (const [key, expected] of Object.entries(values)) {
        const [first, second] = await column(catalog, `metrics.${key}`);
        expect([key, first]).toEqual([key, Number.isNaN(expected) ? "NaN" : expected]);
        expect(second).toBe(3000 + 10 * Number(key.slice(1)) + 1);
      }
      expect((await catalog.runs.run(runIdOf(1))).run.metrics).toMatchObject(values);
      expect(await column(catalog, "metrics.m2")).toEqual([3020, 3021, null]);
    }
    expect(await column(catalog, "params.a.b")).toEqual([2, 2, null]);
    expect(await column(catalog, "params.a.c")).toEqual([7, 7, null]);
    expect(await column(catalog, "metrics.loss")).toEqual([null, null, 2]);
    for (const writer of writers) await writer.close();
  });

  it("is one to which contact is lost after three silent heartbeats, and lasts until it was seen", async () => {
    const { store, catalog } = await openEmpty();
    const at = (secondsAgo: number) => new Date(Date.now() - secondsAgo * 1000);
    const started = [1, 2, 3].map((number) => runningRun(number, at(1000), { writtenAt: at(1000) }));
    await writeRuns(store, started);
    const beat = async (number: number, secondsAgo: number) => {
      const writer = historyWriter(store, started[number - 1]!, "abcdefgh");
      writer.add(
        eventLines({ kind: "heartbeat", time: at(secondsAgo).getTime(), key: "60", value: undefined }),
      );
      await writer.close();
    };
    await beat(1, 170);
    await beat(2, 200);
    await catalog.refresh();
    expect(await column(catalog, "lost_contact")).toEqual([false, true, true]);
    expect((await column(catalog, "duration")).map((seconds) => Math.round(Number(seconds) / 10))).toEqual([
      100, 80, 0,
    ]);
    const lost = await catalog.runs.run(runIdOf(2));
    expect(lost).toMatchObject({ lostContact: true, run: { status: "running" } });
    expect(Date.now() - lost.lastSeenAt!.getTime()).toBeGreaterThan(190_000);
    expect((await catalog.runs.page("pets", { filter: "lost_contact = true" })).total).toBe(2);
    await beat(2, 1);
    const { generation } = catalog.status();
    await catalog.refresh();
    expect(await column(catalog, "lost_contact")).toEqual([false, false, true]);
    expect(catalog.status().generation).toBeGreaterThan(generation);
  });

  it("says where its events are damaged, and harms no other", async () => {
    const { root, store, catalog } = await openEmpty();
    const startedAt = new Date(Date.now() - 5_000);
    const runs = [runningRun(1, startedAt), runningRun(2, startedAt)];
    await writeRuns(store, runs);
    const writer = historyWriter(store, runs[1]!, "abcdefgh");
    writer.add(eventLines({ kind: "metric", time: Date.now(), step: 1, values: { loss: 4 } }));
    await writer.close();
    const folder = join(root, "history/pets", startedAt.toISOString().slice(0, 10), runIdOf(1));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "1.parquet"), "nonsense");
    const { problems } = await catalog.refresh();
    expect(problems.map(({ path }) => path.endsWith(runIdOf(1)))).toEqual([true]);
    expect(await column(catalog, "metrics.loss")).toEqual([null, 4]);
  });
});
