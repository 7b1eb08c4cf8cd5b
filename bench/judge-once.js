// Logs two experiments of one test set, then judges them three times through the library, files read anew
// each time: prints the milliseconds, the processor time of the same, the most memory that the process took,
// and where the predictions lie, as JSON.
import { join } from "node:path";
import { compareExperiments, logExperiment, readExperiments, scoreIntervals } from "../dist/index.js";
import { seeded } from "./measure.js";

const [kind, count, store] = process.argv.slice(2);
const samples = Number(count);
const random = seeded(11);
const normal = () => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
const each = (Kind, of) => {
  const values = new Kind(samples);
  for (let i = 0; i < samples; i++) values[i] = of(i);
  return values;
};
const classes = 10;
const manyLabels = 200;
const truths = {
  labels: () => each(Int32Array, () => Math.floor(random() * manyLabels)),
  binary: () => each(Int32Array, () => (random() < 0.3 ? 1 : 0)),
  multiclass: () => each(Int32Array, () => Math.floor(random() * classes)),
  regression: () => each(Float64Array, () => 100 * Math.exp(normal())),
};
const models = {
  labels: (yTrue, skill) => ({
    yPred: each(Int32Array, (i) => (random() < 0.6 * skill ? yTrue[i] : Math.floor(random() * manyLabels))),
  }),
  binary(yTrue, skill) {
    const yScore = each(
      Float64Array,
      (i) => 1 / (1 + Math.exp(-1.5 * normal() - (yTrue[i] === 1 ? skill : -skill))),
    );
    return { yScore, yPred: each(Int32Array, (i) => (yScore[i] >= 0.5 ? 1 : 0)) };
  },
  multiclass(yTrue, skill) {
    const yPred = new Int32Array(samples);
    const values = new Float64Array(samples * classes);
    for (let i = 0; i < samples; i++) {
      const row = values.subarray(i * classes, (i + 1) * classes);
      let sum = 0;
      for (let c = 0; c < classes; c++) {
        row[c] = -Math.log(random() + 1e-12) * (c === yTrue[i] ? 4 * skill : 1);
        sum += row[c];
        if (row[c] > row[yPred[i]]) yPred[i] = c;
      }
      for (let c = 0; c < classes; c++) row[c] /= sum;
    }
    return { yPred, yScore: { values, columns: classes } };
  },
  regression: (yTrue, skill) => ({ yPred: each(Float64Array, (i) => yTrue[i] + (10 / skill) * normal()) }),
};
const yTrue = truths[kind]();
const ids = each(Int32Array, (i) => i);
for (const skill of [1, 1.01]) {
  await logExperiment({
    kind: kind === "regression" ? kind : "classification",
    project: kind,
    parameters: {
      datasetUri: "bench",
      targetColumn: "y",
      testSet: ids,
      model: { name: "Bench", parameters: { skill } },
    },
    yTrue,
    ...models[kind](yTrue, skill),
    store,
  });
}
const { experiments } = await readExperiments(kind, { store });
const [a, b] = experiments.map(({ predictionId }) => predictionId);
const intervals = { milliseconds: [], cpu: [] };
const comparison = { milliseconds: [], cpu: [] };
let reasons = 0;
for (let round = 0; round < 3; round++) {
  const scores = await timed(intervals, () => scoreIntervals(a, { store }));
  const compared = await timed(comparison, () => compareExperiments(a, b, { store }));
  reasons = [...scores, ...compared.scores].filter(
    ({ score, low }) => low === null && score !== "max_error",
  ).length;
}
if (reasons > 0) throw new Error(`${reasons} scores have no interval`);
const files = experiments.map(({ predictions }) => join(store, predictions));
console.log(JSON.stringify({ intervals, comparison, files, peak: process.resourceUsage().maxRSS * 1024 }));

async function timed(times, work) {
  const before = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  times.milliseconds.push(performance.now() - start);
  const used = process.cpuUsage(before);
  times.cpu.push((used.user + used.system) / 1000);
  return result;
}
