import { describe, expect, it } from "vitest";

import {
  capital,
  showAgo,
  showBytes,
  showCell,
  showP,
  showScore,
  showTime,
} from "../../../web/src/components/show-cell.js";

describe("a value in a table", () => {
  it("is nothing where it is missing, and a parameter with no more digits than are read", () => {
    expect(showCell(null, { type: "number", kind: "score" })).toBe("");
    expect(showCell(undefined, { type: "text", kind: "fixed" })).toBe("");
    expect(showCell(0.1 + 0.2, { type: "number", kind: "parameter" })).toBe("0.3");
    expect(showCell(0.00123456789, { type: "number", kind: "parameter" })).toBe("0.00123457");
    expect(showCell(123456789, { type: "number", kind: "extra" })).toBe("123456789");
    expect(showCell(true, { type: "boolean", kind: "extra" })).toBe("true");
    expect(showCell(0.123456789, { type: "number", kind: "score" })).toBe("0.1235");
  });

  it("is a parameter that MLflow's clients logged as text with no more digits either", () => {
    const shown = (text: string) => showCell(text, { type: "text", kind: "parameter" });
    expect(shown("0.014285714285714287")).toBe("0.0142857");
    expect(["0.10", "1.0.0000000", "1e-05"].map(shown)).toEqual(["0.10", "1.0.0000000", "1e-05"]);
  });

  it("has the digits of a score that matter, also of very small and large ones", () => {
    expect(showScore(0)).toBe("0.0000");
    expect(showScore(-9.99996)).toBe("-10.0000");
    expect(showScore(1234.5678)).toBe("1234.57");
    expect(showScore(0.0001234)).toBe("1.234e-4");
    expect(showScore(12_345_678)).toBe("1.235e+7");
  });

  it("is a text as it was logged where that is no time", () => {
    expect(showTime("yesterday")).toBe("yesterday");
    expect(showTime("2026-01-02T03:04:05Z")).toMatch(/2026/);
  });

  it("is a time ago in the largest unit of which there is one", () => {
    const at = (seconds: number) =>
      showAgo("2026-01-02T03:04:05Z", Date.UTC(2026, 0, 2, 3, 4, 5) + seconds * 1000);
    expect(at(0)).toBe("now");
    expect(at(59)).toBe("59 seconds ago");
    expect(at(8 * 60)).toBe("8 minutes ago");
    expect(at(36 * 3600)).toBe("2 days ago");
    expect(at(400 * 86_400)).toBe("last year");
  });

  it("is a number of bytes in the largest unit of which there is one", () => {
    expect([0, 1, 39, 999, 1000, 2500, 3_000_000].map(showBytes)).toEqual([
      "0 bytes",
      "1 byte",
      "39 bytes",
      "999 bytes",
      "1 kB",
      "2.5 kB",
      "3 MB",
    ]);
  });

  it("is a p-value of three digits, and no smaller one than is read", () => {
    expect(showP(null)).toBe("–");
    expect(showP(0.0456)).toBe("0.046");
    expect(showP(0.0009)).toBe("< 0.001");
  });
});

it("a sentence begins with a capital letter, whatever the alphabet", () => {
  expect(capital("über 3 samples")).toBe("Über 3 samples");
  expect(capital("")).toBe("");
});
