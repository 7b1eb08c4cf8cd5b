// Intervals of every score of an experiment, and the comparison of two with every test, files read anew: a
// million samples against the same with numpy, scipy, statsmodels and scikit-learn in the same run, then ten
// million, which may take as much longer as n log n says. `node bench/judge.js [kind ...]`: binary,
// multiclass, labels, regression.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { pythonEnvironment } from "../scripts/python-environment.js";
import { median, report, temporaryFolder, timesFaster } from "./measure.js";

const environment = pythonEnvironment(fileURLToPath(new URL("..", import.meta.url)));
if (!("python" in environment)) {
  console.error(`  not measured: ${environment.missing}`);
  process.exit(1);
}
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const run = (program, args) => JSON.parse(execFileSync(program, args.map(String), { encoding: "utf8" }));
const all = {
  binary: "binary with y_score",
  multiclass: "10 classes with y_score",
  labels: "200 classes",
  regression: "regression",
};
const kinds = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(all);
const limits = { intervals: 1000, comparison: 3000 };
const replicates = 5;

for (const kind of kinds) {
  const million = run(process.execPath, [here("judge-once.js"), kind, 1e6, temporaryFolder()]);
  const python = run(environment.python, [here("judge_once.py"), kind, replicates, ...million.files]);
  const tenMillion = run(process.execPath, [
    "--max-old-space-size=8192",
    here("judge-once.js"),
    kind,
    1e7,
    temporaryFolder(),
  ]);
  for (const [what, limit] of Object.entries(limits)) {
    const ours = million[what];
    const name = `${all[kind]}, ${what}, 1M`;
    report(name, {
      ours: ours.milliseconds,
      theirs: python[what],
      alternative: `Python, 2,000 resamples of the rows (${replicates} of them timed)`,
      wanted: timesFaster(10),
    });
    report(name, {
      ours: ours.milliseconds,
      theirs: python.shortcuts[what],
      alternative:
        "Python with numpy's multinomial draws, without average precision, or what else has no closed form there",
      wanted: { ratio: (a, b) => b / a, text: "nothing: to compare" },
    });
    console.log(
      `  ${name}: ${median(ours.milliseconds).toFixed(0)} ms, processor time ${median(ours.cpu).toFixed(0)} ms; wanted at most ${limit} ms`,
    );
    const growth = median(tenMillion[what].cpu) / median(ours.cpu);
    console.log(
      `  ${all[kind]}, ${what}, 10M: ${median(tenMillion[what].milliseconds).toFixed(0)} ms, processor time ${growth.toFixed(1)} times that of 1M; n log n is ${((10 * Math.log(1e7)) / Math.log(1e6)).toFixed(1)}, and tables that outgrow the processor's caches take up to half as much again`,
    );
  }
  console.log(`  ${all[kind]}, 10M: ${(tenMillion.peak / 1e9).toFixed(2)} GB at its peak, logging included`);
}
