import { expect, it } from "vitest";

import { benjaminiHochberg } from "../../src/statistics/benjamini-hochberg.js";
import { holm } from "../../src/statistics/holm.js";
import { seededRandom } from "../../src/statistics/seeded-random.js";
import { oraclePython, runPython } from "../python/python.js";

function someTests(): number[][] {
  const random = seededRandom(21);
  const many = [1, 2, 7, 20, 400].map((count) =>
    Array.from({ length: count }, (_, i) => (i % 3 === 0 ? random() ** 8 : random())),
  );
  return [...many, [0.2, 0.2, 0.01, 0.01], [0, 1, 1, 0], [1e-300, 0.5, 0.04]];
}

it("corrects p-values as statsmodels does, to 1e-12", async (context) => {
  const python = oraclePython(context);
  const script = `
import json, sys
from statsmodels.stats.multitest import multipletests
print(json.dumps([[multipletests(p, method=m)[1].tolist() for m in ("holm", "fdr_bh")] for p in json.load(sys.stdin)]))
`;
  const tests = someTests();
  const oracle = JSON.parse(await runPython(python, ["-c", script], JSON.stringify(tests))) as number[][][];
  for (const [i, pValues] of tests.entries()) {
    for (const [j, correct] of [holm, benjaminiHochberg].entries()) {
      const off = correct(pValues).map((p, k) => Math.abs(p - oracle[i]![j]![k]!));
      expect(Math.max(...off)).toBeLessThan(1e-12);
    }
  }
});

it("never makes a p-value smaller, nor Benjamini and Hochberg's larger than Holm's, whatever the order", () => {
  for (const pValues of someTests()) {
    const [strict, lenient] = [holm(pValues), benjaminiHochberg(pValues)];
    for (const [i, p] of pValues.entries()) {
      expect(p <= lenient[i]! && lenient[i]! <= strict[i]! + 1e-15 && strict[i]! <= 1).toBe(true);
    }
    expect(holm(pValues.toReversed())).toEqual(strict.toReversed());
    expect(benjaminiHochberg(pValues.toReversed())).toEqual(lenient.toReversed());
    expect(holm([...pValues, 1, 1]).slice(0, pValues.length)).toEqual(holm(pValues, pValues.length + 2));
  }
});

it("answers nothing for no test", () => {
  expect([holm([]), benjaminiHochberg([])]).toEqual([[], []]);
});
