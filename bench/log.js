// One whole call of a million samples, against the same scores and files in Python (scikit-learn, pandas, a
// CSV row).
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { pythonEnvironment } from "../scripts/python-environment.js";
import { report, temporaryFolder, timesFaster } from "./measure.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const environment = pythonEnvironment(root);
if (!("python" in environment)) {
  console.error(`  not measured: ${environment.missing}`);
  process.exit(1);
}

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const cases = [
  { labels: "integers", what: "1M binary integer labels, y_score, integer ids", wanted: 3 },
  { labels: "strings", what: "1M string labels of 5 classes, integer ids", wanted: 15 },
];
for (const { labels, what, wanted } of cases) {
  const ours = [];
  const theirs = [];
  for (let round = 0; round < 3; round++) {
    const store = temporaryFolder();
    const args = [labels, "1000000", store];
    ours.push(
      ...JSON.parse(execFileSync(process.execPath, [here("log-once.js"), ...args], { encoding: "utf8" })),
    );
    theirs.push(
      ...JSON.parse(execFileSync(environment.python, [here("log_once.py"), ...args], { encoding: "utf8" })),
    );
  }
  report(what, { ours, theirs, alternative: "Python", wanted: timesFaster(wanted) });
}
