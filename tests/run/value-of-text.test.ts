import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { valueOfText } from "../../src/run/value-of-text.js";

describe("the value that a parameter's text stands for", () => {
  it("is the number that was written, whatever number that is", () => {
    const number = fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .filter((value) => value === 0 || (Math.abs(value) < 1e15 && Math.abs(value) > 1e-290));
    fc.assert(
      fc.property(number, (value) => {
        expect(valueOfText(String(value))).toBe(value + 0);
      }),
      { examples: [[0.0000010000000000000002], [-1.2345678901234567e-6]] },
    );
  });

  it("is the text where a number would lose something of it", () => {
    for (const text of [
      "1.10",
      "007",
      "12345678901234567890",
      "1e999",
      "nan",
      "inf",
      "1_000",
      " 1",
      "+1",
      ".5",
      "",
    ]) {
      expect(valueOfText(text)).toBe(text);
    }
    expect(["1.0", "1e-05", "-2", "1.0E3"].map(valueOfText)).toEqual([1, 1e-5, -2, 1000]);
    expect(["True", "False", "true", "None"].map(valueOfText)).toEqual([true, false, "true", "None"]);
  });
});
