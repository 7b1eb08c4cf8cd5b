import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { sortNumbers } from "../../src/scores/sort-numbers.js";

const n = 5000;
const kinds: Record<string, (i: number) => number> = {
  "spread over 0..1": (i) => ((i * 48271) % 65537) / 65537,
  "with many ties": (i) => ((i * 48271) % 7) / 7,
  "all equal": () => 0.5,
  "equal in the upper half of their bits": (i) => 0.5 + ((i * 48271) % 65537) * 2 ** -50,
  "in single precision": (i) => Math.fround(((i * 48271) % 65537) / 65537),
  descending: (i) => n - i,
  "across the whole range of doubles": (i) =>
    [0, 5e-324, 1e-300, 1, 1e300, Number.MAX_VALUE][i % 6]! / ((i % 11) + 1),
  "negative too": (i) => ((i * 48271) % 65537) / 65537 - 0.5,
  "zeros of both signs": (i) => [0, -0, 0.25][i % 3]!,
};

describe("gives what Float64Array.sort gives", () => {
  for (const [kind, value] of Object.entries(kinds)) {
    it(`for numbers ${kind}`, () => {
      const values = Float64Array.from({ length: n }, (_, i) => value(i));
      const expected = values.toSorted();
      sortNumbers(values);
      expect(values).toEqual(expected);
    });
  }
});

it("sorts a part of a buffer and leaves the rest alone", () => {
  const values = Float64Array.from({ length: n + 2 }, (_, i) => n - i);
  sortNumbers(values.subarray(1, n + 1));
  expect(values[0]).toBe(n);
  expect(values[1]).toBe(0);
  expect(values[n + 1]).toBe(-1);
});

it("sorts any numbers that a caller may hold, few or many", () => {
  const numbers = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(fc.array(numbers, { maxLength: 40 }), fc.boolean(), (few, many) => {
      const values = Float64Array.from(
        { length: many ? 2100 : few.length },
        (_, i) => few[i % few.length] ?? 0,
      );
      const expected = values.toSorted();
      sortNumbers(values);
      expect(values).toEqual(expected);
    }),
  );
});
