import { describe, expect, it } from "vitest";

import type { Cell, Experiments, Score } from "../../../../web/src/api/types.js";
import {
  linesWithin,
  parallelLines,
  parallelOption,
} from "../../../../web/src/pages/explore/parallel-option.js";
import {
  byTestSet,
  experimentPoints,
  type Parameter,
  scatterOption,
  withinColours,
} from "../../../../web/src/pages/explore/scatter-option.js";
import { textsDrawn, tooltipText } from "../../draw.js";

const column = (name: string, type: "number" | "text", kind: "fixed" | "parameter" | "score") => ({
  name,
  filter_name: name,
  kind,
  type,
});
const columns = [
  column("name", "text", "fixed"),
  column("model", "text", "fixed"),
  column("test_set_digest", "text", "fixed"),
  column("target_column", "text", "fixed"),
  column("params.depth", "number", "parameter"),
  column("params.scaler", "text", "parameter"),
  column("r2", "number", "score"),
];
const pageOf = (rows: Cell[][]): Experiments => ({
  project: "cars",
  columns,
  omitted_columns: 0,
  prediction_ids: rows.map((_, i) => `id${i}`),
  rows,
  total: rows.length,
  next: null,
});
const page = pageOf([
  ["small", "Tree", "abcdef0123", "price", 2, "plain", 0.5],
  [null, "Forest", "abcdef0123", "price", null, "robust", 0.75],
  ["other", "Tree", "999999aaaa", "price", 8, null, 0.25],
  ["without", "Tree", "abcdef0123", "price", 4, "plain", null],
]);
const r2: Score = {
  name: "r2",
  title: "R²",
  kind: "regression",
  needs_score: false,
  headline: true,
  binary_only: false,
  min: null,
  max: 1,
  direction: "higher",
  best: 1,
  meaning: "Share of the variance that is explained.",
};
const parameter = (name: string): Parameter => ({
  ...(columns.find((each) => each.name === name) ?? column(name, "text", "parameter")),
  count: 3,
  distinct: 2,
  min: null,
  max: null,
});

describe("parallel coordinates", () => {
  const drawn = parallelLines(page, ["params.depth", "params.scaler", "r2"]);

  it("show a line an experiment that has the score", () => {
    const option = parallelOption(drawn, r2);
    expect(option).toMatchSnapshot();
    expect(option && textsDrawn(option)).toEqual(expect.arrayContaining(["params.scaler", "robust", "R²"]));
    expect(parallelOption({ ...drawn, lines: [] }, r2)).toBeUndefined();
  });

  it("turn an axis of few numbers of which some are missing into one of labels", () => {
    expect(drawn.dimensions).toEqual([
      { name: "params.depth", labels: ["2", "8", "(none)"] },
      { name: "params.scaler", labels: ["(none)", "plain", "robust"] },
      { name: "r2", labels: undefined },
    ]);
    expect(drawn.lines.map(({ places }) => places)).toEqual([
      [0, 1, 0.5],
      [2, 2, 0.75],
      [1, 0, 0.25],
    ]);
  });

  it("choose the lines within the ranges that were drawn, the best first", () => {
    const names = (ranges: [number, [number, number]][], score = r2) =>
      linesWithin(drawn.lines, new Map(ranges), score).map(({ name }) => name);
    expect(names([])).toEqual(["Forest", "small", "other"]);
    expect(names([[2, [0.2, 0.6]]])).toEqual(["small", "other"]);
    expect(
      names([
        [2, [0.2, 0.6]],
        [0, [0.5, 2]],
      ]),
    ).toEqual(["other"]);
    expect(names([], { ...r2, direction: "lower" })).toEqual(["other", "small", "Forest"]);
  });
});

describe("a score against a parameter", () => {
  const depth = parameter("params.depth");
  const scaler = parameter("params.scaler");

  it("shows a point an experiment that has both, a colour a test set", () => {
    const sets = byTestSet(experimentPoints(page, r2, depth));
    const option = scatterOption(sets, { score: r2, parameter: depth, isLog: true });
    expect(option).toMatchSnapshot();
    expect(textsDrawn(option)).toEqual(expect.arrayContaining(["price, abcdef", "params.depth"]));
    expect(tooltipText(option, 0)).toBe("small\nparams.depth 2\nr2 0.5");
  });

  it("shows texts beside each other", () => {
    const sets = byTestSet(experimentPoints(page, r2, scaler));
    const option = scatterOption(sets, { score: r2, parameter: scaler, isLog: false });
    expect(option).toMatchSnapshot();
    expect(textsDrawn(option)).toEqual(expect.arrayContaining(["plain", "robust"]));
  });

  it("puts the smallest of more than eight test sets into one colour", () => {
    const many = pageOf(
      Array.from({ length: 20 }, (_, i) => ["x", "Tree", `set ${i < 11 ? 0 : i}`, "price", i, "none", 0.5]),
    );
    const sets = byTestSet(experimentPoints(many, r2, depth));
    expect(sets).toHaveLength(10);
    expect(sets[0]?.points).toHaveLength(11);
    const shown = withinColours(sets);
    expect(shown).toHaveLength(9);
    expect(shown.at(-1)).toMatchObject({ name: "other test sets" });
    expect(shown.flatMap(({ points }) => points)).toHaveLength(20);
  });
});
