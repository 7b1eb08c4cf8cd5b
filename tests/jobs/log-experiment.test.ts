import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiment } from "../../src/jobs/read-experiments.js";
import { verifyStore } from "../../src/maintenance/verify-store.js";
import type { PredictionTable } from "../../src/predictions/prediction-table.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

function column({ columns }: PredictionTable, name: string): unknown[] {
  const found = columns.find((one) => one.name === name);
  if (!found) throw new Error(`no column ${name}`);
  if ("codes" in found) return Array.from(found.codes, (code) => found.dictionary[code]);
  return Array.from(found.values as ArrayLike<unknown>);
}

describe("logExperiment", () => {
  it("returns the id, the scores, the positive class and where the record is", async () => {
    const store = await temporaryFolder();
    const logged = await logExperiment(
      smallClassification(store, {
        project: "tracker_testing_1_/first_run",
        positiveLabel: "dog",
        yScore: [0.1, 0.4, 0.2, 0.9],
      }),
    );
    expect(logged.project).toBe("tracker-testing-1-first-run");
    expect(logged.predictionId).toMatch(/^[0-9a-hjkmnp-tv-z]{12}$/);
    expect(logged.positiveLabel).toBe("dog");
    expect(logged.scores).toMatchObject({ accuracy: 0.75, recall: 0.5, roc_auc: 1 });
    expect(logged.warnings).toEqual([]);
    expect(logged.paths.store).toBe(store);
    const row = await readFile(join(store, logged.paths.trackingLog!), "utf8");
    expect(row).toContain(`\n${logged.predictionId},`);
    expect((await readFile(join(store, logged.paths.predictions))).subarray(0, 4).toString()).toBe("PAR1");
  });

  it("refuses a project that differs from another in case only, before anything is written", async () => {
    const store = await temporaryFolder();
    await logExperiment(smallClassification(store, { project: "churn" }));
    const before = await readdir(store, { recursive: true });
    await expect(logExperiment(smallClassification(store, { project: "Churn" }))).rejects.toMatchObject({
      code: "INVALID_PROJECT_NAME",
    });
    expect(await readdir(store, { recursive: true })).toEqual(before);
  });

  it("keeps times as the text that other languages have for them", async () => {
    const store = await temporaryFolder();
    const testSet = [0, 1, 2, 3].map(
      (hour) => new Date(Date.UTC(2026, 0, 1, hour, 0, 0, hour === 3 ? 250 : 0)),
    );
    const input = smallClassification(store);
    const { predictionId } = await logExperiment({ ...input, parameters: { ...input.parameters, testSet } });
    const { predictions } = await readExperiment(predictionId, { store });
    expect(column(predictions, "sample_id").slice(2)).toEqual([
      "2026-01-01T02:00:00+00:00",
      "2026-01-01T03:00:00.250000+00:00",
    ]);
  });

  it("leaves an undefined score blank and gives the reason", async () => {
    const store = await temporaryFolder();
    const logged = await logExperiment(smallClassification(store, { yPred: ["cat", "cat", "cat", "cat"] }));
    expect(logged.scores).not.toHaveProperty("precision");
    expect(logged.warnings).toContain(
      'precision is undefined: no sample is predicted as the positive class "dog"',
    );
  });

  it("keeps the features of the samples beside their predictions, missing values as such", async () => {
    const store = await temporaryFolder();
    const logged = await logExperiment(
      smallClassification(store, {
        sampleFeatures: {
          island: ["Dream", null, "Biscoe", "Dream"],
          "body mass (g)": [3450, undefined, 3700.5, Number.NaN],
          cylinders: [4, 6, 8, 4],
          fit: [true, false, null, true],
          size: { dictionary: ["S", "L"], codes: Int32Array.of(1, -1, 0, 0) },
          single: Float32Array.of(0.5, 1, 1.5, Number.NaN),
          unknown: [null, null, null, null],
        },
      }),
    );
    const { predictions } = await readExperiment(logged.predictionId, { store });
    expect(predictions.columns.map(({ name }) => name)).toEqual([
      "sample_id",
      "y_true",
      "y_pred",
      "feature_island",
      "feature_body mass (g)",
      "feature_cylinders",
      "feature_fit",
      "feature_size",
      "feature_single",
      "feature_unknown",
    ]);
    expect(column(predictions, "feature_island")).toEqual(["Dream", undefined, "Biscoe", "Dream"]);
    expect(column(predictions, "feature_body mass (g)")).toEqual([3450, Number.NaN, 3700.5, Number.NaN]);
    expect(column(predictions, "feature_cylinders")).toEqual([4, 6, 8, 4]);
    expect(column(predictions, "feature_fit")).toEqual([1, 0, 2, 1]);
    expect(column(predictions, "feature_size")).toEqual(["L", undefined, "S", "S"]);
    expect(column(predictions, "feature_single")).toEqual([0.5, 1, 1.5, Number.NaN]);
    expect(column(predictions, "feature_unknown")).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    expect((await verifyStore({ store })).findings).toEqual([]);
  });

  it("takes 1 for the positive class of labels that are all 0", async () => {
    const store = await temporaryFolder();
    const logged = await logExperiment(
      smallClassification(store, { yTrue: [0, 0, 0, 0], yPred: [0, 0, 0, 0] }),
    );
    expect(logged.positiveLabel).toBe(1);
    expect(logged.scores["accuracy"]).toBe(1);
    expect(logged.scores).not.toHaveProperty("recall");
  });

  it("takes true, 1 and 1n for one label", async () => {
    const store = await temporaryFolder();
    const yTrue = [true, false, true, false];
    const logged = await logExperiment(smallClassification(store, { yTrue, yPred: [1, 0, 1n, 1] }));
    expect(logged.scores["accuracy"]).toBe(0.75);
    const { predictions } = await readExperiment(logged.predictionId, { store });
    expect(column(predictions, "y_true")).toEqual([1, 0, 1, 0]);
    // One type for both: the file's name says it.
    expect(predictions.columns.find(({ name }) => name === "y_true")?.type).toBe("integer");
    expect(predictions.columns.find(({ name }) => name === "y_pred")?.type).toBe("integer");
    expect(logged.paths.predictions).toMatch(/\.integer\.parquet$/);
  });

  it("names a predictions file after its experiment and the type of its labels", async () => {
    const store = await temporaryFolder();
    const inputs = {
      text: smallClassification(store),
      integer: smallClassification(store, { yTrue: [1, 0, 1, 0], yPred: [1, 0, 0, 0] }),
      boolean: smallClassification(store, {
        yTrue: [true, false, true, false],
        yPred: [true, true, true, true],
      }),
      number: smallRegression(store),
    };
    for (const [type, input] of Object.entries(inputs)) {
      const { predictionId, project, paths } = await logExperiment(input);
      expect(predictionId).toMatch(/^[a-hjkmnp-tv-z][0-9a-hjkmnp-tv-z]{11}$/);
      const named = new RegExp(`^predictions/${project}/[0-9-]{10}/${predictionId}\\.${type}\\.parquet$`);
      expect(paths.predictions).toMatch(named);
      const { experiment, predictions } = await readExperiment(predictionId, { store });
      expect(experiment.predictions).toBe(paths.predictions);
      expect(predictions.metadata["ml_tracking.format"]).toBe("2");
    }
    expect((await verifyStore({ store })).findings).toEqual([]);
  });

  it("puts the score columns of named labels into sorted order", async () => {
    const store = await temporaryFolder();
    const yScore = [
      [0.2, 0.7, 0.1],
      [0.6, 0.3, 0.1],
      [0.1, 0.8, 0.1],
      [0.5, 0.1, 0.4],
    ];
    const named = { labels: ["dog", "cat", "ape"], yPred: ["cat", "dog", "cat", "dog"], yScore };
    const logged = await logExperiment(smallClassification(store, named));
    const { predictions } = await readExperiment(logged.predictionId, { store });
    expect(JSON.parse(predictions.metadata["ml_tracking.labels"]!)).toEqual(["ape", "cat", "dog"]);
    expect(column(predictions, "y_score_0")).toEqual([0.1, 0.1, 0.1, 0.4]);
    expect(column(predictions, "y_score_2")).toEqual([0.2, 0.6, 0.1, 0.5]);
  });

  it("takes both columns of two classes, and uses the positive one's", async () => {
    const store = await temporaryFolder();
    const yScore = [
      [0.9, 0.1],
      [0.6, 0.4],
      [0.8, 0.2],
      [0.1, 0.9],
    ];
    const both = await logExperiment(smallClassification(store, { yScore }));
    const flat = { values: Float32Array.from(yScore.flat()), columns: 2 };
    const flatOne = await logExperiment(smallClassification(store, { yScore: flat }));
    const other = await logExperiment(smallClassification(store, { yScore, positiveLabel: "cat" }));
    const read = async (id: string) => column((await readExperiment(id, { store })).predictions, "y_score");
    expect(await read(both.predictionId)).toEqual([0.1, 0.4, 0.2, 0.9]);
    expect(await read(flatOne.predictionId)).toEqual([0.1, 0.4, 0.2, 0.9].map(Math.fround));
    expect(await read(other.predictionId)).toEqual([0.9, 0.6, 0.8, 0.1]);
  });

  it("keeps the ids of a test set that is not aligned, warns, and still verifies", async () => {
    const store = await temporaryFolder();
    for (const testSet of [["holdout-2026"], [1, 2], [2n ** 62n, 5n, 7n]]) {
      const input = smallClassification(store);
      const logged = await logExperiment({ ...input, parameters: { ...input.parameters, testSet } });
      expect(logged.warnings[0]).toContain(
        `parameters.test_set has ${testSet.length} ids but y_true has 4 values`,
      );
      const { experiment, predictions } = await readExperiment(logged.predictionId, { store });
      expect(experiment.testSetSize).toBe(testSet.length);
      expect(predictions.columns.map(({ name }) => name)).toEqual(["y_true", "y_pred"]);
    }
    expect((await verifyStore({ store })).findings).toEqual([]);
  });

  it("gives the same test set the same digest whatever the order, and another one for a corrected label", async () => {
    const store = await temporaryFolder();
    const digest = async (testSet: number[], yTrue: string[]) => {
      const input = smallClassification(store, { yTrue });
      const { predictionId } = await logExperiment({
        ...input,
        parameters: { ...input.parameters, testSet },
      });
      return (await readExperiment(predictionId, { store })).experiment.testSetDigest;
    };
    const first = await digest([11, 12, 13, 14], ["cat", "dog", "cat", "dog"]);
    expect(await digest([14, 13, 12, 11], ["dog", "cat", "dog", "cat"])).toBe(first);
    expect(await digest([11, 12, 13, 14], ["cat", "dog", "dog", "dog"])).not.toBe(first);
  });

  it("takes typed arrays of every kind", async () => {
    const store = await temporaryFolder();
    const kinds = [
      Int8Array,
      Uint8Array,
      Uint8ClampedArray,
      Int16Array,
      Uint16Array,
      Int32Array,
      Uint32Array,
      Float32Array,
      Float64Array,
    ];
    for (const Kind of kinds) {
      const values = Kind.from([1, 2, 3]);
      const input = smallRegression(store, { yTrue: values, yPred: values });
      const { predictionId, scores } = await logExperiment({
        ...input,
        parameters: { ...input.parameters, testSet: values },
      });
      expect(scores["r2"]).toBe(1);
      const { predictions } = await readExperiment(predictionId, { store });
      expect(column(predictions, "sample_id").map(Number)).toEqual([1, 2, 3]);
      expect(column(predictions, "y_true")).toEqual([1, 2, 3]);
    }
    const big = BigInt64Array.of(1n, -(2n ** 63n), 2n ** 63n - 1n);
    const input = smallClassification(store, { yTrue: big, yPred: big });
    const { predictionId } = await logExperiment({
      ...input,
      parameters: { ...input.parameters, testSet: big },
    });
    const { predictions } = await readExperiment(predictionId, { store });
    expect(column(predictions, "sample_id")).toEqual([...big]);
    expect(column(predictions, "y_true")).toEqual([...big]);
  });

  it("records NaN and huge integers of extra parameters as text, and says so", async () => {
    const store = await temporaryFolder();
    const extraParameters = { loss: Number.NaN, seed: 2n ** 70n, when: new Date(0), nothing: undefined };
    const { predictionId, warnings } = await logExperiment(smallRegression(store, { extraParameters }));
    const { experiment } = await readExperiment(predictionId, { store });
    expect(experiment.extraParameters).toEqual({
      loss: "NaN",
      seed: String(2n ** 70n),
      when: "1970-01-01T00:00:00.000Z",
      nothing: null,
    });
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toContain(
      'extra_parameters.loss is NaN, which JSON has no number for; recorded as the text "NaN"',
    );
  });

  it("records who, where, with what and from which commit, without being asked", async () => {
    const store = await temporaryFolder();
    const { predictionId } = await logExperiment(smallRegression(store));
    const { experiment } = await readExperiment(predictionId, { store });
    expect(experiment.user).toBeTruthy();
    expect(experiment.host).toBeTruthy();
    expect(experiment.runtime).toMatchObject({ language: "node", version: process.versions.node });
    expect(Math.abs(Date.now() - experiment.loggedAt.getTime())).toBeLessThan(60_000);
  });

  it("says that integers beyond 2^53 are rounded, of a regression whose values may become equal", async () => {
    const store = await temporaryFolder();
    const far = 2n ** 60n;
    const { warnings } = await logExperiment(
      smallRegression(store, {
        yTrue: BigInt64Array.of(1n, far, far + 1n),
        yPred: BigInt64Array.of(1n, far + 1n, far),
      }),
    );
    expect(warnings.filter((text) => text.includes("beyond 2^53"))).toEqual([
      expect.stringMatching(
        /^y_true\[2\] is 1152921504606846977, .* take an offset off both y_true and y_pred$/,
      ),
      expect.stringMatching(/^y_pred\[1\] is 1152921504606846977, /),
    ]);
    const exact = await logExperiment(
      smallRegression(store, { yTrue: [1n, 2n, 2n ** 60n], yPred: [1n, 2n, 3n] }),
    );
    expect(exact.warnings.filter((text) => text.includes("beyond 2^53"))).toEqual([]);
  });

  it("throws under strict, without a row, when the store cannot take the predictions", async () => {
    const store = await temporaryFolder();
    await expect(logExperiment(smallRegression(join(store, "file/in/the/way")))).resolves.toBeDefined();
    const { writeFile } = await import("node:fs/promises");
    await writeFile(join(store, "taken"), "a file");
    await expect(
      logExperiment(smallRegression(join(store, "taken"), { strict: true })),
    ).rejects.toMatchObject({
      code: "STORE_NOT_WRITABLE",
      message: expect.stringContaining("a part of the path is a file, not a folder"),
    });
  });
});
