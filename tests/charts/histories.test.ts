import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";

import { openCatalog } from "../../src/catalog/open-catalog.js";
import type { ChartQuery } from "../../src/charts/chart-query.js";
import { type ChartSource, openCharts } from "../../src/charts/open-charts.js";
import { eventLines } from "../../src/history/event.js";
import { foldEvents } from "../../src/history/fold-events.js";
import { type HistoryPlace, historyFolder } from "../../src/history/history-folder.js";
import { historyWriter } from "../../src/history/history-writer.js";
import { folderStore } from "../../src/store/folder-store.js";
import type { Store } from "../../src/store/store.js";
import { runIdOf, runningRun, writeRuns } from "../catalog/run-rows.js";
import { bucketServers } from "../support/bucket-server.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const start = Date.UTC(2026, 10, 1, 12);
const place = (number: number): HistoryPlace => ({
  project: "pets",
  runId: runIdOf(number),
  startedAt: new Date(start),
});

interface Point {
  step: number;
  time: number;
  value: number;
}

/** A point a second; steps from 0. */
const points = (values: readonly number[]): Point[] =>
  values.map((value, step) => ({ step, time: start + 1000 * step, value }));

async function log(
  store: Store,
  run: HistoryPlace,
  metrics: Record<string, readonly Point[]>,
  writer = "abcdefgh",
) {
  const history = historyWriter(store, run, writer);
  for (const [key, all] of Object.entries(metrics)) {
    for (const { step, time, value } of all) {
      history.add(eventLines({ kind: "metric", time, step, values: { [key]: value } }));
    }
  }
  await history.close();
}

async function open(): Promise<{ root: string; store: Store; charts: ChartSource }> {
  const root = await temporaryFolder();
  const store = folderStore(root);
  const charts = await openCharts(store, { folder: await temporaryFolder() });
  onTestFinished(() => charts.close());
  return { root, store, charts };
}

const byStep = (buckets: number, keys = ["loss"]): ChartQuery => ({ keys, x: "step", buckets });
const number = (y: number | string) => Number(y);

