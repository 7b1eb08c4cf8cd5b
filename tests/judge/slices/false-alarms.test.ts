import { expect, it } from "vitest";

import { type SampleLosses, sampleLosses } from "../../../src/judge/slices/sample-losses.js";
import { searchSlices } from "../../../src/judge/slices/search-slices.js";
import { sliceColumn } from "../../../src/judge/slices/slice-columns.js";
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
    it(`the search finds a slice in at most 5 % of the test sets that have none: ${shape}, ${correction}`, () => {
      let alarms = 0;
      for (let seed = 0; seed < simulations; seed++) {
        const random = seededRandom(seed);
        const { tried, significant } = searchSlices(losses(random), columns(random), {
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
