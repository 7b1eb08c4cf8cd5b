import { expect, it } from "vitest";

import { tellingNames } from "../../../web/src/charts/axes.js";

it("names of an axis leave out the words that all begin with, and no part of a word or number", () => {
  expect(tellingNames(["class number 1 of 2", "class number 2 of 2"])).toEqual(["…1 of 2", "…2 of 2"]);
  expect(tellingNames(["class number 10", "class number 12"])).toEqual(["…10", "…12"]);
  expect(tellingNames(["n02085620-Chihuahua", "n02085782-Japanese_spaniel"])).toEqual([
    "n02085620-Chihuahua",
    "n02085782-Japanese_spaniel",
  ]);
  expect(tellingNames(["cat", "car"])).toEqual(["cat", "car"]);
  // Only those that would be cut off alike.
  expect(
    tellingNames(['["weight","year"]', '["cylinders","power"]', '["cylinders","power","year","origin"]']),
  ).toEqual(['["weight","year"]', '…"power"]', '…"power","year","origin"]']);
  expect(tellingNames(['["a_long_name"]', '["a_long_name","b"]'], 20)).toEqual([
    '["a_long_name"]',
    '["a_long_name","b"]',
  ]);
  // By their ends, where what differs stands there.
  expect(
    tellingNames(['["cylinders","acceleration"]', '["cylinders","acceleration","year"]', '["weight"]']),
  ).toEqual(['…celeration"]', '…ion","year"]', '["weight"]']);
  expect(tellingNames(["animal/mammal/cat"])).toEqual(["animal/mammal/cat"]);
  expect(tellingNames(["animal/mammal/cat", "animal/mammal/dog"])).toEqual(["…cat", "…dog"]);
  expect(tellingNames(["animal/", "animal/dog"])).toEqual(["animal/", "animal/dog"]);
  expect(tellingNames([])).toEqual([]);
});
