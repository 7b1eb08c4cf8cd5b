import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { oraclePython, runPython } from "../python/python.js";
import { expectScikitLearns, type OracleCase } from "./oracle-case.js";

const script = fileURLToPath(new URL("golden/make-golden.py", import.meta.url));

function golden(file: string): OracleCase[] {
  return JSON.parse(readFileSync(new URL(`golden/${file}`, import.meta.url), "utf8")) as OracleCase[];
}

describe("on scikit-learn's own data sets, with real models, every score is scikit-learn's", () => {
  for (const given of golden("real-data.json")) it(given.name, () => expectScikitLearns(given));
});

describe("at the edges every score is scikit-learn's, and undefined where it is there", () => {
  for (const given of golden("edge-cases.json")) it(given.name, () => expectScikitLearns(given));
});

for (const file of ["real-data.json", "edge-cases.json"]) {
  it(`${file} holds what scikit-learn answers today for its cases`, async (context) => {
    const python = oraclePython(context);
    const answers = JSON.parse(
      await runPython(python, [script, "--rescore", file]),
    ) as OracleCase["expected"][];
    const cases = golden(file);
    expect(answers).toHaveLength(cases.length);
    expectClose(
      cases.map((given) => given.expected),
      answers,
      1e-12,
      file,
    );
  });

  it(`${file} is what its script makes anew`, async (context) => {
    const python = oraclePython(context);
    // Training a model rounds differently on another processor; hence more leeway than between scores of the same data.
    expectClose(golden(file), JSON.parse(await runPython(python, [script, "--print", file])), 1e-6, file);
  });
}

/** The same structure and texts, and numbers within the tolerance. */
function expectClose(stored: unknown, made: unknown, tolerance: number, path: string): void {
  if (typeof stored === "number" && typeof made === "number") {
    expect(Math.abs(stored - made), path).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(stored)));
  } else if (typeof stored === "object" && stored !== null && typeof made === "object" && made !== null) {
    expect(Object.keys(made), path).toEqual(Object.keys(stored));
    for (const [key, value] of Object.entries(stored)) {
      expectClose(value, (made as Record<string, unknown>)[key], tolerance, `${path}/${key}`);
    }
  } else expect(made, path).toEqual(stored);
}
