import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { aucEstimate } from "../../src/statistics/auc-estimate.js";
import { aucLimits } from "../../src/statistics/auc-limits.js";
import { averagePrecisionEstimate } from "../../src/statistics/average-precision-estimate.js";
import { classRanking } from "../../src/statistics/class-ranking.js";
import { estimateDifference, estimateInterval, meanEstimate } from "../../src/statistics/estimate.js";
import { fisherExact } from "../../src/statistics/fisher-exact.js";
import { mcNemarMidP } from "../../src/statistics/mcnemar.js";
import { newcombeInterval } from "../../src/statistics/newcombe-interval.js";
import { normalQuantile, normalTail } from "../../src/statistics/normal-distribution.js";
import { pairedSharesInterval } from "../../src/statistics/paired-shares-interval.js";
import { addRanked, type RankedEstimate } from "../../src/statistics/ranked-estimate.js";
import { seededRandom } from "../../src/statistics/seeded-random.js";
import { selectRank } from "../../src/statistics/select-rank.js";
import { shareLimits } from "../../src/statistics/share-limits.js";
import { skewedTInterval, skewedTP } from "../../src/statistics/skewed-t.js";
import { sortOrder } from "../../src/statistics/sort-order.js";
import { studentQuantile, studentTwoSided } from "../../src/statistics/student-distribution.js";
import { welchDeviation } from "../../src/statistics/welch-deviation.js";
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
    fisher: [
      [0, 1, 1, 1],
      [3, 3, 0, 3],
      [2, 4, 2, 4],
      [0, 20, 0, 30],
      [20, 20, 30, 30],
      [7, 20, 3, 80],
      [3, 20, 30, 80],
      [28, 132, 40, 1000],
      [1, 5000, 40, 9000],
      [500, 5000, 4000, 50_000],
      [4300, 40_000, 100_000, 960_000],
      [150_000, 3_000_000, 349_000, 7_000_000],
    ],
    newcombe: [
      [0, 20, 3, 50],
      [20, 20, 50, 50],
      [7, 20, 3, 80],
      [28, 132, 40, 1000],
    ].flatMap((table) => [0.9, 0.95].map((level) => [...table, level])),
    welch: [
      [Array.from({ length: 12 }, random), Array.from({ length: 700 }, () => random() ** 4), 0.95],
      [Array.from({ length: 400 }, () => random() + 0.3), Array.from({ length: 30 }, random), 0.9],
      [[1, 2], [1.5, 1.5, 1.5], 0.95],
    ] as [number[], number[], number][],
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
      [Array.from({ length: 300 }, () => random() - 0.45), "exact"],
      [[1, 1, 1, 1, 1, 1, 1, -1], "enumerated"],
      [[1, 1, 1, 1, 1, 1], "enumerated"],
      [[0, 0, 3, 1, 1, -2, 4, 0, 2, 2], "enumerated"],
      [Array.from({ length: 12 }, () => Math.round(3 * random() - 0.6)), "enumerated"],
      [Array.from({ length: 700 }, whole), "approx"],
      [Array.from({ length: 5000 }, () => random() - 0.49), "approx"],
    ],
    newcombe_paired: [
      [36, 12, 2, 0, 0.95],
      [160, 0, 4, 3, 0.95],
      [20, 0, 0, 0, 0.9],
      [0, 5, 7, 0, 0.99],
      [400, 30, 61, 9, 0.95],
    ],
    mid_p_limits: [
      [0, 1],
      [1, 1],
      [1, 3],
      [5, 7],
      [40, 40],
      [99, 100],
      [37, 100],
    ].flatMap(([k, n]) => [0.5, 0.95, 0.999].map((level) => [k!, n!, level])),
    auc_limits: [0.3, 0.8, 0.97, 1].flatMap((area) => [
      [area, 3, 200, 0.95],
      [area, 40, 30, 0.99],
    ]),
  };
  const oracle = JSON.parse(await runPython(python, [script], JSON.stringify(cases))) as {
    [name in "tail" | "student" | "quantile" | "fisher" | "mcnemar" | "wilcoxon" | "ttest"]: number[];
  } & {
    wilson: number[][];
    newcombe: number[][];
    welch: number[][];
    newcombe_paired: number[][];
    mid_p_limits: [number, number][];
    auc_limits: [number, number][];
    auc: number;
    delong: number;
    ap: number;
    ap_error: number;
  };
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
    cases.fisher.map(([k, n, other, m]) => fisherExact(k!, n!, other!, m!)),
    oracle.fisher,
  );
  close(
    cases.newcombe.flatMap(([k, n, other, m, level]) =>
      Object.values(newcombeInterval(k!, n!, other!, m!, level!)),
    ),
    oracle.newcombe.flat(),
  );
  close(
    cases.welch.flatMap(([first, second, level]) => Object.values(welch(first, second, level))),
    oracle.welch.flat(),
  );
  close(
    cases.wilson.flatMap(([k, n, level]) => Object.values(wilsonInterval(k!, n!, level!))),
    oracle.wilson.flat(),
  );
  close(
    cases.newcombe_paired.flatMap(([both, onlyFirst, onlySecond, neither, level]) => {
      const outcomes = {
        both: both!,
        onlyFirst: onlyFirst!,
        onlySecond: onlySecond!,
        neither: neither!,
      };
      return Object.values(pairedSharesInterval(outcomes, level!));
    }),
    oracle.newcombe_paired.flat(),
  );
  const deviations = (level: number) => -normalQuantile((1 - level) / 2);
  close(
    cases.mid_p_limits.flatMap(([k, n, level]) => Object.values(shareLimits(k!, n!, deviations(level!)))),
    oracle.mid_p_limits.flat(),
  );
  close(
    cases.auc_limits.flatMap(([area, m, n, level]) =>
      Object.values(aucLimits(area!, m!, n!, deviations(level!))),
    ),
    oracle.auc_limits.flat(),
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
  const [rankingA, rankingB] = [scoresA, scoresB].map((scores) =>
    classRanking(scores, Int32Array.from(y), 1),
  );
  const perSample = (ranked: RankedEstimate, ranking = rankingA!) =>
    addRanked({ value: 0, parts: new Float64Array(y.length) }, ranked, ranking, 1);
  const t = estimateInterval(estimateDifference(meanEstimate(scoresA), meanEstimate(scoresB)), 0.9, 399)!;
  close([t.p, t.low, t.high], oracle.ttest);
  const ofA = perSample(aucEstimate(rankingA!)!);
  const ofB = perSample(aucEstimate(rankingB!)!, rankingB);
  const { standardError } = estimateInterval(estimateDifference(ofA, ofB), 0.95)!;
  close([ofA.value, standardError], [oracle.auc, oracle.delong]);

  const precision = perSample(averagePrecisionEstimate(rankingA!)!);
  close([precision.value], [oracle.ap]);
  // The jackknife's error is another approximation of the same thing.
  expect(estimateInterval(precision, 0.95)!.standardError / oracle.ap_error).toBeCloseTo(1, 1);
});

