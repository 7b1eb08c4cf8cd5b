/** Four samples of two classes: what a call costs beside the samples. */
export function smallExperiment(project, store) {
  return {
    kind: "classification",
    project,
    parameters: {
      datasetUri: "bench",
      targetColumn: "y",
      testSet: [1, 2, 3, 4],
      model: { name: "Bench", parameters: { depth: 3, rate: 0.1, trees: 100 } },
    },
    yTrue: [0, 1, 1, 0],
    yPred: [0, 1, 0, 0],
    extraParameters: { scaler: "none", fold: 3 },
    store,
  };
}
