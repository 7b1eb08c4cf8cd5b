import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { weightedInWords, weightTotals } from "../../src/experiment/sample-weight.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiment } from "../../src/jobs/read-experiments.js";
import { verifyStore } from "../../src/maintenance/verify-store.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

describe("sample_weight", () => {
  it("weighs every score of the row, and the row says so", async () => {
    const store = await temporaryFolder();
    const logged = await logExperiment(
      smallClassification(store, {
        positiveLabel: "dog",
        sampleWeight: [1, 6, 1, 2],
        extraParameters: { fold: 3 },
      }),
    );
    expect(logged.scores).toMatchObject({ accuracy: 0.4, recall: 0.25, precision: 1 });
    expect(logged.sampleWeight).toEqual({ sum: 10, effectiveSamples: 100 / 42 });
    expect(logged.warnings).toEqual([]);
    const { experiment, predictions } = await readExperiment(logged.predictionId, { store });
    expect(experiment.extraParameters).toEqual({
      fold: 3,
      sample_weight: { sum: 10, effective_samples: 100 / 42 },
    });
    expect(JSON.parse(predictions.metadata["ml_tracking.sample_weight"]!)).toEqual(
      experiment.extraParameters["sample_weight"],
    );
    expect((await verifyStore({ store, predictions: true })).findings).toEqual([]);
  });

  it("is kept as a column of the predictions after the scores and before the features", async () => {
    const store = await temporaryFolder();
    const logged = await logExperiment(
      smallClassification(store, {
        positiveLabel: "dog",
        yScore: [0.1, 0.4, 0.2, 0.9],
        sampleWeight: Float32Array.of(0.5, 0, 1, 2),
        sampleFeatures: { sample_weight: [1, 2, 3, 4] },
      }),
    );
    const { predictions } = await readExperiment(logged.predictionId, { store });
    expect(predictions.columns.map(({ name }) => name)).toEqual([
      "sample_id",
      "y_true",
      "y_pred",
      "y_score",
      "sample_weight",
      "feature_sample_weight",
    ]);
    expect(predictions.columns[4]).toMatchObject({ type: "double", values: Float64Array.of(0.5, 0, 1, 2) });
  });

  it("leaves scores as they are where all weights are equal", async () => {
    const store = await temporaryFolder();
    const plain = await logExperiment(smallRegression(store));
    const equal = await logExperiment(smallRegression(store, { sampleWeight: [2n, 2n, 2n] }));
    for (const [name, value] of Object.entries(plain.scores))
      expect(equal.scores[name]).toBeCloseTo(value, 14);
    expect(equal.sampleWeight).toEqual({ sum: 6, effectiveSamples: 3 });
    expect(plain).not.toHaveProperty("sampleWeight");
    expect(await readFile(join(store, equal.paths.trackingLog!), "utf8")).toContain(
      '{""sample_weight"":{""sum"":6,""effective_samples"":3}}',
    );
  });

  it("gives a class whose samples all have the weight 0 a share of macro averages, with a warning", async () => {
    const store = await temporaryFolder();
    const logged = await logExperiment(
      smallClassification(store, {
        yTrue: ["cat", "dog", "eel", "dog"],
        yPred: ["cat", "dog", "eel", "dog"],
        sampleWeight: [1, 1, 0, 1],
      }),
    );
    expect(logged.scores).toMatchObject({ accuracy: 1, balanced_accuracy: 1, f1_macro: 2 / 3 });
    expect(logged.warnings).toContain(
      'f1_macro: counts 0 for class "eel", whose samples all have the sample_weight 0',
    );
  });

  it("says in words as how many samples the weighted ones count", () => {
    expect(weightedInWords(150, 87.2)).toBe("weighted by sample_weight: 150 samples count as 87");
    expect(weightedInWords(3, weightTotals(Float64Array.of(1, 6, 1)).effectiveSamples)).toBe(
      "weighted by sample_weight: 3 samples count as 1.7",
    );
  });
});
