import { expect, it } from "vitest";

import { classificationScores } from "../../src/scores/classification-sample.js";
import { regressionScores } from "../../src/scores/regression-sample.js";

const million = 1_000_000;

it("scores a million distinct labels, as many as samples", () => {
  const labels = Array.from({ length: million }, (_, code) => `label ${code}`);
  const yTrue = Int32Array.from({ length: million }, (_, i) => i);
  const yPred = yTrue.map((code) => (code % 2 === 0 ? code : code - 1));
  const { scores, notes } = classificationScores({ labels, yTrue, yPred });
  expect(scores.accuracy).toBe(0.5);
  expect(scores.precision_macro).toBe(0.25);
  expect(scores.recall_macro).toBe(0.5);
  expect(scores.f1_macro).toBeCloseTo(1 / 3, 12);
  expect(notes.map((note) => note.reason.length < 300)).not.toContain(false);
});

it("keeps correlation and kappa exact at ten million samples, where products of counts pass 2^46", () => {
  const n = 10 * million;
  const yTrue = new Int32Array(n).fill(1, n / 2);
  const yPred = yTrue.slice();
  yPred[0] = 1;
  const { scores } = classificationScores({ labels: [0, 1], yTrue, yPred });
  // TP = N/2, FN = 0, FP = 1, TN = N/2 - 1
  const half = BigInt(n / 2);
  const numerator = half * (half - 1n); // TP TN - FP FN
  const squared = half * (half + 1n) * half * (half - 1n); // product of the four margins
  const phi = Math.sqrt(Number((numerator * numerator * 10n ** 32n) / squared) / 1e32);
  expect(Math.abs(scores.matthews_corrcoef! - phi)).toBeLessThan(1e-14);
  expect(Math.abs(scores.cohen_kappa! - (1 - 2 / n))).toBeLessThan(1e-14);
});

it("takes less than a second for a million samples", () => {
  const yTrue = Int32Array.from({ length: million }, (_, i) => Number((i * 48271) % 10 < 3));
  const yScore = Float64Array.from(yTrue, (code, i) => (((i * 16807) % 2147483647) / 2147483647 + code) / 2);
  const yPred = Int32Array.from(yScore, (score) => Number(score > 0.5));
  const values = Float64Array.from(yScore, (score) => score * 100);
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    classificationScores({ labels: [0, 1], yTrue, yPred, yScore });
    regressionScores({ yTrue: values, yPred: yScore });
    return performance.now() - start;
  });
  // About a tenth of a second on a quiet machine; the best of three leaves room for a busy one.
  expect(Math.min(...times)).toBeLessThan(1000);
});
