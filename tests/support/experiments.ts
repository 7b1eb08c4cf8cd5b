import type { ExperimentInput } from "../../src/experiment/input/experiment-input.js";

/** A small classification that is right in every argument. */
export function smallClassification(store: string, changes: Partial<ExperimentInput> = {}): ExperimentInput {
  return {
    kind: "classification",
    project: "pets",
    parameters: {
      datasetUri: "data/pets.csv",
      targetColumn: "species",
      testSet: [11, 12, 13, 14],
      model: { name: "NearestNeighbour", parameters: { k: 3 } },
    },
    yTrue: ["cat", "dog", "cat", "dog"],
    yPred: ["cat", "cat", "cat", "dog"],
    store,
    ...changes,
  };
}

/** A small regression that is right in every argument. */
export function smallRegression(store: string, changes: Partial<ExperimentInput> = {}): ExperimentInput {
  return {
    kind: "regression",
    project: "houses",
    parameters: {
      datasetUri: "data/houses.csv",
      targetColumn: "price",
      testSet: ["a", "b", "c"],
      model: { name: "Ridge", parameters: { alpha: 0.5 } },
    },
    yTrue: [1, 2, 3],
    yPred: [1.5, 2, 2.5],
    store,
    ...changes,
  };
}
