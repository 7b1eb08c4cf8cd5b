import type { DefinedSample } from "../definitions/asked-definitions.js";
import { classificationScores } from "../scores/classification-sample.js";
import { regressionScores } from "../scores/regression-sample.js";

export type OurScores = Readonly<Record<string, number>>;

/** Our scores of a sample, weighted where it has weights. */
export function scoresOf(sample: DefinedSample, weights: Float64Array | undefined): OurScores {
  const weighted = weights ? { weights } : {};
  return sample.kind === "regression"
    ? regressionScores({ ...sample, ...weighted }).scores
    : classificationScores({ ...sample, ...weighted }).scores;
}
