// Makes `store/` and `former-release.mjs` of this folder with the code that wrote format 1:
//   node tests/golden/format-1/make-stores.js CHECKOUT
// CHECKOUT is a checkout of the commit d475ff7 with its packages installed.
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const folder = fileURLToPath(new URL(".", import.meta.url));
const checkout = resolve(process.argv[2]);

/** Bundles exports of the former release into one file. */
async function bundled(file, exports) {
  const entry = "\0former-release";
  const bundle = await rolldown({
    input: entry,
    platform: "node",
    external: [
      /^@aws-sdk\//,
      "google-auth-library",
      "@duckdb/node-api",
      "hyparquet",
      "hyparquet-compressors",
    ],
    plugins: [
      {
        name: "former-release",
        resolveId: (id) => (id === entry ? entry : undefined),
        load: (id) =>
          id === entry
            ? Object.entries(exports)
                .map(([name, path]) => `export { ${name} } from ${JSON.stringify(join(checkout, path))};`)
                .join("\n")
            : undefined,
      },
    ],
  });
  const { output } = await bundle.generate({ format: "esm", minify: true, codeSplitting: false });
  writeFileSync(file, output[0].code);
  return import(`${pathToFileURL(file).href}?${randomBytes(4).toString("hex")}`);
}

const { logExperiment } = await bundled(join(folder, "former-release.mjs"), {
  logExperiment: "src/jobs/log-experiment.ts",
  readExperiments: "src/jobs/read-experiments.ts",
});
const annotating = join(folder, "annotate.mjs");
const { annotate } = await bundled(annotating, { annotate: "src/jobs/annotate.ts" });
rmSync(annotating);

const store = join(folder, "store");
rmSync(store, { recursive: true, force: true });
let count = 0;
const environment = async () => ({
  user: "ann",
  host: "laptop",
  source: "train.py",
  gitCommit: "0123456789abcdef0123456789abcdef01234567",
  gitDirty: false,
  runtime: { language: "python", version: "3.12.1", packages: { numpy: "2.3.4" } },
  warnings: [],
});

/** Logs one experiment on its own minute; the id is made of letters and digits as they came in format 1. */
async function log(project, id, given) {
  const { testSet, ...input } = given;
  const number = count++;
  const time = new Date(Date.UTC(2026, 10, 23, 23, 50) + number * 60_000);
  const logged = await logExperiment(
    {
      name: `experiment ${number}`,
      extraParameters: { note: 'a "quoted", text', seed: number },
      ...input,
      project,
      store,
      parameters: {
        datasetUri: `data/${project}.csv`,
        targetColumn: "target",
        testSet: testSet ?? ["a", "b", "c", "d", "e", "f"],
        model: { name: "Forest", parameters: { depth: number, rate: 0.1 } },
      },
    },
    { now: () => time, environment, predictionId: id, warn: () => {} },
  );
  if (!logged.stored) throw new Error("not stored");
  return logged;
}

const text = {
  kind: "classification",
  yTrue: ["cat", "dog", "cat", "dog", "dog", "cat"],
  yPred: ["cat", "dog", "dog", "dog", "cat", "cat"],
};
const binary = { ...text, yScore: [0.1, 0.8, 0.6, 0.9, 0.4, 0.2] };
const three = {
  kind: "classification",
  yTrue: ["ape", "cat", "dog", "ape", "cat", "dog"],
  yPred: ["ape", "cat", "dog", "cat", "cat", "ape"],
  labels: ["dog", "cat", "ape"],
  yScore: [
    [0.1, 0.2, 0.7],
    [0.2, 0.6, 0.2],
    [0.8, 0.1, 0.1],
    [0.1, 0.5, 0.4],
    [0.3, 0.6, 0.1],
    [0.4, 0.1, 0.5],
  ],
};
const numbers = {
  kind: "regression",
  yTrue: [1, 2, 3, 4, 5, 6],
  yPred: [1.5, 1.75, 3.25, 4, 4.5, 6.125],
};

// Both kinds in turn: a file for each change of kind. Ids that programs take for numbers.
await log("mixed", "123456789012", binary);
await log("mixed", "1234e5678901", numbers);
await log("mixed", "0a1b2c3d4e5f", three);
await log("mixed", "a0000000000b", { ...numbers, yPred: [1, 2, 3, 4, 5, 6.5] });
await log("mixed", "a0000000000c", { ...numbers, yPred: [2, 3, 4, 5, 6, 7] });

await log("labels", "b00000000001", text);
await log("labels", "b00000000002", { ...text, yTrue: [1, 0, 1, 0, 0, 1], yPred: [1, 0, 0, 0, 1, 1] });
await log("labels", "b00000000003", {
  ...text,
  yTrue: [true, false, true, false, false, true],
  yPred: [true, false, false, false, true, true],
});
await log("labels", "b00000000004", {
  ...text,
  yTrue: [true, false, true, false, false, true],
  yPred: [1, 0, 0, 0, 1, 1],
});

const sampleFeatures = {
  "bill length (mm)": [39.1, 39.5, null, 36.7, 39.3, 38.9],
  größe: ["klein", "groß", null, "groß", "klein", "klein"],
  "a.b": [1, 2, 3, 4, 5, 6],
  "a b": [true, false, null, true, true, false],
  Age: [31, 42, 27, 58, 60, 19],
  code: BigInt64Array.from([9007199254740993n, 2n, 3n, 4n, 5n, 6n]),
  penguin_id: [1, 2, null, 4, 5, 6],
};
await log("features", "c00000000001", { ...binary, sampleFeatures, group: "Age" });
await log("features", "c00000000002", {
  ...binary,
  yPred: ["cat", "dog", "cat", "dog", "cat", "cat"],
  sampleFeatures,
});

await log("ids", "d00000000001", { ...binary, testSet: ["x", "y"] });
await log("ids", "d00000000002", { ...binary, testSet: ["x", "x", "y", "y", "z", "z"] });
await log("ids", "d00000000003", {
  ...binary,
  testSet: BigInt64Array.from([9007199254740993n, -1n, 0n, 1n, 2n, 3n]),
});
await log("ids", "d00000000004", { ...numbers, testSet: [10, 20, 30, 40, 50, 60] });

for (const id of ["e00000000001", "e00000000002", "e00000000003", "e00000000004"]) {
  await log("annotated", id, { ...binary, newCsv: id.endsWith("3") });
}
const place = { project: "annotated", store, author: "ann", now: () => new Date("2026-11-24T12:00:00Z") };
await annotate(["e00000000001"], { name: "the best", note: "Kept for *later*.", starred: true }, place);
await annotate(["e00000000002"], { addTags: ["baseline"], archived: true }, place);
await annotate(["e00000000003"], { deleted: true }, place);

// Files that were begun before positive_label was kept.
await log("earlier", "f00000000001", binary);
await log("earlier", "f00000000002", { ...binary, yPred: ["cat", "dog", "cat", "dog", "dog", "cat"] });
const log1 = join(store, "tracking/earlier", readdirSync(join(store, "tracking/earlier"))[0]);
const lines = readFileSync(log1, "utf8")
  .replace("positive_label,", "")
  .replaceAll(",dog,{", ",{")
  .replaceAll(',dog,"{', ',"{');
writeFileSync(log1, lines);