describe("the histories of runs", () => {
  it("are whole where they are short, and the same whether folded or as they are being written", async () => {
    const { store, charts } = await open();
    const loss = [3, Number.NaN, 1, Number.POSITIVE_INFINITY, 2, Number.NEGATIVE_INFINITY, -0.5];
    for (const run of [place(1), place(2)]) {
      await log(store, run, { loss: points(loss), "val/acc": points([0.5]), "it's": points([7]) });
    }
    await foldEvents(store, place(2));
    const query = byStep(100, ["loss", "nothing", "it's"]);
    const { series, problems } = await charts.histories([place(2), place(1), place(3)], query);
    expect(problems).toEqual([]);
    const expected = [
      {
        key: "loss",
        n: 7,
        x: [0, 1, 2, 3, 4, 5, 6],
        y: [3, "NaN", 1, "Infinity", 2, "-Infinity", -0.5],
      },
      { key: "it's", n: 1, x: [0], y: [7] },
    ];
    expect(series).toEqual(
      [2, 1].flatMap((id) => expected.map((each) => ({ run_id: runIdOf(id), ...each }))),
    );
  });

  it("lose no extreme and neither end when they are thinned out, whatever they are", async () => {
    const { store, charts } = await open();
    const anyNumber = fc.oneof(
      { weight: 20, arbitrary: fc.double({ noNaN: true, min: -1e6, max: 1e6 }) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
      },
    );
    let id = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyNumber, { minLength: 1, maxLength: 700 }),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        fc.constantFrom<"step" | "time">("step", "time"),
        async (values, buckets, isFolded, x) => {
          const run = place(++id);
          await log(store, run, { loss: points(values), other: points([1, 2, 3]) });
          if (isFolded) await foldEvents(store, run);
          const { series } = await charts.histories([run], { ...byStep(buckets), x });
          const [{ n, x: xs, y: ys, means }] = series as [(typeof series)[0]];
          const at = x === "step" ? (step: number) => step : (step: number) => start + 1000 * step;
          expect(n).toBe(values.length);
          // Every point that is kept was logged.
          for (const [i, each] of xs.entries()) {
            const step = x === "step" ? each : (each - start) / 1000;
            expect(number(ys[i]!) + 0).toEqual(values[step]! + 0);
          }
          expect(xs.toSorted((a, b) => a - b)).toEqual(xs);
          expect([xs[0], xs.at(-1)]).toEqual([at(0), at(values.length - 1)]);
          expect(xs.length).toBeLessThanOrEqual(5 * 3 * buckets + 2);
          const finite = values.filter(Number.isFinite);
          const kept = ys.map((y) => number(y) + 0);
          for (const extreme of finite.length > 0 ? [Math.min(...finite), Math.max(...finite)] : []) {
            expect(kept).toContain(extreme + 0);
          }
          if (means) {
            const weighted = means.y.reduce<number>((sum, y, i) => sum + (y ?? 0) * means.n[i]!, 0);
            const sum = finite.reduce((all, value) => all + value, 0);
            expect(means.n.reduce((all, count) => all + count, 0)).toBe(finite.length);
            expect(weighted / 1e6).toBeCloseTo(sum / 1e6, 6);
          } else expect(xs.length).toBe(values.length);
          for (const word of [Number.NaN, Infinity, -Infinity]) {
            expect(kept.some((each) => Object.is(each, word))).toBe(
              values.some((each) => Object.is(each, word)),
            );
          }
          // No stretch of a bucket's width is without its extremes.
          const width = Math.ceil(values.length / buckets);
          for (let from = 0; from + 2 * width <= values.length; from += width) {
            const inside = kept.filter((_, i) => xs[i]! >= at(from) && xs[i]! < at(from + 2 * width));
            expect(inside.length).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("have the mean of each bucket, of its finite numbers alone, whether folded or not", async () => {
    const { store, charts } = await open();
    const values = Array.from({ length: 5_000 }, (_, i) => (i % 10 === 0 ? 100 : Math.sin(i / 300)));
    values[7] = Number.NaN;
    values[2_000] = Number.POSITIVE_INFINITY;
    for (let i = 3_000; i < 3_600; i++) values[i] = i % 2 === 0 ? Number.NaN : Number.NEGATIVE_INFINITY;
    values[4_000] = values[4_001] = 1.7e308; // whose sum is no number
    for (const run of [place(1), place(2)]) {
      // By another metric before it, buckets of a folded file begin anywhere.
      await log(store, run, { loss: points(values), a: points([1, 2, 3]) });
    }
    await foldEvents(store, place(2));
    for (const x of ["step", "time"] as const) {
      const { series } = await charts.histories([place(1), place(2)], { ...byStep(50), x });
      expect(series).toHaveLength(2);
      for (const { x: xs, means } of series) {
        expect(means!.x.length).toBeLessThan(160);
        expect(means!.x.toSorted((a, b) => a - b)).toEqual(means!.x);
        expect(means!.x[0]! - xs[0]!).toBeGreaterThan(0);
        expect(means!.n.reduce((sum, n) => sum + n, 0)).toBe(5_000 - 602);
        for (const [i, at] of means!.x.entries()) {
          const middle = x === "step" ? at : (at - start) / 1_000;
          const mean = means!.y[i]!;
          const isAtHuge = Math.abs(middle - 4_000) < 101;
          if (middle > 3_100 && middle < 3_500) expect([means!.n[i], mean]).toEqual([0, null]);
          else if (isAtHuge) expect(mean).toBeLessThan(Infinity);
          else if (means!.n[i]! > 30) expect(mean).toBeCloseTo(10 + 0.9 * Math.sin(middle / 300), -0.7);
        }
        const finite = means!.y.flatMap((y, i) =>
          y === null || y > 1e9 ? [] : [[y, means!.n[i]!] as const],
        );
        const among = values.filter((_, i) => Number.isFinite(values[i]) && Math.abs(i - 4_000) > 100);
        const total = among.reduce((sum, value) => sum + value, 0) / among.length;
        const weight = finite.reduce((sum, [, n]) => sum + n, 0);
        expect(finite.reduce((sum, [y, n]) => sum + y * n, 0) / weight).toBeCloseTo(total, 0);
      }
    }
    const short = await charts.histories([place(1), place(2)], byStep(20, ["a"]));
    for (const { means } of short.series) expect(means).toBeUndefined();
  });

  it("of many runs of very different lengths are each as fine as asked for", async () => {
    const { store, charts } = await open();
    const lengths = [1, 3, 50, 400, 3_000];
    for (const [i, length] of lengths.entries()) {
      const values = Array.from({ length }, (_, step) => Math.sin(step));
      await log(store, place(i), { loss: points(values) });
      await foldEvents(store, place(i));
    }
    const { series } = await charts.histories(
      lengths.map((_, i) => place(i)),
      byStep(50),
    );
    expect(series.map(({ n }) => n)).toEqual(lengths);
    for (const { n, x } of series) expect(x.length).toBeGreaterThanOrEqual(Math.min(n, 50));
    const zoomed = await charts.histories([place(4)], { ...byStep(50), from: 1_000, to: 1_020 });
    expect(zoomed.series[0]).toMatchObject({ n: 21, x: Array.from({ length: 21 }, (_, i) => 1_000 + i) });
  });

  it("go on where they are written on: what is new is there, before a fold and after it", async () => {
    const { store, charts } = await open();
    const run = place(1);
    const seen = async () => (await charts.histories([run], byStep(10))).series.map(({ y }) => y);
    expect(await seen()).toEqual([]);
    await log(store, run, { loss: points([3, 2]) });
    expect(await seen()).toEqual([[3, 2]]);
    await log(store, run, { loss: points([3, 2, 1]).slice(2) }, "ijkmnpqr");
    expect(await seen()).toEqual([[3, 2, 1]]);
    await foldEvents(store, run);
    expect(await seen()).toEqual([[3, 2, 1]]);
    await log(store, run, { loss: [{ step: 3, time: start + 5000, value: 0 }] }, "ssssssss"); // after its end
    expect(await seen()).toEqual([[3, 2, 1, 0]]);
    await foldEvents(store, run);
    expect(await seen()).toEqual([[3, 2, 1, 0]]);
  });

  it("by time are in the order of time, where steps were logged in another", async () => {
    const { store, charts } = await open();
    for (const run of [place(1), place(2)]) {
      const loss = [5, 6, 7].map((value, i) => ({ step: 2 - i, time: start + 1000 * i, value }));
      await log(store, run, { loss });
    }
    await foldEvents(store, place(2));
    const { series } = await charts.histories([place(1), place(2)], { ...byStep(10), x: "time" });
    for (const each of series) {
      expect(each).toMatchObject({ x: [start, start + 1000, start + 2000], y: [5, 6, 7] });
    }
  });

  it("are read from a store without local files as well", async () => {
    const root = await temporaryFolder();
    const far: Store = { ...folderStore(root) };
    delete far.localPath;
    for (const id of [1, 2]) await log(folderStore(root), place(id), { loss: points([id, 5]) });
    await foldEvents(folderStore(root), place(2));
    const charts = await openCharts(far, { folder: await temporaryFolder() });
    onTestFinished(() => charts.close());
    const { series } = await charts.histories([place(1), place(2)], byStep(10));
    expect(series.map(({ y }) => y)).toEqual([
      [1, 5],
      [2, 5],
    ]);
  });

  it("say which run cannot be read, and give all others", async () => {
    const { root, store, charts } = await open();
    for (const id of [1, 3]) {
      await log(store, place(id), { loss: points([id]) });
      await foldEvents(store, place(id));
    }
    for (const [id, name] of [
      [2, "1.parquet"],
      [4, "1.parquet"],
    ] as const) {
      const folder = join(root, historyFolder(place(id)));
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, name), "nonsense");
    }
    await log(store, place(4), { loss: points([1]) });
    const { series, problems } = await charts.histories([1, 2, 3, 4].map(place), byStep(10));
    expect(series.map(({ y }) => y)).toEqual([[1], [3]]);
    expect(problems.map(({ run_id: id }) => id).toSorted()).toEqual([runIdOf(2), runIdOf(4)]);
  });
});

describe.each(bucketServers)("runs in a bucket of $name", ({ start: startServer }) => {
  it("are followed while they last, and drawn before they are folded and after", async (context) => {
    const server = await startServer(context);
    const store = server.open(`${await server.newBucket()}/team`);
    const cache = await temporaryFolder();
    const catalog = await openCatalog(store, { folder: cache });
    onTestFinished(() => catalog.close());
    const charts = await openCharts(store, { folder: cache });
    onTestFinished(() => charts.close());
    const going = runningRun(1, new Date(Date.now() - 5_000));
    await writeRuns(store, [going]);
    const now = (values: readonly number[], first: number) =>
      values.map((value, i) => ({ step: first + i, time: Date.now(), value }));
    const expectSeen = async (loss: number, y: readonly number[]) => {
      await catalog.refresh();
      const page = await catalog.runs.page("pets", { columns: ["metrics.loss", "lost_contact"] });
      expect(page.rows).toEqual([[loss, false]]);
      const places = await catalog.runs.places("pets", [going.runId]);
      expect((await charts.histories(places, byStep(10))).series.map((each) => each.y)).toEqual([y]);
    };
    await log(store, going, { loss: now([3, 2], 0) });
    await expectSeen(2, [3, 2]);
    await log(store, going, { loss: now([1, 0.5], 2) }, "ijkmnpqr"); // another process
    await expectSeen(0.5, [3, 2, 1, 0.5]);
    await foldEvents(store, going);
    await expectSeen(0.5, [3, 2, 1, 0.5]);
  });
});

describe("the console of a run", () => {
  it("comes line by line in the order of time, page by page, and goes on", async () => {
    const { store, charts } = await open();
    const run = place(1);
    const print = async (writer: string, texts: readonly [string, string, number][]) => {
      const history = historyWriter(store, run, writer);
      for (const [stream, text, seconds] of texts) {
        history.add(eventLines({ kind: "console", time: start + 1000 * seconds, key: stream, value: text }));
      }
      await history.close();
    };
    await print("abcdefgh", [
      ["stdout", 'one\ntwo, "three"\n', 1],
      ["stdout", "four\n\nsix", 3],
    ]);
    await print("ijkmnpqr", [["stderr", "oh\u00e9\n", 2]]);
    const all = ["one", 'two, "three"', "oh\u00e9", "four", "", "six"];
    const page = await charts.console(run, { from: 0, limit: 10 });
    expect(page).toMatchObject({ run_id: run.runId, total: 6, from: 0 });
    expect(page.lines.map(({ text }) => text)).toEqual(all);
    expect(page.lines[2]).toEqual({ time: "2026-11-01T12:00:02.000Z", stream: "stderr", text: "oh\u00e9" });
    const last = await charts.console(run, { from: undefined, limit: 2 });
    expect([last.from, last.lines.map(({ text }) => text)]).toEqual([4, ["", "six"]]);
    expect((await charts.console(run, { from: 99, limit: 2 })).lines).toEqual([]);
    await foldEvents(store, run);
    await print("ssssssss", [["stdout", "seven\n", 9]]);
    const next = await charts.console(run, { from: 5, limit: 10 });
    expect(next.lines.map(({ text }) => text)).toEqual(["six", "seven"]);
    expect(await charts.console(place(2), { from: undefined, limit: 10 })).toMatchObject({
      total: 0,
      lines: [],
    });
  });
});
