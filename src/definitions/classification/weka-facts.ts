import type { ClassificationSample } from "../../scores/sample.js";
import { tableOf } from "./counts.js";

/** What Weka's definitions have in common. */
export const weka = {
  library: "Weka",
  version: "3.8.6",
  precision: "float64",
  comparedWith: "library",
  kind: "classification",
} as const;

/** Over the classes in y_true, by their samples. */
export function weightedMean(sample: ClassificationSample, scoreOf: (code: number) => number): number {
  const { actual, samples } = tableOf(sample);
  let sum = 0;
  for (let code = 0; code < actual.length; code++) {
    if (actual[code]! > 0) sum += actual[code]! * scoreOf(code);
  }
  return sum / samples;
}
