import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

import { calibration } from "../../src/plots/calibration.js";
import { errorByDecile } from "../../src/plots/error-by-decile.js";
import { gainCurve } from "../../src/plots/gain-curve.js";
import { normalQq } from "../../src/plots/normal-qq.js";
import { openPredictions, type Predictions } from "../../src/plots/open-predictions.js";
import { precisionRecallCurve } from "../../src/plots/precision-recall-curve.js";
import { residualHistogram } from "../../src/plots/residual-histogram.js";
import { rocCurve } from "../../src/plots/roc-curve.js";
import { thresholdTable } from "../../src/plots/threshold-table.js";
import { oraclePython, runPython } from "../python/python.js";
import { differences } from "./differences.js";
import { connect, gaussian, logged, random } from "./predictions.js";

const samples = 2_000_000;
let store: string;
const opened: Record<string, Predictions> = {};
let oracle: Record<string, Record<string, number[] & number>> = {};

// What of 2,000,000 samples can be told in a few numbers: the areas, the counts at every threshold that we
// name, ...
const script = `
import json, sys, math
import numpy as np, pandas as pd
from scipy import stats
from sklearn import metrics
from sklearn.calibration import calibration_curve
answer = {}
for question in json.load(sys.stdin):
    table = pd.read_parquet(question["path"])
    if "y_score" in table:
        is_true, score = table["y_true"].to_numpy(), table["y_score"].to_numpy()
        fpr, tpr, thresholds = metrics.roc_curve(is_true, score, drop_intermediate=False)
        order = np.sort(score)
        positives = np.sort(score[is_true == 1])
        at = {}
        for name, asked in question["thresholds"].items():
            asked = np.array(asked)
            at[name + "_tp"] = (len(positives) - np.searchsorted(positives, asked)).tolist()
            at[name + "_all"] = (len(order) - np.searchsorted(order, asked)).tolist()
        share, mean = calibration_curve(is_true, score, n_bins=10, strategy="quantile", pos_label=1)
        cuts = [d * len(score) // 10 for d in range(1, 11)]
        value, group = np.unique(score, return_inverse=True)
        tp = np.concatenate([[0], np.bincount(group, weights=is_true)[::-1].cumsum()])
        taken = np.concatenate([[0], np.bincount(group)[::-1].cumsum()])
        answer[question["name"]] = {
            "auc": metrics.roc_auc_score(is_true, score),
            "average_precision": metrics.average_precision_score(is_true, score),
            "distinct": len(value),
            "positive_share": share.tolist(), "mean_score": mean.tolist(),
            "decile_positives": np.interp(cuts, taken, tp).tolist(),
            **at,
        }
    else:
        error = (table["y_pred"] - table["y_true"]).to_numpy()
        (quantile, ordered), (slope, intercept, r) = stats.probplot(error)
        counts, edges = np.histogram(error, bins="auto")
        decile = pd.qcut(table["y_true"], 10, labels=False)
        answer[question["name"]] = {
            "fit": [slope, intercept, r],
            "ordered": np.interp(question["quantiles"], quantile, ordered).tolist(),
            "counts": counts.tolist(), "edges": edges.tolist(),
            "medians": [float(np.median(abs(error[decile == d]))) for d in range(10)],
            "sizes": [int((decile == d).sum()) for d in range(10)],
        }
print(json.dumps(answer))
`;

const makes: Record<string, (noise: () => number, next: () => number, positive: number) => number> = {
  spread: (noise, _, positive) => 1 / (1 + Math.exp(-(noise() * 1.5 + (positive ? 1 : -1)))),
  // Most scores within 1e-9 of 0 or 1, where equal bins alone would see one value.
  crowded: (noise, next, positive) => {
    const far = 1e-9 * next() * Math.exp(noise());
    return next() < 0.8 === (positive === 1) ? Math.min(1, 1 - far) : far;
  },
  rounded: (noise, _, positive) => Math.round(1000 / (1 + Math.exp(-(noise() + (positive ? 1 : -1))))) / 1000,
};

beforeAll(async () => {
  store = await mkdtemp(join(tmpdir(), "ml-tracking-plots-"));
  const python = oraclePython({ skip: () => "" as never });
  if (!python) return;
  const questions: Record<string, unknown>[] = [];
  for (const [name, make] of Object.entries(makes)) {
    const next = random(21);
    const noise = gaussian(next);
    const yTrue = Uint8Array.from({ length: samples }, () => (next() < 0.3 ? 1 : 0));
    const yScore = Float64Array.from(yTrue, (positive) => make(noise, next, positive));
    const yPred = Uint8Array.from(yScore, (score) => (score >= 0.5 ? 1 : 0));
    const testSet = Int32Array.from({ length: samples }, (_, i) => i);
    const path = await logged(store, { name, kind: "classification", yTrue, yPred, yScore, testSet });
    const predictions = (opened[name] = await openPredictions({ connect, path }));
    const [roc, recall, table] = [
      await rocCurve(predictions),
      await precisionRecallCurve(predictions),
      await thresholdTable(predictions),
    ];
    const thresholds = {
      roc: roc.threshold.slice(1),
      recall: recall.threshold.slice(0, -1),
      table: table.threshold.slice(1),
    };
    questions.push({ name, path, thresholds });
  }
  const next = random(22);
  const noise = gaussian(next);
  const yTrue = Float64Array.from({ length: samples }, () => 100 * Math.exp(noise()));
  const yPred = yTrue.map((truth) => truth + 10 * noise() + (next() < 0.01 ? 1e4 * noise() ** 3 : 0));
  const testSet = Int32Array.from({ length: samples }, (_, i) => i);
  const path = await logged(store, { name: "errors", kind: "regression", yTrue, yPred, testSet });
  opened["errors"] = await openPredictions({ connect, path });
  const { theoretical_quantile: quantiles } = await normalQq(opened["errors"]);
  questions.push({ name: "errors", path, quantiles });
  oracle = JSON.parse(await runPython(python, ["-c", script], JSON.stringify(questions))) as typeof oracle;
}, 300_000);

