// Logs one experiment and prints its id once the call has returned.
import { writeSync } from "node:fs";
import { logExperiment } from "../../dist/index.js";

const [store] = process.argv.slice(2);
const { predictionId } = await logExperiment({
  kind: "regression",
  project: "killed",
  parameters: {
    datasetUri: "d.csv",
    targetColumn: "y",
    testSet: [1, 2],
    model: { name: "M", parameters: {} },
  },
  yTrue: [1, 2],
  yPred: [1, 3],
  store,
});
writeSync(1, `${predictionId}\n`);
