import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

import { aucEstimate } from "../../src/statistics/auc-estimate.js";
import { averagePrecisionEstimate } from "../../src/statistics/average-precision-estimate.js";
import { bcaInterval } from "../../src/statistics/bca-interval.js";
import { bootstrapCounts } from "../../src/statistics/bootstrap-counts.js";
import { estimateDifference, estimateInterval, meanEstimate } from "../../src/statistics/estimate.js";
import { mcNemarMidP } from "../../src/statistics/mcnemar.js";
import { normalTail } from "../../src/statistics/normal-distribution.js";
import { seededRandom } from "../../src/statistics/seeded-random.js";
import { sortOrder } from "../../src/statistics/sort-order.js";
import { studentQuantile, studentTwoSided } from "../../src/statistics/student-distribution.js";
import { wilcoxonSignedRank } from "../../src/statistics/wilcoxon-signed-rank.js";
import { wilsonInterval } from "../../src/statistics/wilson-interval.js";
import { oraclePython, runPython } from "../python/python.js";

const script = fileURLToPath(new URL("oracle.py", import.meta.url));

it("equals scipy, statsmodels and scikit-learn to 1e-9", async (context) => {
  const python = oraclePython(context);
  const random = seededRandom(7);
  const y = Array.from({ length: 400 }, () => Number(random() < 0.3));
  const a = y.map((positive) => Math.round((random() + positive * 0.4) * 50) / 50); // with ties
  const b = y.map((positive) => Math.round((random() + positive * 0.6) * 50) / 50);
  const whole = () => Math.floor(random() * 40) - 15;
  const cases = {
    y,
    a,
    b,
    z: [-8, -2.5, -1, 0, 1e-9, 0.5, 1.96, 2.4999, 2.5, 5, 12, 37],
    t: [1, 2, 3, 10, 29, 1000, 999_999, 9_999_999].flatMap((df) =>
      [1e-6, 0.3, 1, 1.96, 4, 20].map((t) => [t, df]),
    ),
    q: [1, 2, 5, 30, 1000, 999_999].flatMap((df) => [0.55, 0.9, 0.975, 0.9995].map((q) => [q, df])),
    wilson: [0, 1, 17, 50].flatMap((k) => [0.9, 0.95, 0.99].map((level) => [k, 50, level])),
    mcnemar: [
      [0, 1],
      [0, 0],
      [3, 3],
      [17, 41],
      [1, 9],
      [0, 60],
      [120, 180],
      [5000, 5200],
      [400_000, 401_500],
      [5_000_000, 5_003_000],
      [0, 2000],
    ],
    wilcoxon: [
      [Array.from({ length: 12 }, () => random() - 0.3), "exact"],
      [Array.from({ length: 50 }, () => random() - 0.4), "exact"],
      [Array.from({ length: 60 }, whole), "approx"],
      [Array.from({ length: 700 }, whole), "approx"],
      [Array.from({ length: 5000 }, () => random() - 0.49), "approx"],
    ],
    bca: [30, 10],
  };
  const oracle = JSON.parse(await runPython(python, [script], JSON.stringify(cases))) as {
    [name in "tail" | "student" | "quantile" | "mcnemar" | "wilcoxon" | "ttest" | "bca"]: number[];
  } & { wilson: number[][]; auc: number; delong: number; ap: number; ap_error: number };
  const close = (ours: number[], theirs: number[]) => {
    expect(ours).toHaveLength(theirs.length);
    const off = ours.map((value, i) => [value, theirs[i]!] as const);
    expect(off.filter(([x, z]) => !(Math.abs(x - z) <= 1e-9 * Math.max(Math.abs(z), 1e-3)))).toEqual([]);
  };
  close(cases.z.map(normalTail), oracle.tail);
  close(
    cases.t.map(([t, df]) => studentTwoSided(t!, df!)),
    oracle.student,
  );
  close(
    cases.q.map(([q, df]) => studentQuantile(q!, df!)),
    oracle.quantile,
  );
  close(
    cases.wilson.flatMap(([k, n, level]) => Object.values(wilsonInterval(k!, n!, level!))),
    oracle.wilson.flat(),
  );
  close(
    cases.mcnemar.map(([only, other]) => mcNemarMidP(only!, other!)),
    oracle.mcnemar,
  );
  close(
    cases.wilcoxon.map(([d]) => wilcoxonSignedRank(Float64Array.from(d as number[])).p),
    oracle.wilcoxon,
  );

  const [scoresA, scoresB] = [Float64Array.from(a), Float64Array.from(b)];
  const positive = Uint8Array.from(y);
  const t = estimateInterval(estimateDifference(meanEstimate(scoresA), meanEstimate(scoresB)), 0.9, 399)!;
  close([t.p, t.low, t.high], oracle.ttest);
  const ofA = aucEstimate(scoresA, positive, sortOrder(scoresA))!;
  const ofB = aucEstimate(scoresB, positive, sortOrder(scoresB))!;
  const { standardError } = estimateInterval(estimateDifference(ofA, ofB), 0.95)!;
  close([ofA.value, standardError], [oracle.auc, oracle.delong]);

  const precision = averagePrecisionEstimate(scoresA, positive, sortOrder(scoresA))!;
  close([precision.value], [oracle.ap]);
  // The jackknife's error is another approximation of the same thing.
  expect(estimateInterval(precision, 0.95)!.standardError / oracle.ap_error).toBeCloseTo(1, 1);

  const replicates = new Float64Array(40_000);
  bootstrapCounts(cases.bca, replicates.length, 3, (counts, i) => {
    replicates[i] = counts[1]! / 40;
  });
  const bca = bcaInterval(0.25, replicates, [10 / 39, 9 / 39], cases.bca, 0.95)!;
  expect(Math.abs(bca.low - oracle.bca[0]!)).toBeLessThan(0.026); // one sample of 40: both are steps
  expect(Math.abs(bca.high - oracle.bca[1]!)).toBeLessThan(0.026);
});

it("sorts numbers of either sign as the engine does, equal ones as they stand", () => {
  const random = seededRandom(1);
  const values = Float64Array.from({ length: 20_000 }, () => Math.round((random() - 0.5) * 1e4) / 7);
  values[5] = -0;
  values[6] = 0;
  const order = sortOrder(values);
  const wanted = Array.from(values.keys()).sort((i, j) => values[i]! - values[j]! || i - j);
  expect(Array.from(order)).toEqual(wanted);
});
