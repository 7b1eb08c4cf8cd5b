import { beforeEach, describe, expect, it } from "vitest";

import { eventHeader, eventLines, type RunEvent } from "../../src/history/event.js";
import { type EventTable, sortedRows } from "../../src/history/event-table.js";
import { foldEvents } from "../../src/history/fold-events.js";
import { historyFolder } from "../../src/history/history-folder.js";
import { historyWriter } from "../../src/history/history-writer.js";
import { readEvents } from "../../src/history/read-events.js";
import { eventsState } from "../../src/history/run-state.js";
import type { Store } from "../../src/store/store.js";
import { places } from "./places.js";

const run = { project: "pets", startedAt: new Date("2026-11-28T10:00:00Z"), runId: "qd3k9q2m5x1a7v0w" };
const folder = historyFolder(run);
const start = run.startedAt.getTime();

function metric(step: number, values: Record<string, number>, time = start + step): RunEvent {
  return { kind: "metric", time, step, values };
}

/** The points as text, in the order of key, step and time. */
function points(events: EventTable): string[] {
  return Array.from(sortedRows(events), (i) => {
    const value = events.texts.get(i) ?? String(Object.is(events.values[i], -0) ? "-0" : events.values[i]);
    return `${events.keys[events.keyCodes[i]!]} ${events.steps[i]} ${events.times[i]! - start} ${value}`;
  });
}

const read = async (store: Store) => readEvents(store, run);

async function write(store: Store, writer: string, events: readonly RunEvent[]): Promise<void> {
  const history = historyWriter(store, run, writer);
  for (const event of events) history.add(eventLines(event));
  await history.close();
}

for (const place of places) {
  describe(`the events of a run in ${place.name}`, () => {
    let opening: Promise<() => Promise<Store>> | undefined;
    let store: Store;
    beforeEach(async (context) => {
      opening ??= place.start(context);
      store = await (await opening)();
    });

    it("come back as they were, whatever the numbers, names, order and clock, folded or not", async () => {
      const events: RunEvent[] = [
        metric(3, { "val/loss": 0.1 + 0.2, 'a, "b"\\c': -0, "два слова": 5e-324 }),
        metric(0, { "val/loss": Number.NaN }),
        metric(1, { "val/loss": Number.POSITIVE_INFINITY }, start - 3_600_000),
        metric(1, { "val/loss": Number.NEGATIVE_INFINITY }, start - 7_200_000),
        metric(-2, { "val/loss": 1e300 }),
        metric(2 ** 53 - 1, { "val/loss": 1 }, start + 9),
        metric(7, { "val/loss": 1 }, start),
        metric(7, { "val/loss": 2 }, start),
        { kind: "parameter", time: start, key: "lr", value: { a: [1, "x,y"] } },
        { kind: "tag", time: start, key: "note", value: 'two\nlines, "quoted"' },
        { kind: "console", time: start, key: "stdout", value: "100 %\r\ndone\n" },
      ];
      await write(store, "aaaaaaaa", events.slice(0, 6));
      await write(store, "bbbbbbbb", events.slice(6));
      const before = await read(store);
      expect(before.problems).toEqual([]);
      expect(points(before.events)).toEqual([
        'a, "b"\\c 3 3 -0',
        "val/loss -2 -2 1e+300",
        "val/loss 0 0 NaN",
        "val/loss 1 -7200000 -Infinity",
        "val/loss 1 -3600000 Infinity",
        "val/loss 3 3 0.30000000000000004",
        "val/loss 7 0 1",
        "val/loss 7 0 2",
        `val/loss ${2 ** 53 - 1} 9 1`,
        "два слова 3 3 5e-324",
        'lr 0 0 {"a":[1,"x,y"]}',
        'note 0 0 "two\\nlines, \\"quoted\\""',
        'stdout 0 0 "100 %\\r\\ndone\\n"',
      ]);
      await foldEvents(store, run);
      expect((await store.list(folder)).map(({ name }) => name)).toEqual(["1.parquet"]);
      expect(points((await read(store)).events)).toEqual(points(before.events));
    });

    it("may go on after they were folded, and are folded with the rest where they are many", async () => {
      await write(store, "aaaaaaaa", [metric(0, { loss: 3 }), metric(1, { loss: 2 })]);
      await foldEvents(store, run);
      await write(store, "bbbbbbbb", [metric(2, { loss: 1 })]);
      const expected = ["loss 0 0 3", "loss 1 1 2", "loss 2 2 1"];
      expect(points((await read(store)).events)).toEqual(expected);
      await foldEvents(store, run, { isOver: true });
      expect((await store.list(folder)).map(({ name }) => name)).toEqual(["2.parquet"]);
      expect(points((await read(store)).events)).toEqual(expected);
    });

    it("count once where they were written twice, in one file, in two, or beside a fold", async () => {
      const events = [metric(0, { loss: 3, acc: 1 }), metric(1, { loss: 2 })];
      await write(store, "aaaaaaaa", [...events, events[0]!]);
      await foldEvents(store, run);
      await write(store, "bbbbbbbb", events);
      const expected = ["acc 0 0 1", "loss 0 0 3", "loss 1 1 2"];
      expect(points((await read(store)).events)).toEqual(expected);
      await foldEvents(store, run, { isOver: true });
      expect(points((await read(store)).events)).toEqual(expected);
    });

    it("are not touched by a line that is none, which goes to quarantine with its file", async () => {
      const lines = [
        eventHeader,
        eventLines(metric(0, { loss: 3 })),
        "2026-11-28T10:00:00.000Z,1,metric,lo2026-11-28T10:00:00.000Z,1,metric,loss,2,\n",
        "2026-11-28T10:00:00.000Z,x,metric,loss,2,\n",
        "2026-11-28T10:00:00.000Z,1,metric,loss,two,\n",
        "2026-11-28T10:00:00.000Z,1,colour,loss,2,\n",
        "yesterday,1,metric,loss,2,\n",
        eventLines(metric(2, { loss: 1 })),
        "2026-11-28T10:00:00.000Z,3,metric,lo",
      ];
      await store.create(`${folder}/aaaaaaaa_1.csv`, [Buffer.from(lines.join(""))]);
      const { events, problems } = await read(store);
      expect(points(events)).toEqual(["loss 0 0 3", "loss 2 2 1"]);
      expect(problems.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 9]);
      await foldEvents(store, run, { isOver: true });
      expect((await store.list(folder)).map(({ name }) => name)).toEqual(["1.parquet"]);
      expect(points((await read(store)).events)).toEqual(["loss 0 0 3", "loss 2 2 1"]);
      const [kept] = await store.list(`quarantine/${folder}`);
      const file = await store.read(`quarantine/${folder}/${kept!.name}`);
      expect(Buffer.from(file!.bytes).toString()).toBe(lines.join(""));
    });

    it("stay whole where two processes fold at the same time, and one still writes", async () => {
      const history = historyWriter(store, run, "aaaaaaaa");
      const expected: string[] = [];
      for (let step = 0; step < 30; step++) {
        history.add(eventLines(metric(step, { loss: step })));
        expected.push(`loss ${step} ${step} ${step}`);
        if (step % 10 !== 9) continue;
        await history.flush();
        await Promise.all([foldEvents(store, run, { isOver: true }), foldEvents(store, run)]);
      }
      await history.close();
      expect(points((await read(store)).events)).toEqual(expected);
    });

    it("of 10,000 metrics come back", async () => {
      const values = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`m${i}`, i / 7]));
      await write(store, "aaaaaaaa", [metric(0, values), metric(1, values)]);
      await foldEvents(store, run);
      const state = eventsState((await read(store)).events);
      expect(state.metrics).toEqual(values);
      expect(state.lastStep).toBe(1);
    });
  });
}

