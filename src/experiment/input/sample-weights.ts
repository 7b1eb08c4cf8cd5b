import { TrackingError } from "../../tracking-error.js";
import { type WeightTotals, weightTotals } from "../sample-weight.js";
import { checkLabelValues, plainValues, shown, type Values } from "./values.js";

/** How much each sample counts, and what that comes to. */
export interface SampleWeights extends WeightTotals {
  values: Float64Array;
}

/** Scores multiply sums of weights: beyond this a double cannot hold the product. */
const greatest = 1e100;

/**
 * Checks the argument `sample_weight`.
 * @throws TrackingError INVALID_ARGUMENT, LENGTH_MISMATCH
 */
export function sampleWeights(given: unknown, samples: number): SampleWeights {
  const values = plainValues(checkLabelValues(given, "sample_weight"));
  if (values.length !== samples) {
    throw new TrackingError(
      "LENGTH_MISMATCH",
      `sample_weight has ${values.length} values but y_true has ${samples}; give one weight a sample, in the same order`,
    );
  }
  const weights = numbersOf(values);
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  if (largest === 0) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      "sample_weight is 0 for every sample, so that none counts; give at least one above 0, or leave it out",
    );
  }
  if (largest > greatest || largest < 1 / greatest) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `sample_weight is ${largest} at most, outside of 1e-100 to 1e100; give weights in another unit: only their ratios count`,
    );
  }
  return { values: weights, ...weightTotals(weights) };
}

function numbersOf(values: Values<unknown>): Float64Array {
  const weights = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const weight = typeof value === "bigint" ? Number(value) : value;
    if (typeof weight !== "number" || !(weight >= 0 && weight < Infinity)) {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `sample_weight[${i}] is ${shown(value)}; give a finite number of 0 or more, 0 for a sample that is not to count`,
      );
    }
    weights[i] = weight + 0; // -0 is 0
  }
  return weights;
}
