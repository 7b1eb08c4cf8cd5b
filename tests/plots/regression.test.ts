import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { errorByDecile } from "../../src/plots/error-by-decile.js";
import { normalQq } from "../../src/plots/normal-qq.js";
import { openPredictions, type Predictions } from "../../src/plots/open-predictions.js";
import type { PlotDensity, PlotPoints } from "../../src/plots/plot-schema.js";
import { predictedVsActual } from "../../src/plots/predicted-vs-actual.js";
import { residualHistogram } from "../../src/plots/residual-histogram.js";
import { residuals } from "../../src/plots/residuals.js";
import { worstSamples } from "../../src/plots/worst-samples.js";
import { oraclePython, runPython } from "../python/python.js";
import { regressionCases } from "./cases.js";
import { differences } from "./differences.js";
import { connect, type Logged, logged, oracleScript } from "./predictions.js";

interface Grid {
  counts: number[][];
  x_edges: number[];
  y_edges: number[];
}
interface Oracle {
  y_true: [number, number];
  y_pred: [number, number];
  error: [number, number];
  predicted_vs_actual: Grid | null;
  residuals: Grid | null;
  histogram: Record<string, { counts: number[]; edges: number[] }>;
  mean_error: number;
  median_error: number;
  deciles: unknown[];
  worst: number[];
  qq?: { quantile: number[]; ordered: number[]; fit: [number, number, number] };
}
interface Case {
  name: string;
  given: Logged;
  predictions: Predictions;
  expected: Oracle;
}

let store: string;
let cases: Case[] = [];

beforeAll(async () => {
  store = await mkdtemp(join(tmpdir(), "ml-tracking-plots-"));
  const python = oraclePython({ skip: () => "" as never });
  if (!python) return;
  const real = (JSON.parse(await runPython(python, [oracleScript, "data"])) as Record<string, unknown>[])
    .filter((each) => each["kind"] === "regression")
    .map((each) => ({
      name: each["name"] as string,
      kind: "regression" as const,
      yTrue: each["y_true"] as number[],
      yPred: each["y_pred"] as number[],
    }));
  const given = [...real, ...regressionCases()];
  const paths: string[] = [];
  for (const each of given) paths.push(await logged(store, each));
  const questions = paths.map((path) => ({ path, kind: "regression" }));
  const answers = JSON.parse(
    await runPython(python, [oracleScript, "plots"], JSON.stringify(questions)),
  ) as Oracle[];
  cases = await Promise.all(
    given.map(async (each, i) => ({
      name: each.name,
      given: each,
      predictions: await openPredictions({ connect, path: paths[i]! }),
      expected: answers[i]!,
    })),
  );
}, 180_000);

afterAll(() => rm(store, { recursive: true, force: true }));

async function differing(compare: (each: Case) => Promise<string[]>): Promise<string[]> {
  const found: string[] = [];
  for (const each of cases) {
    for (const difference of await compare(each)) found.push(`${each.name}: ${difference}`);
  }
  return found;
}

