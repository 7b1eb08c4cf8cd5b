import { describe, expect, it } from "vitest";

import type { Runs } from "../../../../web/src/api/types.js";
import { comparedRows } from "../../../../web/src/pages/run-comparison/compared-rows.js";

const column = (name: string, kind: Runs["columns"][number]["kind"]) =>
  ({ name, filter_name: name, kind, type: "number" }) as const;

const runs: Runs = {
  project: "pets",
  columns: [
    column("params.width", "parameter"),
    column("params.lr", "parameter"),
    column("metrics.loss", "metric"),
    column("metrics.accuracy", "metric"),
    column("metrics.mean_error", "metric"),
  ],
  rows: [
    [64, 0.1, 0.5, 0.9, -0.2],
    [64, 0.2, 0.25, 0.8, 0.1],
    [64, null, 0.75, 0.9, "NaN"],
  ],
  run_ids: ["a", "b", "c"],
  titles: ["a", "b", "c"],
  omitted_columns: 0,
  total: 3,
  next: null,
};

describe("runs side by side", () => {
  it("have first what they differ in, in the order that was asked for", () => {
    const rows = comparedRows(runs, ["c", "a"], "parameter");
    expect(rows.map(({ name, values, differs }) => ({ name, values, differs }))).toEqual([
      { name: "lr", values: [undefined, 0.1], differs: true },
      { name: "width", values: [64, 64], differs: false },
    ]);
  });

  it("have a best value only of scores whose direction is known", () => {
    const directions = new Map([
      ["accuracy", "higher"],
      ["mean_error", "zero"],
    ] as const);
    const rows = comparedRows(runs, ["a", "b", "c"], "metric", directions);
    expect(Object.fromEntries(rows.map(({ name, best }) => [name, best]))).toEqual({
      loss: [],
      accuracy: [0, 2],
      mean_error: [1],
    });
    expect(
      comparedRows(runs, ["a", "c"], "metric", directions).find(({ name }) => name === "accuracy")?.best,
    ).toEqual([]);
  });
});
