// `node bench/definitions.js [SAMPLES]`: every definition of the catalogue over so many samples of two classes,
// and of ten, beside scikit-learn's own list of the same in the same run.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { pythonEnvironment } from "../scripts/python-environment.js";
import { bundledSource } from "./bundled-source.js";
import { median } from "./measure.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const environment = pythonEnvironment(root);
if (!("python" in environment)) {
  console.error(`  not measured: ${environment.missing}`);
  process.exit(1);
}
const samples = Number(process.argv[2] ?? 1_000_000);
const rounds = 3;
const { definitionsFor, computed, seededRandom } = await bundledSource();

for (const classes of [2, 10]) {
  const times = { ours: [], theirs: [] };
  let count = 0;
  for (let round = 0; round < rounds; round++) {
    const sample = made(classes);
    const start = performance.now();
    const all = definitionsFor(sample);
    for (const definition of all) computed(definition, sample);
    times.ours.push(performance.now() - start);
    count = all.length;
    times.theirs.push(theirs(classes));
  }
  const [ours, other] = [median(times.ours), median(times.theirs)];
  console.log(
    `  ${classes} classes, ${samples} samples: ${count} definitions in ${(ours / 1000).toFixed(2)} s, scikit-learn's list in ${(other / 1000).toFixed(2)} s, ratio ${(ours / other).toFixed(2)}; wanted at most 3`,
  );
}

/** Scores with ties, labels that follow them. */
function made(classes) {
  const random = seededRandom(1);
  const columns = classes === 2 ? 1 : classes;
  const yScore = new Float64Array(samples * columns);
  const yTrue = new Int32Array(samples);
  const yPred = new Int32Array(samples);
  for (let i = 0; i < samples; i++) {
    if (classes === 2) {
      const score = Math.round(random() * 10_000) / 10_000;
      yScore[i] = score;
      yTrue[i] = random() < score ? 1 : 0;
      yPred[i] = score > 0.5 ? 1 : 0;
    } else {
      yTrue[i] = Math.floor(random() * classes);
      let sum = 0;
      let best = 0;
      for (let code = 0; code < classes; code++) {
        const score = random() + (code === yTrue[i] ? 0.5 : 0);
        yScore[i * classes + code] = score;
        sum += score;
        if (score > yScore[i * classes + best]) best = code;
      }
      for (let code = 0; code < classes; code++) yScore[i * classes + code] /= sum;
      yPred[i] = best;
    }
  }
  const labels = Array.from({ length: classes }, (_, label) => label);
  return {
    kind: "classification",
    labels,
    yTrue,
    yPred,
    yScore,
    ...(classes === 2 ? { positive: 1 } : {}),
  };
}

/** Milliseconds of scikit-learn's metrics alone. */
function theirs(classes) {
  const script = fileURLToPath(new URL("definitions.py", import.meta.url));
  const { stdout, status } = spawnSync(environment.python, [script, String(samples), String(classes)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error("scikit-learn's list failed");
  return Number(stdout);
}
