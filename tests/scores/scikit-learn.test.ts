import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

import { regressionScores } from "../../src/scores/regression-sample.js";
import { oraclePython, runPython } from "../python/python.js";
import { encoded, expectScikitLearns, type OracleCase, ourScores } from "./oracle-case.js";

const folder = fileURLToPath(new URL(".", import.meta.url));

it("gives scikit-learn's scores on 1,000 generated cases", async (context) => {
  const python = oraclePython(context);
  const output = await runPython(python, [`${folder}generated_cases.py`]);
  const cases = output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as OracleCase);
  expect(cases).toHaveLength(1000);
  for (const given of cases) expectScikitLearns(given);
  expectVariety(cases);
}, 180_000);

/** What the generated cases must contain for the test above to mean what it says. */
function expectVariety(cases: readonly OracleCase[]): void {
  const count = (holds: (given: OracleCase) => boolean) => cases.filter(holds).length;
  const classes = (given: OracleCase) => (given.kind === "classification" ? encoded(given).labels.length : 0);
  for (let k = 1; k <= 12; k++)
    expect(
      count((given) => classes(given) === k),
      `${k} classes`,
    ).toBeGreaterThan(3);
  for (let n = 1; n <= 3; n++) expect(count((given) => given.y_true.length === n)).toBeGreaterThan(20);
  expect(count((given) => given.kind === "regression" && Math.abs(given.y_true[0]!) > 9e8)).toBeGreaterThan(
    20,
  );
  expect(
    count((given) => given.y_true.some((label) => typeof label === "string" && label > "\uD800")),
  ).toBeGreaterThan(20);
  expect(count((given) => new Set(given.y_true).size === 1)).toBeGreaterThan(50);
  const names = new Set(cases.flatMap((given) => Object.keys(given.expected)));
  for (const name of names) {
    expect(
      count((given) => given.expected[name] !== undefined && "value" in given.expected[name]),
      name,
    ).toBeGreaterThan(50);
  }
  for (const name of ["precision", "recall", "f1", "cohen_kappa", "roc_auc", "average_precision", "r2"]) {
    expect(
      count((given) => given.expected[name] !== undefined && "undefined" in given.expected[name]),
      name,
    ).toBeGreaterThan(5);
  }
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
  expectScikitLearns(
    { name: "a million values", kind: "regression", y_true: [], y_pred: [], expected: regression! },
    regressionScores({ yTrue, yPred }),
  );
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
  expectScikitLearns(given, ourScores(given));
}, 180_000);
