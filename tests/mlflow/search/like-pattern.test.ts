import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { expect, it } from "vitest";

import { likePattern } from "../../../src/mlflow/search/like-pattern.js";

it("matches what DuckDB's LIKE matches", async () => {
  const characters = fc.constantFrom("a", "b", "A", "%", "_", "é", "😀", ".", "\\", "\n");
  const text = fc.string({ unit: characters, maxLength: 8 });
  const pairs = fc.sample(fc.record({ value: text, pattern: text }), 5000);
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const answer = await connection.runAndReadAll(
    `SELECT each.value LIKE each.pattern AS found FROM
     (SELECT unnest(from_json($1, '[{"value":"VARCHAR","pattern":"VARCHAR"}]')) AS each)`,
    [JSON.stringify(pairs)],
  );
  const expected = answer.getColumnsObject()["found"];
  expect(expected).toContain(true);
  expect(pairs.map(({ value, pattern }) => likePattern(pattern)(value))).toEqual(expected);
});

it("ignores capitals on request", () => {
  expect(likePattern("f1%", { ignoreCase: true })("F1_macro")).toBe(true);
  expect(likePattern("f1%")("f1_macro")).toBe(true);
  expect(likePattern("f1%")("F1_macro")).toBe(false);
});

it("takes no longer for a pattern that could match in many ways", () => {
  const [text, pattern] = ["a".repeat(5000), `${"%a_".repeat(30)}b`];
  const start = performance.now();
  expect(likePattern(pattern)(text)).toBe(false);
  expect(performance.now() - start).toBeLessThan(5000);
});