afterAll(() => rm(store, { recursive: true, force: true }));

for (const name of Object.keys(makes)) {
  it(`of 2,000,000 ${name} scores every point of the curves is exact and the areas are within their bounds`, async (context) => {
    oraclePython(context);
    const expected = oracle[name]!;
    const [roc, recall, table] = [
      await rocCurve(opened[name]!),
      await precisionRecallCurve(opened[name]!),
      await thresholdTable(opened[name]!),
    ];
    const { positives, negatives } = roc;
    const at = (curve: string) => ({
      tp: expected[`${curve}_tp`] as number[],
      all: expected[`${curve}_all`] as number[],
    });
    expect(
      differences(
        roc.tpr.slice(1),
        at("roc").tp.map((tp) => tp / positives),
      ),
    ).toEqual([]);
    expect(
      differences(
        roc.fpr.slice(1),
        at("roc").tp.map((tp, i) => (at("roc").all[i]! - tp) / negatives),
      ),
    ).toEqual([]);
    expect(
      differences(
        recall.recall.slice(0, -1),
        at("recall").tp.map((tp) => tp / positives),
      ),
    ).toEqual([]);
    expect(
      differences(
        recall.precision.slice(0, -1),
        at("recall").tp.map((tp, i) => tp / at("recall").all[i]!),
      ),
    ).toEqual([]);
    expect(differences(table.true_positives.slice(1), at("table").tp)).toEqual([]);
    expect(
      differences(
        table.false_positives.slice(1),
        at("table").tp.map((tp, i) => at("table").all[i]! - tp),
      ),
    ).toEqual([]);

    const rounding = 1e-12;
    expect(Math.abs(roc.auc! - expected["auc"]!)).toBeLessThanOrEqual(roc.auc_error_bound + rounding);
    expect(Math.abs(recall.average_precision! - expected["average_precision"]!)).toBeLessThanOrEqual(
      recall.average_precision_error_bound + rounding,
    );
    expect(roc.auc_error_bound).toBeLessThan(5e-5);
    expect(recall.average_precision_error_bound).toBeLessThan(1e-4);
    // The estimate is far better than its bound.
    expect(Math.abs(roc.auc! - expected["auc"]!)).toBeLessThan(1e-7);
    expect(table.largest_step).toBeLessThan(name === "rounded" ? 0.003 : 0.0015);
    expect(roc.thinning.max_deviation).toBeLessThan(0.002);
    expect(roc.exactness.exact).toBe(name === "rounded");
    expect(expected["distinct"]! <= 1001).toBe(name === "rounded");
  });

  it(`of 2,000,000 ${name} scores calibration and deciles are exact`, async (context) => {
    oraclePython(context);
    const expected = oracle[name]!;
    const { bins } = await calibration(opened[name]!, { strategy: "quantile" });
    const filled = bins.filter((bin) => bin.samples > 0);
    const found = [filled.map((bin) => bin.positive_share), filled.map((bin) => bin.mean_score)];
    expect(differences(found, [expected["positive_share"], expected["mean_score"]])).toEqual([]);
    const { deciles } = await gainCurve(opened[name]!);
    expect(
      differences(
        deciles.map((decile) => decile.cumulative_positives),
        expected["decile_positives"],
      ),
    ).toEqual([]);
  });
}

it("of 2,000,000 errors the Q-Q points are exact, the line is within its bounds, the histogram and deciles are exact", async (context) => {
  oraclePython(context);
  const expected = oracle["errors"]!;
  const data = await normalQq(opened["errors"]!);
  const [slope, intercept, r] = expected["fit"] as number[];
  expect(data.exactness.exact).toBe(false);
  expect(differences(data.ordered_error, expected["ordered"], 1e-6)).toEqual([]);
  expect(Math.abs(data.slope! - slope!)).toBeLessThanOrEqual(data.slope_error_bound + 1e-9 * slope!);
  expect(Math.abs(data.r! - r!)).toBeLessThanOrEqual(data.r_error_bound + 1e-9);
  expect(data.slope_error_bound).toBeLessThan(1e-4 * slope!);
  expect(differences(data.intercept, intercept, 1e-9)).toEqual([]);
  expect(data.thinning.max_deviation).toBeLessThan(0.001);

  const { edges, counts } = await residualHistogram(opened["errors"]!, {});
  // numpy makes 2,829 bins of them, more than are shown.
  expect((expected["counts"] as number[]).length).toBeGreaterThan(2000);
  expect(counts).toHaveLength(2000);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(samples);
  expect([edges[0], edges.at(-1)]).toEqual([expected["edges"]![0], (expected["edges"] as number[]).at(-1)]);
  const { deciles } = await errorByDecile(opened["errors"]!);
  const found = [
    deciles.map((decile) => decile.median_absolute_error),
    deciles.map((decile) => decile.samples),
  ];
  expect(differences(found, [expected["medians"], expected["sizes"]])).toEqual([]);
});
