import { expect, it } from "vitest";

import { positiveCode, positiveLabel } from "../../src/scores/positive-label.js";

it("takes the label that the caller names", () => {
  expect(positiveLabel(["cat", "dog"], "cat")).toBe("cat");
  expect(positiveLabel([0, 1], 0)).toBe(0);
  expect(positiveLabel<number | boolean>([0, 1], false)).toBe(0);
  expect(positiveLabel(["cat"], "dog")).toBe("dog");
});

it("has no answer where neither of two labels is the named one, and none for three", () => {
  expect(positiveLabel(["cat", "dog"], "bird")).toBeUndefined();
  expect(positiveLabel<string | number>([0, 1], "1")).toBeUndefined();
  expect(positiveLabel([0, 1, 2])).toBeUndefined();
  expect(positiveLabel([0, 1, 2], 1)).toBeUndefined();
});

it("takes 1 or true where present, even as the lesser label", () => {
  expect(positiveLabel([1, 2])).toBe(1);
  expect(positiveLabel([-1, 1])).toBe(1);
  expect(positiveLabel([false, true])).toBe(true);
  expect(positiveLabel([0n, 1n])).toBe(1n);
});

it("takes the greater label otherwise, and text is never the number 1", () => {
  expect(positiveLabel(["cat", "dog"])).toBe("dog");
  expect(positiveLabel(["1", "2"])).toBe("2");
  expect(positiveLabel([5, 7])).toBe(7);
  expect(positiveLabel(["only"])).toBe("only");
});

it("takes a lone 0, -1 or false as the negative label of a task whose positive one is missing", () => {
  expect(positiveLabel([0])).toBe(1);
  expect(positiveLabel([-1])).toBe(1);
  expect(positiveLabel([0n])).toBe(1n);
  expect(positiveLabel([false])).toBe(true);
  expect(positiveLabel([1])).toBe(1);
});

it("codes the positive class by its position, or past the end where it is absent", () => {
  expect(positiveCode(["cat", "dog"], "cat")).toBe(0);
  expect(positiveCode([0, 1], true)).toBe(1);
  expect(positiveCode([0], 1)).toBe(1);
  expect(positiveCode(["1"], 1)).toBe(1);
});

it("tells integers beyond 2^53 apart", () => {
  expect(positiveCode([9007199254740992n, 9007199254740993n], 9007199254740993n)).toBe(1);
});
