// Copying 10,000 experiments with 2 GB of predictions, every byte verified, against `cp -r` and comparing
// with `diff -r`; then killed at random and done again until it gets to its end.
import { execFileSync, spawn } from "node:child_process";
import { randomFillSync } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { logExperiment } from "../dist/index.js";
import { report, temporaryFolder, timesAtMost } from "./measure.js";

const experiments = 10_000;
const bytesEach = 200_000;
const folder = temporaryFolder();
const from = join(folder, "from");
const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

const { paths } = await logExperiment({
  kind: "regression",
  project: "bench",
  parameters: { datasetUri: "d", targetColumn: "y", testSet: [1], model: { name: "Bench", parameters: {} } },
  yTrue: [1],
  yPred: [2],
  store: join(folder, "template"),
  strict: true,
});
const [header, row] = readFileSync(join(folder, "template", paths.trackingLog), "utf8").split("\n");
const predictions = Buffer.alloc(bytesEach);
mkdirSync(join(from, paths.trackingLog, ".."), { recursive: true });
mkdirSync(join(from, paths.predictions, ".."), { recursive: true });
const rows = Array.from({ length: experiments }, (_, i) => {
  const id = String(i).padStart(12, "0");
  // Copying does not look into them, but by their digest: no two files are alike.
  writeFileSync(join(from, paths.predictions, "..", `${id}.number.parquet`), randomFillSync(predictions));
  return row.replaceAll(row.slice(0, 12), id);
});
writeFileSync(join(from, paths.trackingLog), `${[header, ...rows].join("\n")}\n`);

const copy = (to, ...flags) =>
  execFileSync(process.execPath, [cli, "copy", from, to, ...flags], { stdio: "pipe" });
const timed = (work) => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
const [ours, theirs, again, quick] = [[], [], [], []];
for (let round = 0; round < 2; round++) {
  const [to, plain] = [join(folder, "to"), join(folder, "plain")];
  theirs.push(
    timed(() => {
      execFileSync("cp", ["-r", from, plain]);
      execFileSync("sync", ["-f", plain]);
      execFileSync("diff", ["-r", from, plain]);
    }),
  );
  rmSync(plain, { recursive: true });
  ours.push(timed(() => copy(to)));
  again.push(timed(() => copy(to)));
  quick.push(timed(() => copy(to, "--quick")));
  rmSync(to, { recursive: true });
}
const alternative = "cp -r, sync, diff -r";
const what = `${experiments} experiments, ${(experiments * bytesEach) / 1e9} GB`;
report(`copy of ${what}`, { ours, theirs, alternative, wanted: timesAtMost(4) });
report("copy again, all compared", { ours: again, theirs, alternative, wanted: timesAtMost(2) });
report("copy again, --quick", { ours: quick, theirs, alternative, wanted: timesAtMost(0.5) });

const to = join(folder, "killed");
let kills = 0;
for (let ended = false; !ended; ) {
  const child = spawn(process.execPath, [cli, "copy", from, to], { stdio: "ignore" });
  const closed = new Promise((resolve) => child.on("close", (_, signal) => resolve(signal)));
  const timer =
    kills < 8 ? setTimeout(() => child.kill("SIGKILL"), 1_000 + 9_000 * Math.random()) : undefined;
  ended = (await closed) === null;
  clearTimeout(timer);
  if (!ended) kills += 1;
}
execFileSync("diff", ["-r", from, to, "--exclude=.incoming"]);
console.log(`  killed ${kills} times and done again: every file equal (diff -r)`);
