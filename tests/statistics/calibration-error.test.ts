import { expect, it } from "vitest";

import { calibrationError } from "../../src/statistics/calibration-error.js";
import { normalQuantile } from "../../src/statistics/normal-distribution.js";
import { seededRandom } from "../../src/statistics/seeded-random.js";

const bins = 10;

/** Scores whose logits are `1 / spread` times too far out. */
function drawn(random: () => number, samples: number, spread: number) {
  const [totals, positives, sums] = [1, 2, 3].map(() => new Float64Array(bins)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let squares = 0;
  for (let i = 0; i < samples; i++) {
    const logit = 1.5 * normalQuantile(random());
    const score = 1 / (1 + Math.exp(-logit));
    const isPositive = Number(random() < 1 / (1 + Math.exp(-spread * logit)));
    const bin = Math.min(bins - 1, Math.floor(score * bins));
    totals[bin]! += 1;
    positives[bin]! += isPositive;
    sums[bin]! += score;
    squares += (isPositive - score) ** 2;
  }
  return { totals, positives, sums, squares };
}

it("covers the calibration error of the population in 93 to 98 of 100 samples, calibrated or not", () => {
  const random = seededRandom(12);
  const times = 400;
  for (const spread of [1, 0.9, 0.6]) {
    const { value: truth } = calibrationError(drawn(random, 1_000_000, spread), 0.95, 0);
    const wanted = spread === 1 ? 0 : truth;
    let [covering, beyondLuck] = [0, 0];
    for (let time = 0; time < times; time++) {
      const { value, low, high, byLuck } = calibrationError(drawn(random, 500, spread), 0.95, time);
      if (low <= wanted && wanted <= high) covering += 1;
      if (value > byLuck) beyondLuck += 1;
    }
    expect(covering / times).toBeGreaterThan(0.93 - 2 * 0.0125);
    expect(covering / times).toBeLessThan(0.985);
    if (spread === 1) expect(beyondLuck / times).toBeLessThan(0.05 + 2 * 0.011);
    if (spread === 0.6) expect(beyondLuck / times).toBeGreaterThan(0.8);
  }
});
