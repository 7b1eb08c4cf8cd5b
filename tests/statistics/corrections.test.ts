import { expect, it } from "vitest";

import { benjaminiHochberg } from "../../src/statistics/benjamini-hochberg.js";
import { holm } from "../../src/statistics/holm.js";
import { ryan } from "../../src/statistics/ryan.js";
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

it("calls worse than the best, by Ryan, what every set of models with both says by Bonferroni", () => {
  const random = seededRandom(8);
  const models = 6;
  const others = Array.from({ length: models - 1 }, (_, i) => i);
  const sets = Array.from({ length: 2 ** others.length - 1 }, (_, bits) =>
    others.filter((i) => ((bits + 1) >> i) & 1),
  );
  let shown = 0;
  for (let round = 0; round < 500; round++) {
    const pValues = others.map(() => random() ** 4);
    const alpha = 0.05;
    // Of set.length + 1 models with the best: of so many Ryan allows each pair 2 alpha / (models set.length).
    const isShown = (set: number[]) =>
      Math.min(...set.map((i) => pValues[i]!)) <= (2 * alpha) / (models * set.length);
    const corrected = ryan(pValues, models);
    for (const i of others) {
      const everywhere = sets.filter((set) => set.includes(i)).every(isShown);
      expect(corrected[i]! <= alpha).toBe(everywhere);
      shown += Number(everywhere);
    }
  }
  expect(shown).toBeGreaterThan(100);
});

it("never corrects by Ryan more than by Holm for all pairs, and takes missing tests for the nearest", () => {
  for (const pValues of someTests()) {
    const models = pValues.length + 1;
    const [byPairs, corrected] = [holm(pValues, (models * (models - 1)) / 2), ryan(pValues, models)];
    for (const [i, p] of pValues.entries()) {
      expect(p <= corrected[i]! && corrected[i]! <= byPairs[i]! + 1e-15).toBe(true);
    }
    expect(ryan(pValues.toReversed(), models)).toEqual(corrected.toReversed());
    expect(ryan(pValues, models + 2)).toEqual(ryan([...pValues, 1, 1], models + 2).slice(0, pValues.length));
  }
});

it("answers nothing for no test", () => {
  expect([holm([]), benjaminiHochberg([]), ryan([], 1)]).toEqual([[], [], []]);
});
