// One writer of the crash test: logs experiments as fast as it can and prints each id once it is
// acknowledged.
import { writeSync } from "node:fs";
import { logExperiment } from "../../dist/index.js";

const [store, count, name] = process.argv.slice(2);
for (let i = 0; i < Number(count); i++) {
  const { predictionId } = await logExperiment({
    kind: "classification",
    project: "crash",
    name: `${name} ${i}`,
    parameters: {
      datasetUri: "data.csv",
      targetColumn: "y",
      testSet: [1, 2, 3],
      model: { name: "M", parameters: {} },
    },
    yTrue: [0, 1, 1],
    yPred: [0, 1, 0],
    // Rows of 0.5 to 30 kB: long ones cross page borders, where a kill tears them, and fill more than a file.
    extraParameters: { note: 'long text, with "quotes" '.repeat((i * 37) % 1200) },
    store,
    strict: true,
  });
  writeSync(1, `${predictionId}\n`);
}
