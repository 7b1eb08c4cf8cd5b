import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import type { ExperimentInput } from "../../src/experiment/input/experiment-input.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiments } from "../../src/jobs/read-experiments.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

describe("the positive class", () => {
  it("is in the record of a classification of two classes, and in no other", async () => {
    const store = await temporaryFolder();
    await logExperiment(smallClassification(store));
    await logExperiment(smallClassification(store, { positiveLabel: "cat" }));
    await logExperiment(smallClassification(store, { yTrue: [1, 0, 1, 0], yPred: [1, 0, 0, 0] }));
    await logExperiment(smallClassification(store, { yTrue: ["cat", "dog", "cow", "dog"] }));
    await logExperiment(smallRegression(store, { project: "pets" }));
    const { experiments, problems } = await readExperiments("pets", { store });
    expect(problems).toEqual([]);
    expect(experiments.map(({ positiveLabel }) => positiveLabel)).toEqual([
      "dog",
      "cat",
      "1",
      undefined,
      undefined,
    ]);
  });

  it("is said to be a guess where it was taken of texts alone", async () => {
    const store = await temporaryFolder();
    const said = async (changes: Partial<ExperimentInput>) =>
      (await logExperiment(smallClassification(store, changes))).warnings.filter((text) =>
        text.startsWith("positive_label is not given"),
      );
    expect(await said({})).toEqual([
      'positive_label is not given: "dog", the greater of "cat" and "dog", is taken for the positive class, which precision, recall and F1 are about; name the one that you mean',
    ]);
    const allDogs = ["dog", "dog", "dog", "dog"];
    expect(await said({ yTrue: allDogs, yPred: allDogs })).toEqual([
      expect.stringContaining('the only class, "dog",'),
    ]);
    expect(await said({ positiveLabel: "dog" })).toEqual([]);
    expect(await said({ yTrue: [2, 1, 2, 1], yPred: [2, 1, 2, 2] })).toEqual([]);
    expect(await said({ yTrue: [true, false, true, false], yPred: [true, true, true, true] })).toEqual([]);
  });

  it("stands on one line of the log, whatever the label is", async () => {
    const store = await temporaryFolder();
    for (const positive of ['z, "quoted"', "z\nline\u2028two", "z".repeat(5000)]) {
      const yPred = ["cat", positive, "cat", "cat"];
      await logExperiment(smallClassification(store, { yTrue: yPred, yPred }));
    }
    const { experiments, problems } = await readExperiments("pets", { store });
    expect(problems).toEqual([]);
    expect(experiments.map(({ positiveLabel }) => positiveLabel)).toEqual([
      'z, "quoted"',
      '"z\\nline\\u2028two"',
      `"${"z".repeat(200)}…"`,
    ]);
  });

  it("is missing in a log that was begun before it was kept, and a next file begins", async () => {
    const store = await temporaryFolder();
    const { paths } = await logExperiment(smallClassification(store));
    const log = join(store, paths.trackingLog!);
    const [header = "", row = ""] = (await readFile(log, "utf8")).split("\n");
    const before = `${header.replace(",positive_label", "")}\n${row.replace(",dog,", ",")}\n`;
    await writeFile(log, before);
    const next = await logExperiment(smallClassification(store));
    expect(next.paths.trackingLog).not.toBe(paths.trackingLog);
    expect(await readFile(log, "utf8")).toBe(before);
    const { experiments, problems } = await readExperiments("pets", { store });
    expect(problems).toEqual([]);
    expect(experiments.map(({ positiveLabel, model }) => [positiveLabel, model])).toEqual([
      [undefined, "NearestNeighbour"],
      ["dog", "NearestNeighbour"],
    ]);
  });
});
