import { expect, it } from "vitest";

import { catalogue } from "../../src/definitions/catalogue.js";

/** Every score is above 1, and they rank the samples perfectly. */
const margins = {
  labels: [0, 1],
  positive: 1,
  yTrue: Int32Array.of(0, 1, 0, 1),
  yPred: Int32Array.of(0, 1, 0, 1),
  yScore: Float64Array.of(20, 30, 25, 40),
};

function answer(id: string): number | undefined {
  const definition = catalogue.find((each) => each.id === id);
  if (definition?.kind !== "classification") throw new Error(`no definition of classes: ${id}`);
  return definition.of(margins);
}

it("takes scores outside of 0 to 1 for logits where TorchMetrics does, whose float32 makes them all 1", () => {
  expect(answer("torchmetrics:BinaryAUROC")).toBe(0.5);
  expect(answer("torchmetrics:BinaryAccuracy")).toBe(0.5);
  expect(answer("torchmetrics:BinaryCalibrationError(l1)")).toBe(0.5);
});

it("ranks raw scores as they are elsewhere", () => {
  for (const id of [
    "sklearn:roc_auc_score",
    "xgboost:auc",
    "lightgbm:auc",
    "MLmetrics:AUC",
    "weka:areaUnderROC(1)",
  ])
    expect(answer(id), id).toBe(1);
});

it("has no answer where scikit-learn refuses what is no probability", () => {
  for (const id of ["sklearn:log_loss", "sklearn:brier_score_loss", "sklearn:d2_log_loss_score"])
    expect(answer(id), id).toBeUndefined();
});
