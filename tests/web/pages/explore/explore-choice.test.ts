import { describe, expect, it } from "vitest";

import type { Cell, Columns, Experiments, Score } from "../../../../web/src/api/types.js";
import {
  exploreCandidates,
  exploreChoice,
  neededColumns,
} from "../../../../web/src/pages/explore/explore-choice.js";
import { parameterStrength } from "../../../../web/src/pages/explore/parameter-strength.js";
import { valuesOf } from "../../../../web/src/pages/explore/values-of-parameter.js";
import type { ExploreSearch } from "../../../../web/src/search.js";

type Column = Columns["columns"][number];
const column = (name: string, kind: Column["kind"], count: number, more: Partial<Column> = {}): Column => ({
  name,
  filter_name: name,
  kind,
  type: "number",
  count,
  distinct: 5,
  min: null,
  max: null,
  ...more,
});
const score = (name: string, binaryOnly = false): Score => ({
  name,
  title: name,
  kind: "classification",
  needs_score: false,
  headline: true,
  binary_only: binaryOnly,
  min: 0,
  max: 1,
  direction: "higher",
  best: 1,
  meaning: "",
});
const registry = [score("accuracy"), score("f1_macro"), score("recall", true), score("r2")];
const columns = [
  column("accuracy", "score", 9),
  column("f1_macro", "score", 9),
  column("recall", "score", 9),
  column("params.rare", "parameter", 2),
  column("params.k", "parameter", 9),
  column("params.same", "parameter", 9, { distinct: 1 }),
  column("extra.note", "extra", 9, { type: "text", distinct: 51 }),
  column("name", "fixed", 9),
];

const candidatesOf = (search: ExploreSearch, all = columns, primary = ["f1_macro"]) =>
  exploreCandidates(search, registry, all, primary);
const choose = (search: ExploreSearch, page?: Experiments) =>
  exploreChoice(search, candidatesOf(search), page);

const names = ["params.k", "params.rare", "extra.kind", "f1_macro"];
const pageOf = (rows: Cell[][]): Experiments => ({
  project: "pets",
  columns: names.map((name) => ({ name, filter_name: name, kind: "parameter", type: "mixed" })),
  omitted_columns: 0,
  prediction_ids: rows.map((_, i) => `id${i}`),
  rows,
  total: rows.length,
  next: null,
});
/** What k is does not matter; the rarer one goes with the score; `kind` decides most of it. */
const page = pageOf([
  [1, 1, "a", 0.7],
  [2, 2, "a", 0.72],
  [1, 3, "a", 0.71],
  [2, 4, "b", 0.9],
  [1, 5, "b", 0.91],
  [2, 6, "b", 0.92],
  [1, 7, null, null],
]);

describe("what is drawn of a project", () => {
  it("is the primary score against the parameter that most experiments have, before anyone chooses", () => {
    const choice = choose({});
    expect(choice.scores.map(({ name }) => name)).toEqual(["accuracy", "f1_macro", "recall"]);
    expect(choice.score?.name).toBe("f1_macro");
    expect(candidatesOf({}, columns, ["accuracy"]).score?.name).toBe("accuracy");
    expect(choice.parameters.map(({ name }) => name)).toEqual(["params.k", "params.rare"]);
    expect(choice.parameter?.name).toBe("params.k");
    expect(choice.axes).toEqual(["params.k", "params.rare"]);
  });

  it("is, once the experiments are there, the parameter that the score goes with most", () => {
    const choice = choose({}, page);
    expect(choice.parameter?.name).toBe("params.rare");
    expect(choice.axes).toEqual(["params.rare", "params.k"]);
    expect(choose({ parameter: "params.k" }, page).parameter?.name).toBe("params.k");
    const same = pageOf(page.rows.map(([, ...rest]) => [1, ...rest] as Cell[]));
    expect(choose({}, same).axes).toEqual(["params.rare"]);
  });

  it("is what the address asks for, where the project has it", () => {
    const search = { score: "recall", parameter: "params.rare", axis: ["params.rare", "params.none"] };
    const choice = choose(search);
    expect(choice).toMatchObject({ score: { name: "recall" }, parameter: { name: "params.rare" } });
    expect(choice.axes).toEqual(["params.rare"]);
    expect(choose({ score: "r2" }).score?.name).toBe("f1_macro");
  });

  it("needs each column once, and the positive class where the score is about it", () => {
    expect(neededColumns(candidatesOf({ score: "recall", axis: ["params.k"] }))).toEqual([
      "name",
      "model",
      "test_set_digest",
      "target_column",
      "params.k",
      "params.rare",
      "recall",
      "positive_label",
    ]);
    expect(candidatesOf({}, [])).toMatchObject({ score: undefined, candidates: [] });
  });
});

describe("how much a score goes with a parameter", () => {
  const f1 = score("f1_macro");

  it("is 1 where the order is the same, near 0 where there is none, undefined where nothing differs", () => {
    expect(parameterStrength(page, f1, "extra.kind")).toBeCloseTo(1 - (0.0004 / 0.0604) * (5 / 4), 10);
    // Ranks 0 2 1 3 4 5 against 0 to 5, and the seventh experiment has no score.
    expect(parameterStrength(page, f1, "params.rare")).toBeCloseTo((1 - (6 * 2) / (6 * 35)) ** 2, 10);
    expect(parameterStrength(page, f1, "params.k")).toBeLessThan(0.3);
    expect(parameterStrength(pageOf([[1, 1, "a", 0.5]]), f1, "params.k")).toBeUndefined();
    const eachItsOwn = pageOf(["a", "b", "c", "d"].map((kind, i) => [1, 1, kind, i / 10]));
    expect(parameterStrength(eachItsOwn, f1, "extra.kind")).toBe(0);
  });

  it("is shown as a table of its values, numbers in ranges, those with the best median first", () => {
    expect(valuesOf(page, f1, "extra.kind")).toEqual([
      { label: "b", count: 3, median: 0.91, best: 0.92 },
      { label: "a", count: 3, median: 0.71, best: 0.72 },
    ]);
    const many = pageOf(Array.from({ length: 12 }, (_, i) => [i, 0, null, 1 - i / 100]));
    expect(valuesOf(many, f1, "params.k").map(({ label, count }) => [label, count])).toEqual([
      ["0 to 2", 3],
      ["3 to 5", 3],
      ["6 to 8", 3],
      ["9 to 11", 3],
    ]);
    expect(valuesOf(many, f1, "extra.kind")).toMatchObject([{ label: "(none)", count: 12 }]);
  });
});
