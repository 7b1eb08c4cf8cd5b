// How long the search for slices takes: `node bench/slices.js [samples] [rounds]`, 1,000,000 samples with 20
// features by default. Wanted: within 10 s, from the file on. Beside it the same search by pandas and scipy,
// vectorised, over the same file, in a process of its own.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { pythonEnvironment } from "../scripts/python-environment.js";
import { median, seeded, temporaryFolder } from "./measure.js";

const samples = Number(process.argv[2] ?? 1_000_000);
const rounds = Number(process.argv[3] ?? 3);
const root = fileURLToPath(new URL("..", import.meta.url));
const { findSlices, logExperiment } = await import(pathToFileURL(join(root, "dist/index.js")).href);
const environment = pythonEnvironment(root);
const store = temporaryFolder();

for (const kind of ["classification", "regression"]) {
  const { id, path } = await logged(kind);
  const ours = [];
  let found;
  for (let round = 0; round < rounds; round++) {
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    let steps = 0;
    found = await findSlices(id, { store, onProgress: () => (steps += 1) });
    const { user, system } = process.cpuUsage(cpu);
    ours.push({ wall: (performance.now() - started) / 1000, cpu: (user + system) / 1e6, steps });
  }
  const wall = median(ours.map((each) => each.wall));
  const cpu = median(ours.map((each) => each.cpu));
  const { slices, tried } = found;
  console.log(
    `  ${kind}, ${samples} samples x 20 features: ${wall.toFixed(2)} s, cpu ${cpu.toFixed(2)} s; wanted within 10 s; ${tried} slices tried, ${ours[0].steps} steps of progress, first: ${slices[0]?.text}`,
  );
  console.log(`    memory of the process: ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MB`);
  if (!("python" in environment)) {
    console.error(`    not compared: ${environment.missing}`);
    process.exitCode = 1;
    continue;
  }
  const script = fileURLToPath(new URL("slices.py", import.meta.url));
  const theirs = JSON.parse(execFileSync(environment.python, [script, path, kind], { encoding: "utf8" }));
  console.log(
    `    pandas and scipy: ${theirs.seconds.toFixed(2)} s, cpu ${theirs.cpu.toFixed(2)} s; ${theirs.tried} slices tried, first: ${theirs.first}; ours ${(theirs.seconds / wall).toFixed(1)} times as fast`,
  );
}

async function logged(kind) {
  const random = seeded(1);
  const features = {};
  for (let column = 0; column < 8; column++) {
    const dictionary = Array.from({ length: 3 + column }, (_, i) => `value ${i}`);
    const codes = Int32Array.from({ length: samples }, () =>
      Math.floor(random() * random() * dictionary.length),
    );
    features[`text ${column}`] = { dictionary, codes };
  }
  for (let column = 0; column < 12; column++) {
    features[`number ${column}`] = Float64Array.from({ length: samples }, () =>
      column < 3 && random() < 0.1 ? Number.NaN : random() ** (1 + column),
    );
  }
  const { codes } = features["text 2"];
  const isBad = (i) => codes[i] === 1 && features["number 5"][i] > 0.5;
  const yTrue = Float64Array.from({ length: samples }, () => Math.floor(random() * 4));
  const yPred = yTrue.map((truth, i) => {
    if (kind === "regression") return truth - Math.log(random()) * (isBad(i) ? 1.5 : 1);
    return random() < (isBad(i) ? 0.14 : 0.1) ? (truth + 1) % 4 : truth;
  });
  const { predictionId, paths } = await logExperiment({
    kind,
    project: kind,
    parameters: {
      datasetUri: "generated",
      targetColumn: "y",
      testSet: Int32Array.from({ length: samples }, (_, i) => i),
      model: { name: "Model", parameters: {} },
    },
    yTrue: kind === "regression" ? yTrue : Int32Array.from(yTrue),
    yPred: kind === "regression" ? yPred : Int32Array.from(yPred),
    sampleFeatures: features,
    store,
  });
  return { id: predictionId, path: join(store, paths.predictions) };
}
