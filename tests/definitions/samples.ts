import type { DefinedSample } from "../../src/definitions/asked-definitions.js";

export type SampleKind = "two" | "several" | "numbers";

/** A line of samples.json. */
export interface Sample {
  kind: SampleKind;
  name?: string;
  y_true: number[];
  y_pred: number[];
  y_score?: number[] | number[][];
  classes?: number;
}

/** A sample as definitions take it. */
export function sampleOf({ kind, classes = 0, y_true, y_pred, y_score }: Sample): DefinedSample {
  if (kind === "numbers") {
    return { kind: "regression", yTrue: Float64Array.from(y_true), yPred: Float64Array.from(y_pred) };
  }
  return {
    kind: "classification",
    labels: Array.from({ length: classes }, (_, label) => label),
    yTrue: Int32Array.from(y_true),
    yPred: Int32Array.from(y_pred),
    yScore: Float64Array.from(y_score!.flat()),
    ...(kind === "two" ? { positive: 1 } : {}),
  };
}
