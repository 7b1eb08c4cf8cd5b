// A cold `ml-tracking log` of 1,000 rows against a Node.js that does nothing.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { report, seeded, temporaryFolder, timesAtMost } from "./measure.js";

const folder = temporaryFolder();
const random = seeded(1);
const rows = Array.from({ length: 1000 }, (_, i) => {
  const score = random();
  return `${i},${random() < score ? 1 : 0},${score >= 0.5 ? 1 : 0},${score}`;
});
const file = join(folder, "predictions.csv");
writeFileSync(file, `sample_id,y_true,y_pred,y_score\n${rows.join("\n")}\n`);
const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const log = [cli, "log", file, "--kind", "classification", "--project", "cold", "--dataset-uri", "bench"];
log.push(
  "--target-column",
  "y",
  "--model",
  "Bench",
  "--model-parameter",
  "depth=3",
  "--store",
  join(folder, "store"),
);

const ours = [];
const theirs = [];
const time = (args) => {
  const start = performance.now();
  execFileSync(process.execPath, args, { stdio: "ignore" });
  return performance.now() - start;
};
for (let i = 0; i < 33; i++) {
  const pair = [time(log), time(["-e", "0"])];
  if (i < 3) continue;
  ours.push(pair[0]);
  theirs.push(pair[1]);
}
report("cold log of 1,000 rows", { ours, theirs, alternative: "node -e 0", wanted: timesAtMost(3) });