describe("on real and generated regressions", () => {
  it("predicted against actual values are the samples themselves up to 5,000, and numpy's histogram2d beyond", async (context) => {
    oraclePython(context);
    let grids = 0;
    const found = await differing(async ({ predictions, expected, given }) => {
      const data = await predictedVsActual(predictions);
      if (data.data.form === "density") grids += 1;
      const [low, high] = [
        Math.min(expected.y_true[0], expected.y_pred[0]),
        Math.max(expected.y_true[1], expected.y_pred[1]),
      ];
      return [
        ...cloudDifferences(data.data, expected.predicted_vs_actual, given.yTrue, given.yPred),
        ...differences([data.y_true.min, data.y_true.max], expected.y_true),
        ...differences([data.y_pred.min, data.y_pred.max], expected.y_pred),
        ...differences([data.identity.min, data.identity.max], [low, high]),
      ];
    });
    expect(found).toEqual([]);
    expect(grids).toBe(2);
  });

  it("residuals are y_pred - y_true over y_pred", async (context) => {
    oraclePython(context);
    const found = await differing(async ({ predictions, expected, given }) => {
      const data = await residuals(predictions);
      const errors = Array.from(given.yPred, (prediction, i) => Number(prediction) - Number(given.yTrue[i]));
      return [
        ...cloudDifferences(data.data, expected.residuals, given.yPred, errors),
        ...differences([data.y_pred.min, data.y_pred.max], expected.y_pred),
        ...differences([data.error.min, data.error.max], expected.error),
      ];
    });
    expect(found).toEqual([]);
  });

  it("the histogram of errors is numpy's, by its rules and for a number of bins", async (context) => {
    oraclePython(context);
    let compared = 0;
    const found = await differing(async ({ predictions, expected }) => {
      const problems: string[] = [];
      for (const [name, histogram] of Object.entries(expected.histogram)) {
        const bins = name === "auto" || name === "fd" ? name : Number(name);
        const data = await residualHistogram(predictions, { bins });
        const { edges, counts } = data;
        problems.push(...differences({ edges, counts }, histogram, 1e-12, name));
        problems.push(...differences(data.bins_wanted, histogram.counts.length, 0, name));
        problems.push(...differences(data.mean_error, expected.mean_error, 1e-12, "mean"));
        problems.push(...differences(data.median_error, expected.median_error, 1e-12, "median"));
        compared += 1;
      }
      return problems;
    });
    expect(found).toEqual([]);
    expect(compared).toBeGreaterThan(3 * cases.length - 6);
  });

  it("a histogram of more bins than a page can show has 2,000, and says how many the rule wants", async () => {
    const { predictions } = await outlier();
    const data = await residualHistogram(predictions, { bins: "fd" });
    expect(data.counts).toHaveLength(2000);
    expect(data.bins_wanted).toBeGreaterThan(1e9);
    expect(data.counts.reduce((sum, count) => sum + count, 0)).toBe(data.samples);
  });

  it("errors one rounding apart get as many bins as there are doubles for", async () => {
    const next = 1 + Number.EPSILON;
    const path = await logged(store, {
      name: "narrow",
      kind: "regression",
      yTrue: [0, 0, 0],
      yPred: [1, next, next],
    });
    const data = await residualHistogram(await openPredictions({ connect, path }), { bins: 50 });
    expect(data.edges.every((edge, i) => i === 0 || edge > data.edges[i - 1]!)).toBe(true);
    expect(data.counts).toEqual([3]); // no double lies between the two
  });

  it("the normal Q-Q points and their line are scipy's", async (context) => {
    oraclePython(context);
    const found = await differing(async ({ predictions, expected }) => {
      const data = await normalQq(predictions);
      if (!expected.qq) return data.slope === null && data.reasons["slope"] ? [] : ["one sample has a line"];
      const { quantile, ordered, fit } = expected.qq;
      const [slope, intercept, r] = fit;
      const equal = expected.error[0] === expected.error[1];
      const scale = Math.max(Math.abs(expected.error[0]), Math.abs(expected.error[1]));
      const points = data.theoretical_quantile.map((value, i) => [value, data.ordered_error[i]!]);
      return [
        ...pointsOff(points, quantile, ordered),
        ...(Math.abs(data.slope! - slope) <= 1e-9 * scale ? [] : [`slope ${data.slope} instead of ${slope}`]),
        ...(Math.abs(data.intercept! - intercept) <= 1e-9 * scale
          ? []
          : [`intercept ${data.intercept}, not ${intercept}`]),
        ...(equal
          ? differences([data.r, typeof data.reasons["r"]], [null, "string"])
          : differences(data.r, scale < 1e-200 ? data.r : r, 1e-9, "r")), // scipy's squares underflow to 0 there
        ...differences([data.slope_error_bound, data.r_error_bound], [0, 0]),
      ];
    });
    expect(found).toEqual([]);
  });

  it("the correlation of the Q-Q points does not depend on the unit, however small", async () => {
    const [large, small] = await Promise.all(
      [1, 1e-300].map(async (unit) => {
        const yPred = [0.1, 0.5, 0.2, 0.9, 0.4].map((value) => value * unit);
        const given: Logged = { name: "unit", kind: "regression", yTrue: yPred.map(() => 0), yPred };
        return normalQq(await openPredictions({ connect, path: await logged(store, given) }));
      }),
    );
    expect(large!.r).toBeGreaterThan(0.9);
    expect(differences(small!.r, large!.r)).toEqual([]);
  });

  it("the error by decile is that of pandas' qcut, down to the median", async (context) => {
    oraclePython(context);
    const found = await differing(async ({ predictions, expected }) => {
      const data = await errorByDecile(predictions);
      return differences(data.deciles, expected.deciles);
    });
    expect(found).toEqual([]);
    expect(cases.filter(({ expected }) => expected.deciles.length < 10).length).toBeGreaterThan(3);
  });

  it("the worst samples come in the order of their absolute error, of equal ones the earlier first", async (context) => {
    oraclePython(context);
    const found = await differing(async ({ predictions, expected }) => {
      const { rows } = await worstSamples(predictions);
      return differences(
        rows.map(({ row }) => row),
        expected.worst,
      );
    });
    expect(found).toEqual([]);
  });
});

async function outlier(): Promise<{ predictions: Predictions }> {
  const given = regressionCases().find(({ name }) => name.includes("outlier"))!;
  return { predictions: await openPredictions({ connect, path: await logged(store, given) }) };
}

function cloudDifferences(
  data: PlotPoints | PlotDensity,
  grid: Grid | null,
  x: ArrayLike<unknown>,
  y: ArrayLike<unknown>,
): string[] {
  if (data.form === "points") {
    if (grid) return ["points where a grid is due"];
    const { x: dataX, y: dataY, row, sample_id } = data;
    const rows = Array.from({ length: x.length }, (_, i) => i);
    const ids = rows.map((at) => `sample ${at}`);
    const points = [dataX, dataY, row, sample_id];
    return differences(points, [Array.from(x), Array.from(y), rows, ids], 0);
  }
  if (!grid) return ["a grid where points are due"];
  const counts = data.y_edges.slice(1).map(() => data.x_edges.slice(1).map(() => 0));
  data.count.forEach((count, i) => {
    counts[data.y_bin[i]!]![data.x_bin[i]!] = count;
  });
  const { x_edges, y_edges } = data;
  return differences({ counts, x_edges, y_edges }, grid);
}

/** Points that are not among scipy's; all of scipy's where they are few and differ. */
function pointsOff(points: number[][], quantile: number[], ordered: number[]): string[] {
  let at = 0;
  const problems: string[] = [];
  for (const [x, y] of points) {
    while (at < quantile.length && !near(quantile[at]!, x!, 1e-9)) at += 1;
    if (at === quantile.length) return [`no quantile ${x}`];
    if (!near(ordered[at]!, y!, 1e-12)) problems.push(`${y} at ${x} instead of ${ordered[at]}`);
  }
  const distinct = new Set(ordered).size;
  if (quantile.length <= 2000 && points.length < Math.min(distinct, quantile.length))
    problems.push("points are missing");
  return problems;
}

function near(a: number, b: number, relative: number): boolean {
  return Math.abs(a - b) <= relative * Math.max(Math.abs(a), Math.abs(b));
}
