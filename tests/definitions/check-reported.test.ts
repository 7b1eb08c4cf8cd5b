import { expect, it } from "vitest";

import type { ExperimentInput } from "../../src/experiment/input/experiment-input.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

async function reportedWith(reported: ExperimentInput["reported"]) {
  const root = await temporaryFolder();
  const input = smallClassification(root, {
    yTrue: ["no", "yes", "yes", "no", "yes"],
    yPred: ["yes", "yes", "yes", "no", "yes"],
    yScore: [0.5, 0.5, 0.5, 0.2, 0.9],
    positiveLabel: "yes",
    reported,
  });
  const { reported: said, warnings } = await logExperiment(input, { warn: () => {} });
  return { said: said?.map(({ name, verdict, definition }) => [name, verdict, definition]), warnings };
}

it("says of each reported number whether the predictions give it, and warns of what does not match", async () => {
  const { said, warnings } = await reportedWith({
    f1: 0.857,
    "xgboost:aucpr": "0.8805",
    aucpr: 0.8805,
    average_precision: 0.8805,
    "xgboost:auc": 0.12345,
    "my own number": 0.54321,
    accuracy: 1,
  });
  expect(said).toEqual([
    ["f1", "matches", undefined],
    ["xgboost:aucpr", "matches", "xgboost:aucpr"],
    ["aucpr", "matches", "xgboost:aucpr"],
    ["average_precision", "another definition", "xgboost:aucpr"],
    ["xgboost:auc", "cannot be had", undefined],
    ["my own number", "cannot be had", undefined],
    ["accuracy", "cannot be had", undefined], // 0.8 is 1 only where it is rounded to whole numbers
  ]);
  const ofThese = warnings.filter((text) => text.startsWith("reported"));
  expect(ofThese).toHaveLength(4);
  expect(ofThese[0]).toMatch(
    /^reported average_precision = 0\.8805 is another definition: it .*XGBoost's .*; so say Keras/,
  );
  expect(ofThese[0]).toContain("average_precision is 0.8333 here");
});

it("says by which accident a number would come about", async () => {
  const { warnings } = await reportedWith({ "sklearn:recall": "0.50000" });
  expect(warnings.join("\n")).toMatch(
    /reported sklearn:recall = 0\.50000 cannot be had from these predictions, unless it may be scikit-learn's recall_score\(y_true, y_pred\), with "no" as the positive class/,
  );
});

it("says nothing where nothing was reported", async () => {
  expect((await reportedWith({})).said).toBeUndefined();
  expect((await reportedWith(undefined)).said).toBeUndefined();
});

it("holds numbers of a regression, too", async () => {
  const root = await temporaryFolder();
  const input = smallRegression(root, { reported: { r2: 1e9 } });
  const { reported } = await logExperiment(input, { warn: () => {} });
  expect(reported).toMatchObject([{ name: "r2", value: "1000000000", verdict: "cannot be had" }]);
});

it("takes what is no number for what cannot be had, and loses no experiment by it", async () => {
  const odd = { f1: Number.NaN, recall: "much", precision: null, accuracy: undefined, "": 1e-320 };
  const { said, warnings } = await reportedWith(odd as unknown as ExperimentInput["reported"]);
  expect(said?.map(([name, verdict]) => [name, verdict])).toEqual(
    Object.keys(odd).map((name) => [name, "cannot be had"]),
  );
  expect(warnings).toContain("reported f1 is NaN, which is no number");
});

it("takes the number of a library that computes in single precision for the same", async () => {
  const { said } = await reportedWith({ f1: Math.fround(6 / 7), recall: Math.fround(1) });
  expect(said?.map(([, verdict]) => verdict)).toEqual(["matches", "matches"]);
});

it.each([
  [0.5 as unknown as ExperimentInput["reported"], /reported is 0\.5; give a mapping of names to numbers/],
  [[0.5] as unknown as ExperimentInput["reported"], /reported is .*; give a mapping of names to numbers/],
])("refuses what is no mapping before anything is written: %j", async (reported, said) => {
  await expect(reportedWith(reported)).rejects.toThrow(said);
});
