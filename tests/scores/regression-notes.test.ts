import { expect, it } from "vitest";

import { regressionScores } from "../../src/scores/regression-sample.js";

function scored(yTrue: number[], yPred: number[]) {
  const { scores, notes } = regressionScores({
    yTrue: Float64Array.from(yTrue),
    yPred: Float64Array.from(yPred),
  });
  return {
    scores,
    notes: notes.map(
      ({ score, undefined: blank, reason }) => `${score}${blank ? " undefined" : ""}: ${reason}`,
    ),
  };
}

it("leaves R² of a single sample blank and says that it takes two", () => {
  const { scores, notes } = scored([3], [2]);
  expect(scores).not.toHaveProperty("r2");
  expect(notes).toEqual([
    "r2 undefined: it takes two samples at least",
    "explained_variance: 1 by convention: with a single sample there is no variance to explain",
    "d2_absolute_error_score undefined: it takes two samples at least",
  ]);
});

it("says that R² of a constant y_true is a convention", () => {
  const { scores, notes } = scored([0.1, 0.1, 0.1], [0.1, 0.2, 0.3]);
  expect(scores.r2).toBe(0);
  expect(notes).toEqual([
    "r2: by convention 1 if every prediction is exact, else 0: y_true has one value only",
    "explained_variance: by convention 1 if all errors are equal, else 0: y_true has one value only",
    "d2_absolute_error_score: by convention 1 if every prediction is exact, else 0: y_true has one value only",
  ]);
});

it("cautions that a percentage of zero means little", () => {
  expect(scored([0, 1], [1, 1]).notes).toEqual([
    "mean_absolute_percentage_error: 1 of 2 true values are 0; an error there is divided by 2.2e-16",
  ]);
  expect(scored([0, 1], [0, 1]).notes).toEqual([]);
});

it("leaves a score blank that does not fit a double, and says so", () => {
  const { scores, notes } = scored([1e200, 2e200], [0, 0]);
  expect(scores.mean_absolute_error).toBeCloseTo(1.5e200, -190);
  expect(scores).not.toHaveProperty("mean_squared_error");
  expect(notes).toContain(
    "mean_squared_error undefined: the values are too large to compute it in double precision",
  );
});

it("gives the bias the sign of the predictions: too high is positive", () => {
  expect(scored([1, 2], [2, 3]).scores.mean_error).toBe(1);
  expect(scored([1, 2], [0, 1]).scores.mean_error).toBe(-1);
});
