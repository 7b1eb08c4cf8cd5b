import { expect, it } from "vitest";

import { judgeDifference } from "../../../src/judge/difference/judge-difference.js";
import { takeRows } from "../../../src/judge/pairing/judged-sample.js";
import { drawsAmongAll } from "../../../src/judge/slices/draws-among-all.js";
import { type SampleLosses, sampleLosses } from "../../../src/judge/slices/sample-losses.js";
import { searchSlices } from "../../../src/judge/slices/search-slices.js";
import { sliceColumn } from "../../../src/judge/slices/slice-columns.js";
import { holm } from "../../../src/statistics/holm.js";
import { normalQuantile } from "../../../src/statistics/normal-distribution.js";
import { seededRandom } from "../../../src/statistics/seeded-random.js";

const samples = 400;
const simulations = 500;

/** Losses of a model that is equally good everywhere, of every shape that misleads a t test. */
const shapes: Record<string, (random: () => number) => SampleLosses> = {
  "10 % wrong": (random) => shares(() => random() > 0.1),
  "2 % wrong": (random) => shares(() => random() > 0.02),
  "errors that are normal": (random) => errors(() => normalQuantile(random())),
  "errors that are skewed": (random) => errors(() => Math.exp(normalQuantile(random()))),
  "a few errors that are huge": (random) => errors(() => Math.exp(2 * normalQuantile(random()))),
  "mostly large errors": (random) => errors(() => Math.max(0, 10 + Math.log(random()))),
};

function shares(isRight: () => boolean): SampleLosses {
  const values = Float64Array.from({ length: samples }, () => Number(isRight()));
  return { isShare: true, values, binned: undefined, isHeavyTailed: false, centre: 0, worse: -1 };
}

function errors(draw: () => number): SampleLosses {
  const yTrue = new Float64Array(samples);
  return sampleLosses({ kind: "regression", yTrue, yPred: yTrue.map(draw) }, "mean_absolute_error")!;
}

/** Columns of groups that are alike in size, and of ones that are most or next to none of the samples. */
function columns(random: () => number) {
  return [
    [0.5, 0.5],
    [0.93, 0.07],
    [0.2, 0.3, 0.5],
    [0.88, 0.06, 0.06],
  ].map((sizes, column) => {
    const codes = Int32Array.from({ length: samples }, () => {
      let [left, code] = [random(), 0];
      while (code < sizes.length - 1 && left > sizes[code]!) left -= sizes[code++]!;
      return code;
    });
    const dictionary = sizes.map((_, code) => `value ${code}`);
    const name = `column ${column}`;
    return sliceColumn(name, { name, type: "string", dictionary, codes, nullable: true }, 5);
  });
}

for (const [shape, losses] of Object.entries(shapes)) {
  for (const correction of ["holm", "bh"] as const) {
    it(`the search finds a slice in at most 5 % of the test sets that have none: ${shape}, ${correction}`, async () => {
      let alarms = 0;
      for (let seed = 0; seed < simulations; seed++) {
        const random = seededRandom(seed);
        const { tried, significant } = await searchSlices(losses(random), columns(random), {
          minSize: 20,
          level: 0.95,
          correction,
          limit: 20,
        });
        expect(tried).toBeGreaterThan(20);
        alarms += Number(significant > 0);
      }
      // At a true rate of 5 %, 35 alarms or more of 500 come up 1 time in 30.
      expect(alarms).toBeLessThan(35);
    });
  }
}

it("finds a slice whose one sample in ten has a huge error, though the others are smaller than elsewhere", async () => {
  const random = seededRandom(1);
  const codes = Int32Array.from({ length: 2000 }, (_, i) => Number(i < 200));
  const yPred = Float64Array.from(codes, (code, i) =>
    code === 0 ? random() : i % 10 === 0 ? 100 : 0.6 * random(),
  );
  const sample = { kind: "regression", yTrue: new Float64Array(2000), yPred } as const;
  const losses = sampleLosses(sample, "mean_absolute_error")!;
  const dictionary = ["ok", "bad"];
  const site = sliceColumn("site", { name: "site", type: "string", dictionary, codes, nullable: true }, 5);
  const options = { minSize: 20, level: 0.95, correction: "holm", limit: 20 } as const;
  const { slices } = await searchSlices(losses, [site], options);
  expect(slices.map(({ sums }) => sums.n)).toEqual([200]);
  expect(slices[0]!.corrected).toBeLessThan(1e-4);
});

it("calls two models different on a slice in few comparisons where one of them has rare large errors", () => {
  const sizes = Array.from({ length: 40 }, (_, i) => 20 + 4 * i);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const yTrue = new Float64Array(all);
  const mean = Math.sqrt(2 / Math.PI);
  const rounds = 60;
  let [alarms, withoutAll] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    const random = seededRandom(round);
    const normal = () => normalQuantile(random());
    // Of the same mean size: half of it in one error of 50.
    const rare = () => (random() < 0.02 ? 25 * mean : (0.5 / 0.98) * normal());
    const model = (error: () => number) => ({ kind: "regression", yTrue, yPred: yTrue.map(error) }) as const;
    const [a, b] = [model(normal), model(rare)];
    const pAmongAll = drawsAmongAll(a, b, "mean_absolute_error")!;
    let first = 0;
    const pValues = sizes.map((size) => {
      const rows = Int32Array.from({ length: size }, (_, i) => first + i);
      first += size;
      const options = { level: 0.95, seed: 0, scores: ["mean_absolute_error"] };
      const { p } = judgeDifference(takeRows(a, rows), takeRows(b, rows), options).scores[0]!;
      return [p!, Math.max(p!, pAmongAll(rows))] as const;
    });
    withoutAll += Number(holm(pValues.map(([p]) => p)).some((p) => p <= 0.05));
    alarms += Number(holm(pValues.map(([, p]) => p)).some((p) => p <= 0.05));
  }
  expect(alarms / rounds).toBeLessThan(0.12); // 5 %, and two standard errors of 60 rounds
  expect(withoutAll / rounds).toBeGreaterThan(0.5);
});
