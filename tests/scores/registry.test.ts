import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { findScore, scoreNames, scoreRegistry } from "../../src/scores/registry.js";

const sources = new URL("../../src/scores/", import.meta.url);

it("names the scores in the order of the tracking log's columns", () => {
  expect(scoreNames("classification").join(" ")).toBe(
    "accuracy balanced_accuracy precision recall f1 precision_macro recall_macro f1_macro precision_weighted recall_weighted " +
      "f1_weighted matthews_corrcoef cohen_kappa roc_auc average_precision log_loss brier_score jaccard_macro " +
      "d2_log_loss_score",
  );
  expect(scoreNames("regression").join(" ")).toBe(
    "r2 mean_absolute_error mean_squared_error root_mean_squared_error median_absolute_error mean_absolute_percentage_error " +
      "max_error explained_variance mean_error mean_pinball_loss d2_absolute_error_score",
  );
  expect(new Set(scoreRegistry.map((score) => score.name)).size).toBe(30);
});

it("finds a score by its name and nothing by another", () => {
  expect(findScore("r2")).toMatchObject({ title: "R²", kind: "regression", direction: "higher" });
  expect(findScore("rmse")).toBeUndefined();
  expect(findScore("constructor")).toBeUndefined();
});

it("gives every score a direction that agrees with its best value and its range", () => {
  const wrong = scoreRegistry.filter(({ range: [min, max], direction, best }) => {
    const expected = { higher: max, lower: min, zero: 0 }[direction];
    return best !== expected || min >= max;
  });
  expect(wrong).toEqual([]);
});

it("describes every score in one sentence", () => {
  for (const { meaning, title } of scoreRegistry) {
    expect(meaning).toMatch(/^[A-Z][^\n]{20,120}\.$/);
    expect(title).toMatch(/^[A-Z]/);
  }
});

describe("docs/scores.md says of every score what the registry says", () => {
  const page = readFileSync(new URL("../../docs/scores.md", import.meta.url), "utf8");
  const sections = new Map(
    page
      .split(/^### /m)
      .slice(1)
      .map((section) => [section.slice(1, section.indexOf("`", 1)), section] as const),
  );

  it("has a section for each score, in the registry's order, and for nothing else", () => {
    expect([...sections.keys()]).toEqual(scoreRegistry.map((score) => score.name));
  });

  for (const { name, title, range, direction, needsScore, binaryOnly, meaning } of scoreRegistry) {
    it(`${name}: title, meaning, definition, range, direction and when it is undefined`, () => {
      const section = sections.get(name) ?? "";
      expect(section).toContain(`\`${name}\`: ${title}\n`);
      const unwrapped = section.replaceAll("\n", " ");
      expect(unwrapped).toContain(meaning);
      expect(section).toMatch(/^- Definition: .{15,}/m);
      const better = { higher: "higher is better", lower: "lower is better", zero: "nearest to 0 is best" }[
        direction
      ];
      expect(section).toContain(`- Range: ${end(range[0])} to ${end(range[1])}; ${better}`);
      expect(section).toMatch(/^- Undefined: .{4,}/m);
      expect(unwrapped.includes("Needs `y_score`.")).toBe(needsScore);
      expect(unwrapped.includes("Two classes only.")).toBe(binaryOnly);
    });
  }
});

it("imports nothing from outside its folder, so that it runs in a browser", () => {
  const code = readdirSync(sources).map((file) => readFileSync(new URL(file, sources), "utf8"));
  const imports = code.flatMap((text) => Array.from(text.matchAll(/\bfrom "([^"]+)"/g), ([, from]) => from));
  expect(imports.length).toBeGreaterThan(20);
  expect(imports.filter((from) => !/^\.\/[a-z0-9-]+\.js$/.test(from!))).toEqual([]);
  const worldly = /\bimport\(|\bimport "|\b(process|Buffer|require|document|window|globalThis)\b[.(]/;
  expect(code.filter((text) => worldly.test(text))).toEqual([]);
});

/** An end of a range as the page writes it. */
function end(value: number): string {
  if (Number.isFinite(value)) return `${value}`;
  return value < 0 ? "-∞" : "∞";
}
