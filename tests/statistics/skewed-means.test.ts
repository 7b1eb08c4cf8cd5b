import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

import { binnedPopulation, binnedValues } from "../../src/statistics/binned-population.js";
import { comoments, meanOfSum } from "../../src/statistics/comoments.js";
import { meanDeviation } from "../../src/statistics/mean-deviation.js";
import { medianDifference } from "../../src/statistics/median-difference.js";
import { normalQuantile } from "../../src/statistics/normal-distribution.js";
import { seededRandom } from "../../src/statistics/seeded-random.js";
import { invertedInterval, skewedTInterval, skewedTP } from "../../src/statistics/skewed-t.js";
import { subsetMeanP } from "../../src/statistics/subset-mean-p.js";
import { oraclePython, runPython } from "../python/python.js";

const script = fileURLToPath(new URL("skewed_means.py", import.meta.url));
const random = seededRandom(3);
const normal = () => normalQuantile(random());
const many = (count: number, draw: () => number) => Array.from({ length: count }, draw);

it("gives the p-values, intervals and ratios that numpy and scipy give by the definitions", async (context) => {
  const python = oraclePython(context);
  const cases = {
    means: [
      [many(20, () => normal() + 0.4), 0.95],
      [many(60, () => Math.exp(normal()) - 1.2), 0.95],
      [many(200, () => normal() ** 2 - 1.1), 0.99],
      [many(15, () => -(normal() ** 2)), 0.9],
      [[1, 2, 4, 8, 16, 32, 64], 0.95],
    ] as [number[], number][],
    ratios: [30, 300].flatMap((n) =>
      [0.9, 0.95].map(
        (level) => [many(n, () => normal() ** 2), many(n, () => 3 * normal() ** 2), level] as const,
      ),
    ),
    permutations: [
      [many(12, normal), 5],
      [many(12, () => Math.exp(normal())), 6],
      [many(12, () => Math.round(2 * random())), 4],
      [[9, 8, 7, 1, 2, 3, 1, 2, 3, 0, 0, 0], 3],
      [[0, 0, 0, 1, 2, 3, 1, 2, 3, 9, 8, 7], 3],
      [many(14, (): number => random() ** 3), 4],
    ] as [number[], number][],
  };
  const oracle = JSON.parse(await runPython(python, [script], JSON.stringify(cases))) as {
    means: number[][];
    ratios: number[][];
    permutations: number[];
  };
  const close = (ours: number, theirs: number) =>
    expect(Math.abs(ours - theirs), `${ours} ${theirs}`).toBeLessThan(
      1e-8 * Math.max(1e-3, Math.abs(theirs)),
    );
  for (const [i, [values, level]] of cases.means.entries()) {
    const deviation = meanDeviation(Float64Array.from(values));
    const { low, high } = skewedTInterval(deviation, level);
    for (const [k, ours] of [skewedTP(deviation), low, high].entries()) close(ours, oracle.means[i]![k]!);
  }
  for (const [i, [x, y, level]] of cases.ratios.entries()) {
    const both = comoments(Float64Array.from(x), Float64Array.from(y));
    const ratio = both.means[0] / both.means[1];
    const at = (value: number) => meanOfSum(both, 1, -value);
    const found = invertedInterval(at, ratio, at(ratio).standardError / both.means[1], level)!;
    close(found.low, oracle.ratios[i]![0]!);
    close(found.high, oracle.ratios[i]![1]!);
  }
  for (const [i, [values, drawn]] of cases.permutations.entries()) {
    const sum = values.slice(0, drawn).reduce((all, each) => all + each, 0);
    const p = subsetMeanP(binnedPopulation(binnedValues(Float64Array.from(values))), drawn, sum);
    // A saddle point of a dozen numbers; exact where the sum is the greatest or the least.
    const ratio = p / oracle.permutations[i]!;
    expect(ratio, `case ${i}: ${p} ${oracle.permutations[i]}`).toBeGreaterThan(0.85);
    expect(ratio, `case ${i}: ${p} ${oracle.permutations[i]}`).toBeLessThan(1.15);
  }
});

it("finds the p of a rare mean that drawing finds, to a tenth, whatever the losses look like", () => {
  const shapes = [normal, () => Math.exp(normal()), () => (random() < 0.02 ? 20 : Math.abs(normal()))];
  for (const shape of shapes) {
    const values = Float64Array.from({ length: 600 }, shape).sort();
    const population = binnedPopulation(binnedValues(values));
    const sums = Float64Array.from({ length: 20_000 }, () => {
      let sum = 0;
      for (let i = 0; i < 60; i++) {
        const other = i + Math.floor(random() * (values.length - i));
        [values[i], values[other]] = [values[other]!, values[i]!];
        sum += values[i]!;
      }
      return sum;
    }).sort();
    for (const tail of [0.1, 0.01]) {
      const p = subsetMeanP(population, 60, sums[Math.floor((1 - tail) * sums.length)]!);
      expect(p / (2 * tail), `${p}`).toBeGreaterThan(0.75);
      expect(p / (2 * tail), `${p}`).toBeLessThan(1.3);
    }
  }
});

it("says no more than the data do of losses of any unit, and mirrors", () => {
  const values = Float64Array.from({ length: 40 }, () => Math.exp(normal()) - 1.5);
  const p = skewedTP(meanDeviation(values));
  for (const unit of [1e-160, 1e150, -1, -1e-160]) {
    expect(skewedTP(meanDeviation(values.map((value) => unit * value)))).toBeCloseTo(p, 12);
  }
  const { low, high } = skewedTInterval(meanDeviation(values), 0.95);
  const mirrored = skewedTInterval(meanDeviation(values.map((value) => -value)), 0.95);
  expect([-mirrored.high, -mirrored.low]).toEqual([low, high]);
});

it("leaves 0 out of the interval of two medians exactly where p is small", () => {
  let found = 0;
  for (let i = 0; i < 2000; i++) {
    const n = 8 + (i % 60);
    const before = Float64Array.from({ length: n }, () => Math.abs(normal()));
    const isCoarse = i % 3 === 0;
    const after = before.map((value) => {
      const other = 0.8 * value + 1.4 * random();
      return isCoarse ? Math.round(4 * other) / 4 : other;
    });
    const { low, high, p } = medianDifference(before, after, 0.95)!;
    expect(low > 0 || high < 0, `${low} ${high} ${p}`).toBe(p < 0.05);
    found += Number(p < 0.05);
  }
  expect(found).toBeGreaterThan(200);
  expect(found).toBeLessThan(1900);
});

it("has no verdict on two medians where one is nearer on 88 of 100 samples, but the medians lie on a plateau", () => {
  const before = Float64Array.from({ length: 100 }, (_, i) => i + 1);
  const after = before.map((size) => (size >= 45 && size <= 56 ? size + 3 : size - 0.5));
  const { low, high, p, standardError } = medianDifference(before, after, 0.95)!;
  expect(low).toBeLessThanOrEqual(0);
  expect(high).toBeGreaterThan(0);
  expect(p).toBeGreaterThan(0.05);
  expect(standardError).toBeGreaterThan(1);
});
