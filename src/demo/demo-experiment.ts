import type { ExperimentInput } from "../experiment/input/experiment-input.js";

/** The arguments of one call of logExperiment, as the demo fills them. */
export interface DemoExperiment extends ExperimentInput {
  name: string;
  parameters: { datasetUri: string; targetColumn: string; testSet: number[]; model: object };
  yTrue: string[] | number[];
  yPred: string[] | number[];
  /**
   * Binary: the probability of the positive label. Multiclass: a row of probabilities a sample, in sorted
   * label order.
   */
  yScore?: number[] | number[][];
  sampleFeatures: Record<string, (string | number)[]>;
  extraParameters: Record<string, string | number | boolean | string[]>;
}
