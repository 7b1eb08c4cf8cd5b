import type { AddedSample, FeatureValues } from "../../added-scores/added-score.js";
import type { DefinedSample } from "../../definitions/asked-definitions.js";
import type { JudgedSample } from "../pairing/judged-sample.js";

/** The predictions as definitions take them. */
export function definedSample(sample: JudgedSample): DefinedSample {
  if (sample.kind === "regression") {
    return { kind: "regression", yTrue: sample.yTrue, yPred: sample.yPred };
  }
  const { labels, yTrue, yPred, positive, scores } = sample;
  return {
    kind: "classification",
    labels,
    yTrue,
    yPred,
    ...(positive === undefined ? {} : { positive }),
    ...(scores.length > 0 ? { yScore: byRow(scores) } : {}),
  };
}

function byRow(scores: readonly Float64Array[]): Float64Array {
  const [first] = scores;
  if (scores.length === 1) return first!;
  const rows = new Float64Array(scores.length * first!.length);
  for (const [column, values] of scores.entries()) {
    for (let i = 0; i < values.length; i++) rows[i * scores.length + column] = values[i]!;
  }
  return rows;
}

/** The predictions as expressions take them. */
export function addedSample(sample: JudgedSample, features: ReadonlyMap<string, FeatureValues>): AddedSample {
  const { weights } = sample;
  return { ...definedSample(sample), features, ...(weights ? { weights } : {}) };
}
