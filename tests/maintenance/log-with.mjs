// A writer of some release: logs experiments of both kinds with the logExperiment of a module, and prints each
// id once it is acknowledged.
import { writeSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [module, store, count, name] = process.argv.slice(2);
const { logExperiment } = await import(pathToFileURL(module).href);
const kinds = [
  { kind: "classification", yTrue: ["cat", "dog", "dog"], yPred: ["cat", "dog", "cat"] },
  { kind: "regression", yTrue: [1, 2, 3], yPred: [1.5, 2, 2.5] },
];
for (let i = 0; i < Number(count); i++) {
  const { predictionId } = await logExperiment({
    ...kinds[i % 2],
    project: "crowd",
    name: `${name} ${i}`,
    parameters: {
      datasetUri: "data.csv",
      targetColumn: "y",
      testSet: [1, 2, 3],
      model: { name: "M", parameters: {} },
    },
    extraParameters: { note: 'text, with "quotes"'.repeat(i % 7) },
    newCsv: i % 5 === 4,
    store,
    strict: true,
  });
  writeSync(1, `${predictionId}\n`);
}
