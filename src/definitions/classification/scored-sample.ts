import { checkProbabilities } from "../../scores/probability-check.js";
import { type ClassificationSample, isBinary, type ScoredSample } from "../../scores/sample.js";
import { remembered } from "../remembered.js";
import { positiveOf } from "./counts.js";

/** With its positive class; undefined where a score is no probability, which most programs refuse. */
export const scored = remembered((sample: ClassificationSample): ScoredSample | undefined => {
  const { labels, yTrue, yScore } = sample;
  const binary = isBinary(sample);
  if (checkProbabilities(yScore!, binary ? 1 : labels.length).outside !== undefined) return undefined;
  return { labels, yTrue, yScore: yScore!, ...(binary ? { positive: positiveOf(sample) } : {}) };
});

/** A function of probabilities, remembered; undefined where a score is none. */
export const given = (of: (sample: ScoredSample) => number) => {
  return remembered((sample: ClassificationSample) => {
    const probabilities = scored(sample);
    return probabilities && of(probabilities);
  });
};

/** A part or a multiple of a score, where there is one. */
export const times = (value: number | undefined, factor: number) =>
  value === undefined ? undefined : value * factor;
