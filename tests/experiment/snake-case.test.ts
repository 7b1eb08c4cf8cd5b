import { expect, it } from "vitest";

import { inSnakeCase, snakeCase } from "../../src/experiment/snake-case.js";

it("spells TypeScript's names as JSON and Python do", () => {
  expect(["testSet", "yTrue", "standardDeviation", "name"].map(snakeCase)).toEqual([
    "test_set",
    "y_true",
    "standard_deviation",
    "name",
  ]);
});

it("renames a record's own members in their order, says null for undefined, and leaves values alone", () => {
  const sent = inSnakeCase({ testSet: 1, gitCommit: undefined, scores: { rocAuc: 1 } });
  expect(JSON.stringify(sent)).toBe('{"test_set":1,"git_commit":null,"scores":{"rocAuc":1}}');
});
