import { describe, expect, it } from "vitest";

import type { Columns, Score } from "../../../../web/src/api/types.js";
import { exploreChoice, neededColumns } from "../../../../web/src/pages/explore/explore-choice.js";

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

describe("what is drawn of a project", () => {
  it("is the macro F1 against the parameter that most experiments have, before anyone chooses", () => {
    const choice = exploreChoice({}, registry, columns);
    expect(choice.scores.map(({ name }) => name)).toEqual(["accuracy", "f1_macro", "recall"]);
    expect(choice.score?.name).toBe("f1_macro");
    expect(choice.parameters.map(({ name }) => name)).toEqual(["params.k", "params.rare"]);
    expect(choice.parameter?.name).toBe("params.k");
    expect(choice.axes).toEqual(["params.k", "params.rare"]);
  });

  it("is what the address asks for, where the project has it", () => {
    const search = { score: "recall", parameter: "params.rare", axis: ["params.rare", "params.none"] };
    const choice = exploreChoice(search, registry, columns);
    expect(choice).toMatchObject({ score: { name: "recall" }, parameter: { name: "params.rare" } });
    expect(choice.axes).toEqual(["params.rare"]);
    expect(exploreChoice({ score: "r2" }, registry, columns).score?.name).toBe("f1_macro");
  });

  it("needs each column once, and the positive class where the score is about it", () => {
    const choice = exploreChoice({ score: "recall", axis: ["params.k"] }, registry, columns);
    expect(neededColumns(choice)).toEqual([
      "name",
      "model",
      "test_set_digest",
      "target_column",
      "params.k",
      "recall",
      "positive_label",
    ]);
    expect(exploreChoice({}, registry, [])).toMatchObject({ score: undefined, axes: [] });
  });
});
