import type { RegressionSample } from "../../scores/sample.js";
import { remembered } from "../remembered.js";

/** The numbers as float32 has them. */
export const float32Sample = remembered(({ yTrue, yPred }: RegressionSample) => ({
  yTrue: rounded(yTrue),
  yPred: rounded(yPred),
}));

/** The true values as float32 has them, and the predictions in full. */
export const float32Truth = remembered((sample: RegressionSample) => ({
  yTrue: float32Sample(sample).yTrue,
  yPred: sample.yPred,
}));

function rounded(values: Float64Array): Float64Array {
  return Float64Array.from(Float32Array.from(values));
}
