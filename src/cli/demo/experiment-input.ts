/** The arguments of one call of logExperiment. */
export interface ExperimentInput {
  kind: "classification" | "regression";
  project: string;
  name: string;
  parameters: { datasetUri: string; targetColumn: string; testSet: number[]; model: object };
  yTrue: string[] | number[];
  yPred: string[] | number[];
  /** Binary: the probability of the positive label. Multiclass: a row of probabilities a sample, in sorted label order. */
  yScore?: number[] | number[][];
  labels?: string[];
  positiveLabel?: string;
  extraParameters: Record<string, string | number | string[]>;
}