describe("a run's state", () => {
  it("has the first value of a parameter, the last word of a tag, and the value of the greatest step", async (context) => {
    const store = await (await places[0]!.start(context))();
    await write(store, "aaaaaaaa", [
      { kind: "parameter", time: start + 5, key: "lr", value: 0.2 },
      { kind: "parameter", time: start, key: "lr", value: 0.1 },
      { kind: "tag", time: start + 9, key: "team", value: "b" },
      { kind: "tag", time: start, key: "team", value: "a" },
      { kind: "tag", time: start, key: "gone", value: "a" },
      { kind: "tag", time: start + 1, key: "gone", value: undefined },
      metric(5, { loss: 5 }),
      metric(9, { loss: 9 }, start - 100),
      metric(7, { loss: 7 }, start + 100),
      {
        kind: "dataset",
        time: start,
        key: "iris",
        value: { digest: "a1", context: "training", source: "x" },
      },
      {
        kind: "dataset",
        time: start,
        key: "iris",
        value: { digest: "a1", context: "training", source: "x" },
      },
      { kind: "model", time: start, key: "m-1", value: { role: "input", step: 0 } },
      { kind: "model", time: start, key: "m-2", value: { role: "output", step: 7 } },
      metric(99, { "system/cpu_utilization_percentage": 12 }),
    ]);
    const state = eventsState((await read(store)).events);
    expect(state.parameters).toEqual({ lr: 0.1 });
    expect(new Map([...state.tags].map(([key, { text }]) => [key, text]))).toEqual(
      new Map([
        ["gone", undefined],
        ["team", "b"],
      ]),
    );
    expect(state.metrics["loss"]).toBe(9);
    expect([state.metricSteps["loss"], state.metricTimes["loss"]]).toEqual([9, start - 100]);
    expect(state.inputs).toEqual({
      datasets: [{ name: "iris", digest: "a1", context: "training" }],
      models: ["m-1"],
    });
    expect(state.outputs).toEqual({ models: [{ modelId: "m-2", step: 7 }] });
    expect(state.lastStep).toBe(9);
  });
});
