// Logs the same experiment four times in one process; prints the milliseconds of the last three as JSON.
import { logExperiment } from "../dist/index.js";
import { seeded } from "./measure.js";

const [labels, count, store] = process.argv.slice(2);
const samples = Number(count);
const random = seeded(7);
const classes = ["ant", "bee", "cat", "dog", "elk"];
const model = { name: "Bench", parameters: { depth: 3 } };
const input = {
  kind: "classification",
  project: `bench-${labels}`,
  parameters: {
    datasetUri: "bench",
    targetColumn: "y",
    testSet: Int32Array.from({ length: samples }, (_, i) => i),
    model,
  },
  store,
};
if (labels === "integers") {
  const yScore = Float64Array.from({ length: samples }, random);
  Object.assign(input, {
    yScore,
    yTrue: Int32Array.from(yScore, (score) => (random() < score ? 1 : 0)),
    yPred: Int32Array.from(yScore, (score) => (score >= 0.5 ? 1 : 0)),
  });
} else {
  const pick = () => fresh(classes[Math.floor(random() * classes.length)]);
  const yTrue = Array.from({ length: samples }, pick);
  Object.assign(input, { yTrue, yPred: yTrue.map((label) => (random() < 0.8 ? fresh(label) : pick())) });
}

/** A string of its own, as a parser gives them, not a shared one. */
function fresh(label) {
  return Buffer.from(label).toString("latin1");
}

const times = [];
for (let i = 0; i < 4; i++) {
  const start = performance.now();
  await logExperiment(input);
  times.push(performance.now() - start);
}
console.log(JSON.stringify(times.slice(1)));
