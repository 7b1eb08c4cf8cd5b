// A whole call from Python in a process at work, against the same scores and files with scikit-learn, pandas
// and a CSV row in that very process; and a first call in a fresh process against a Python that does nothing.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pythonEnvironment } from "../scripts/python-environment.js";
import { atMost, moreAtMost, report, temporaryFolder, timesFaster } from "./measure.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const environment = pythonEnvironment(root);
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
// Some machines choose an older kernel for numpy in these two, which would slow the alternative.
const { OPENBLAS_CORETYPE: _kernel, OPENBLAS_L2_SIZE: _size, ...plain } = process.env;
const env = { ...plain, PYTHONPATH: installed };
const run = (script, args) =>
  execFileSync(python, [fileURLToPath(new URL(script, import.meta.url)), ...args.map(String)], {
    env,
    encoding: "utf8",
  });

const cases = [
  { labels: "integers", samples: 1000, rounds: 60, wanted: atMost(5) },
  { labels: "integers", samples: 1_000_000, rounds: 6, wanted: timesFaster(2) },
  { labels: "strings", samples: 1_000_000, rounds: 3, wanted: timesFaster(8) },
];
for (const { labels, samples, rounds, wanted } of cases) {
  const times = JSON.parse(run("python_client.py", [labels, samples, rounds, folder]));
  const what = `from Python, ${samples.toLocaleString("en-US")} rows of ${labels}`;
  report(what, { ...times, alternative: "scikit-learn and pandas", wanted });
}

const first = { ours: [], theirs: [] };
const time = (args) => {
  const start = performance.now();
  run("python_first_call.py", args);
  return performance.now() - start;
};
for (let i = 0; i < 18; i++) {
  const pair = [time([folder]), time([])];
  if (i < 3) continue;
  first.ours.push(pair[0]);
  first.theirs.push(pair[1]);
}
report("first call in a fresh Python", { ...first, alternative: "Python alone", wanted: moreAtMost(250) });