it("finds the value of a rank as sorting does, also among ties, and leaves the smaller ones before it", () => {
  const random = seededRandom(1);
  for (const distinct of [3, 100, 1e9]) {
    const values = Float64Array.from({ length: 5000 }, () => Math.round((random() - 0.5) * distinct) + 0);
    const sorted = values.toSorted();
    for (const rank of [0, 1, 17, 2500, 4998, 4999]) {
      const places = values.slice();
      expect(selectRank(places, rank)).toBe(sorted[rank]);
      expect(Math.max(...places.subarray(0, rank + 1))).toBe(sorted[rank]);
    }
  }
});

it("places scores among a class's as comparing with each does, however unevenly they lie", () => {
  const random = seededRandom(2);
  const shapes = [
    () => random(),
    () => Math.round(random() * 20) / 20,
    () => Math.exp(-800 * random()),
    () => (random() < 0.5 ? -1 : 1) * 1.7e308,
    () => 0.5,
  ];
  for (const shape of shapes) {
    const scores = Float64Array.from({ length: 500 }, shape);
    const classes = Int32Array.from(scores, () => Number(random() < 0.3));
    const thresholds = [...new Set(scores.filter((_, i) => classes[i] === 1))].sort((a, b) => a - b);
    const places = Array.from(scores, (score, i) => {
      const below = thresholds.filter((threshold) => threshold < score).length;
      const place = 2 * below + Number(thresholds[below] === score);
      return classes[i] === 1 ? 2 * thresholds.length + 1 + below : place;
    });
    expect(Array.from(classRanking(scores, classes, 1).places)).toEqual(places);
  }
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

/** Without the skewness, which scipy does not know. */
function welch(first: readonly number[], second: readonly number[], level: number) {
  const deviation = { ...welchDeviation(centralSums(first), centralSums(second))!, skew: 0 };
  const { value } = deviation;
  return { value, ...skewedTInterval(deviation, level), p: skewedTP(deviation) };
}

function centralSums(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const power = (exponent: number) => values.reduce((sum, value) => sum + (value - mean) ** exponent, 0);
  return { n: values.length, mean, squares: power(2), cubes: power(3) };
}
