// Peak memory of a process that logs ten million integer labels: the arrays themselves included.
import { execFileSync } from "node:child_process";
import { temporaryFolder } from "./measure.js";

const script = `
  import { logExperiment } from ${JSON.stringify(new URL("../dist/index.js", import.meta.url).href)};
  const samples = 10_000_000;
  const fill = (of) => { const a = new Int32Array(samples); for (let i = 0; i < samples; i++) a[i] = of(i); return a; };
  const yTrue = fill((i) => (i * 7919) % 10);
  const start = performance.now();
  await logExperiment({
    kind: "classification", project: "memory", store: process.argv[1],
    parameters: { datasetUri: "bench", targetColumn: "y", testSet: fill((i) => i), model: { name: "Bench", parameters: {} } },
    yTrue, yPred: fill((i) => (i % 5 === 0 ? 3 : yTrue[i])),
  });
  console.log(process.resourceUsage().maxRSS, performance.now() - start);
`;
const output = execFileSync(process.execPath, ["--input-type=module", "-e", script, temporaryFolder()], {
  encoding: "utf8",
});
const [kilobytes, milliseconds] = output.trim().split(" ").map(Number);
console.log(
  `  10M integer labels: ${(kilobytes / 1e6).toFixed(2)} GB at its peak, ${(milliseconds / 1000).toFixed(1)} s; wanted at most 1.2 GB`,
);
