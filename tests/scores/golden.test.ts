import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { oraclePython, runPython } from "../python/python.js";
import { differencesFromScikitLearn, type OracleCase } from "./oracle-case.js";

const script = fileURLToPath(new URL("golden/make-golden.py", import.meta.url));

function golden(file: string): OracleCase[] {
  return JSON.parse(readFileSync(new URL(`golden/${file}`, import.meta.url), "utf8")) as OracleCase[];
}

describe("on scikit-learn's own data sets, with real models, every score is scikit-learn's", () => {
  for (const given of golden("real-data.json"))
    it(`holds for: ${given.name}`, () => expect(differencesFromScikitLearn(given)).toEqual([]));
});

describe("at the edges every score is scikit-learn's, and undefined where it is there", () => {
  for (const given of golden("edge-cases.json"))
    it(`holds for: ${given.name}`, () => expect(differencesFromScikitLearn(given)).toEqual([]));
});

for (const file of ["real-data.json", "edge-cases.json"]) {
  it(`${file} holds what scikit-learn answers today for its cases`, async (context) => {
    const python = oraclePython(context);
    const answers = JSON.parse(
      await runPython(python, [script, "--rescore", file]),
    ) as OracleCase["expected"][];
    const cases = golden(file);
    expect(answers).toHaveLength(cases.length);
    const stored = cases.map((given) => given.expected);
    expect(deviations(stored, answers, 1e-12)).toEqual([]);
  });

  it(`${file} is what its script makes anew`, async (context) => {
    const python = oraclePython(context);
    // Training a model rounds differently on another processor; hence more leeway than between scores of the same data.
    const made: unknown = JSON.parse(await runPython(python, [script, "--print", file]));
    expect(deviations(golden(file), made, 1e-6)).toEqual([]);
  });
}

/** Where two values differ in structure or text, or in a number by more than the tolerance. */
function deviations(stored: unknown, made: unknown, tolerance: number, path = ""): string[] {
  if (typeof stored === "number" && typeof made === "number") {
    const close = Math.abs(stored - made) <= tolerance * Math.max(1, Math.abs(stored));
    return close ? [] : [`${path}: ${stored} is now ${made}`];
  }
  if (isRecord(stored) && isRecord(made)) {
    const keys = new Set([...Object.keys(stored), ...Object.keys(made)]);
    return Array.from(keys).flatMap((key) => deviations(stored[key], made[key], tolerance, `${path}/${key}`));
  }
  return stored === made ? [] : [`${path}: ${String(stored)} is now ${String(made)}`];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
