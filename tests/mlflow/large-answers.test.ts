import { expect, it } from "vitest";

import { startServer } from "../server/running-server.js";
import { callWire, type WireAnswer } from "./wire.js";

/** Everything that a call answers, page by page, and how many each page had. */
async function everyPage(call: (token: object) => Promise<WireAnswer>, list: string) {
  const pages: number[] = [];
  const all: WireAnswer[] = [];
  let token: string | undefined;
  do {
    const page = await call(token === undefined ? {} : { page_token: token });
    pages.push(page[list].length);
    all.push(...page[list]);
    token = page.next_page_token;
  } while (token !== undefined);
  return { all, pages };
}

it("a search over more runs than a page holds gives each run once, in one order", async () => {
  const { address } = await startServer();
  const create = (i: number) =>
    callWire(address, "POST runs/create", {
      experiment_id: "0",
      run_name: `run ${i}`,
      start_time: 1_000 + (i % 7),
    });
  for (let i = 0; i < 1_050; i += 50) await Promise.all(Array.from({ length: 50 }, (_, k) => create(i + k)));
  const search = (fields: object) => (token: object) =>
    callWire(address, "POST runs/search", { experiment_ids: ["0"], ...fields, ...token });
  for (const [fields, sizes] of [
    [{}, [1_000, 50]],
    [{ max_results: 400, order_by: ["attributes.run_name DESC"] }, [400, 400, 250]],
  ] as const) {
    const { all, pages } = await everyPage(search(fields), "runs");
    expect(pages).toEqual(sizes);
    expect(new Set(all.map(({ info }) => info.run_name)).size).toBe(1_050);
  }
  const { all } = await everyPage(search({ max_results: 333 }), "runs");
  const starts = all.map(({ info }) => info.start_time as number);
  expect(starts).toEqual(starts.toSorted((a, b) => b - a));
});

it("a history longer than a page is given whole and in order, and thinned out with its ends", async () => {
  const { address } = await startServer();
  const { run } = await callWire(address, "POST runs/create", { experiment_id: "0" });
  const id = run.info.run_id as string;
  const count = 30_000;
  for (let from = 0; from < count; from += 1_000) {
    const metrics = Array.from({ length: 1_000 }, (_, i) => {
      const step = count - 1 - from - i; // backwards: the order is the answer's
      return { key: "m", value: step / 2, step, timestamp: 1_000 + step };
    });
    await callWire(address, "POST runs/log-batch", { run_id: id, metrics });
  }
  const history = (token: object) =>
    callWire(address, "GET metrics/get-history", { run_id: id, metric_key: "m", ...token });
  const { all, pages } = await everyPage(history, "metrics");
  expect(pages).toEqual([25_000, 5_000]);
  expect(
    all.every(({ step, value, timestamp }, i) => step === i && value === i / 2 && timestamp === 1_000 + i),
  ).toBe(true);

  const bulk = (fields: object) =>
    callWire(address, "GET metrics/get-history-bulk-interval", { run_ids: id, metric_key: "m", ...fields });
  const { metrics } = await bulk({ max_results: 100 });
  expect(metrics).toHaveLength(100);
  expect([metrics[0].step, metrics[99].step, metrics[0].run_id]).toEqual([0, count - 1, id]);
  const some = (await bulk({ start_step: 10, end_step: 20 })).metrics;
  expect(some.map(({ step }: WireAnswer) => step)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
});
