import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

import { regressionScores } from "../../src/scores/regression-sample.js";
import { oraclePython, runPython } from "../python/python.js";
import { differencesFromScikitLearn, encoded, type OracleCase } from "./oracle-case.js";

const folder = fileURLToPath(new URL(".", import.meta.url));

it("gives scikit-learn's scores on 1,000 generated cases", async (context) => {
  const python = oraclePython(context);
  const output = await runPython(python, [`${folder}generated_cases.py`]);
  const cases = output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as OracleCase);
  expect(cases).toHaveLength(1000);
  expect(cases.flatMap((given) => differencesFromScikitLearn(given))).toEqual([]);
  expect(lacking(cases)).toEqual([]);
}, 180_000);

it("gives scikit-learn's weighted scores on 1,000 generated cases", async (context) => {
  const python = oraclePython(context);
  const output = await runPython(python, [`${folder}generated_cases.py`, "weighted"]);
  const cases = output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as OracleCase);
  expect(cases).toHaveLength(1000);
  expect(cases.flatMap((given) => differencesFromScikitLearn(given))).toEqual([]);
  expect(cases.filter(({ weights }) => weights!.includes(0)).length).toBeGreaterThan(200);
  for (let k = 1; k <= 4; k++)
    expect(cases.filter((given) => classes(given) === k).length).toBeGreaterThan(50);
}, 180_000);

/** What the generated cases must contain for the test above to mean what it says, and do not. */
function lacking(cases: readonly OracleCase[]): string[] {
  const names = new Set(cases.flatMap((given) => Object.keys(given.expected)));
  const wanted: [what: string, atLeast: number, holds: (given: OracleCase) => boolean][] = [
    ["values around 1e9", 20, (given) => given.kind === "regression" && Math.abs(given.y_true[0]!) > 9e8],
    [
      "labels beyond U+FFFF",
      20,
      (given) => given.y_true.some((label) => /[\u{10000}-\u{10FFFF}]/u.test(String(label))),
    ],
    ["a constant y_true", 50, (given) => new Set(given.y_true).size === 1],
  ];
  for (let k = 1; k <= 12; k++) wanted.push([`${k} classes`, 4, (given) => classes(given) === k]);
  for (let n = 1; n <= 3; n++) wanted.push([`${n} samples`, 20, (given) => given.y_true.length === n]);
  for (const name of names)
    wanted.push([`${name} with a value`, 50, (given) => answer(given, name) === "value"]);
  for (const name of ["precision", "recall", "f1", "cohen_kappa", "roc_auc", "average_precision", "r2"]) {
    wanted.push([`${name} undefined`, 5, (given) => answer(given, name) === "undefined"]);
  }
  return wanted
    .filter(([, atLeast, holds]) => cases.filter(holds).length < atLeast)
    .map(([what]) => `too few cases with ${what}`);
}

function classes(given: OracleCase): number {
  return given.kind === "classification" ? encoded(given).labels.length : 0;
}

/** Whether scikit-learn gave the score a value or called it undefined; nothing where it was not asked. */
function answer(given: OracleCase, name: string): string | undefined {
  return Object.keys(given.expected[name] ?? {})[0];
}

it("keeps twelve digits on a million values around 1e9 and on a million scores", async (context) => {
  const python = oraclePython(context);
  // Both sides make the same data from the same integers.
  const script = `
import json, sys
sys.dont_write_bytecode = True
sys.path.insert(0, ${JSON.stringify(folder)})
import numpy as np
from oracle import scores
i = np.arange(1_000_000, dtype=np.int64)
a, b = (i * 48271 % 2147483647) / 2147483647, (i * 16807 % 2147483647) / 2147483647
y_true, y_pred = 1e9 + a, 1e9 + a + (b - 0.25)
label, score = (a < 0.3).astype(int), (3 * b + a * (a < 0.3)) / 4
cases = [
    {"kind": "regression", "y_true": y_true, "y_pred": y_pred},
    {"kind": "classification", "y_true": label, "y_pred": (score > 0.5).astype(int), "positive": 1, "y_score": score},
]
print(json.dumps([scores(case) for case in cases]))
`;
  const [regression, classification] = JSON.parse(
    await runPython(python, ["-c", script]),
  ) as OracleCase["expected"][];
  const n = 1_000_000;
  const pseudo = (factor: number) =>
    Float64Array.from({ length: n }, (_, i) => ((i * factor) % 2147483647) / 2147483647);
  const a = pseudo(48271);
  const b = pseudo(16807);
  const yTrue = a.map((value) => 1e9 + value);
  const yPred = a.map((value, i) => 1e9 + value + (b[i]! - 0.25));
  const values: OracleCase = {
    name: "a million values",
    kind: "regression",
    y_true: [],
    y_pred: [],
    expected: regression!,
  };
  expect(differencesFromScikitLearn(values, regressionScores({ yTrue, yPred }))).toEqual([]);
  const label = Array.from(a, (value) => Number(value < 0.3));
  const score = Array.from(b, (value, i) => (3 * value + a[i]! * label[i]!) / 4);
  const given: OracleCase = {
    name: "a million scores",
    kind: "classification",
    y_true: label,
    y_pred: score.map((value) => Number(value > 0.5)),
    positive: 1,
    y_score: score,
    expected: classification!,
  };
  expect(differencesFromScikitLearn(given)).toEqual([]);
}, 180_000);
