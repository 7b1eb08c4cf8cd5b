// Ten metrics a call from Python, against trackio, W&B offline and MLflow's client on SQLite at their own
// defaults; and a million points until they are durable.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pythonEnvironment } from "../scripts/python-environment.js";
import { median, temporaryFolder } from "./measure.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const environment = pythonEnvironment(root, "bench/trackers.txt");
if (!("python" in environment)) {
  console.error(`  not measured: ${environment.missing}`);
  process.exit(1);
}
const { python } = environment;
execFileSync(process.execPath, [join(root, "scripts/build-python.js")], { stdio: ["ignore", "ignore", 2] });
const wheels = join(root, "dist/python");
const folder = temporaryFolder();
const installed = join(folder, "installed");
const pip = ["-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--target", installed];
execFileSync(python, [...pip, ...readdirSync(wheels).map((wheel) => join(wheels, wheel))], {
  stdio: ["ignore", "ignore", 2],
});
const script = fileURLToPath(new URL("run_logging.py", import.meta.url));
let runs = 0;
const measure = (tracker, calls) => {
  const own = join(folder, `${tracker}-${runs++}`);
  mkdirSync(own);
  const env = { ...process.env, PYTHONPATH: installed };
  const printed = execFileSync(python, [script, tracker, String(calls), own], {
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return JSON.parse(printed);
};

const calls = 10_000;
/** MLflow waits for its database in every call: fewer of them say as much. */
const callsOf = { ours: calls, trackio: calls, wandb: calls, mlflow: 500 };
const rounds = 3;
const results = { ours: [], trackio: [], wandb: [], mlflow: [] };
for (let round = 0; round < rounds; round++) {
  for (const tracker of Object.keys(results)) results[tracker].push(measure(tracker, callsOf[tracker]));
}
const rates = {};
for (const [tracker, found] of Object.entries(results)) {
  const of = (name) => median(found.map((each) => each[name]));
  rates[tracker] = callsOf[tracker] / of("loop");
  console.log(
    `  ${tracker}, ${callsOf[tracker]} calls of 10 metrics: ${Math.round(rates[tracker])} calls a second, median ${of("median").toFixed(1)} us, 99 % ${of("99th").toFixed(1)} us, kept after ${of("durable").toFixed(2)} s`,
  );
}
const best = Math.max(rates.trackio, rates.wandb, rates.mlflow);
console.log(
  `  ${(rates.ours / best).toFixed(1)} times as many calls a second as the best of the others; wanted at least 10, and a median of at most 20 us`,
);
const million = Array.from({ length: rounds }, () => measure("ours", 100_000));
const of = (name) => median(million.map((each) => each[name]));
console.log(
  `  1,000,000 points in one run: durable after ${of("durable").toFixed(2)} s (${million.map(({ durable }) => durable.toFixed(2)).join(", ")}; wanted 3), then folded in ${of("finished").toFixed(2)} s; Python grew by ${of("grown").toFixed(0)} MB`,
);
