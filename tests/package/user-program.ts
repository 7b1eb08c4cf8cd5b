/**
 * What a user's program prints once it has logged, read back, and asked for a bucket without its library.
 * @param file the one that logs, and what runs it
 */
export function printed(file = "program.js", language = "node"): string {
  return JSON.stringify([true, "pets", 0.75, 4, "LIBRARY_NOT_INSTALLED", file, language]);
}

const work = `async function work() {
  const { predictionId, stored } = await logExperiment({
    kind: "classification",
    project: "pets",
    parameters: {
      datasetUri: "pets.csv",
      targetColumn: "species",
      testSet: [1, 2, 3, 4],
      model: { name: "Made", parameters: { depth: 3 } },
    },
    yTrue: ["cat", "dog", "cat", "dog"],
    yPred: ["cat", "dog", "cat", "cat"],
    yScore: [0.1, 0.9, 0.2, 0.4],
    store: "store",
    strict: true,
  });
  const { experiment, predictions } = await readExperiment(predictionId, { store: "store" });
  const { project, scores, source, runtime } = experiment;
  const bucket = await listProjects({ store: "s3://bucket/prefix" }).catch((error) => error.code);
  return JSON.stringify([stored, project, scores.accuracy, predictions.rows, bucket, source.split("/").at(-1), runtime.language]);
}
`;
const names = "{ listProjects, logExperiment, readExperiment }";

/** As an ES module. */
export const program = `import ${names} from "ml-tracking";
${work}work().then(console.log);
`;

/** As CommonJS. */
export const commonJsProgram = `const ${names} = require("ml-tracking");
${work}work().then(console.log);
`;

/** As a handler of AWS Lambda, which is one file. */
export const lambda = `import ${names} from "ml-tracking";
${work}export const handler = work;
`;

/** As a test of a runner whose globals are \`it\` and, where it has one, \`expect\`. */
export const testProgram = (imports: string) => `import assert from "node:assert";
import ${names} from "ml-tracking";
${imports}
${work}it("logs and reads back", async () => {
  assert.equal(await work(), ${JSON.stringify(printed("it.test.js"))});
}, 60_000);
`;

/** As a route of Next. */
export const route = `import ${names} from "ml-tracking";
${work}export const dynamic = "force-dynamic";
export async function GET() {
  return new Response(await work());
}
`;
