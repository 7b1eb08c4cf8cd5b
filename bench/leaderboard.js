// A leaderboard of 100 experiments of 100,000 samples, all of them judged: this build against an older one on
// the same store, turn about. `node bench/leaderboard.js [EXPERIMENTS] [SAMPLES] [COMMIT]`.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { logExperiment } from "../dist/index.js";
import { builtAt } from "./built-at.js";
import { report, seeded, temporaryFolder, timesFaster } from "./measure.js";

const [experiments = 100, samples = 100_000] = process.argv.slice(2, 4).map(Number);
const baseline = process.argv[4] ?? "1ffcdbc";
const root = fileURLToPath(new URL("..", import.meta.url));
const work = temporaryFolder();
const store = join(work, "store");
const random = seeded(3);
const classes = 5;

const yTrue = Int32Array.from({ length: samples }, () => Math.floor(random() * classes));
const testSet = Int32Array.from(yTrue.keys());
for (let i = 0; i < experiments; i++) {
  const skill = 0.8 + i / experiments / 20;
  await logExperiment({
    kind: "classification",
    project: "board",
    parameters: {
      datasetUri: "bench",
      targetColumn: "y",
      testSet,
      model: { name: "Bench", parameters: { skill } },
    },
    yTrue,
    yPred: yTrue.map((code) => (random() < skill ? code : Math.floor(random() * classes))),
    store,
  });
}

const then = join(builtAt(baseline, root, work), "dist/index.js");
for (const score of ["accuracy", "f1_macro"]) {
  const [ours, theirs] = [[], []];
  for (let round = 0; round < 3; round++) {
    theirs.push(run(then, score));
    ours.push(run(join(root, "dist/index.js"), score));
  }
  report(`leaderboard of ${experiments} by ${score}`, {
    ours,
    theirs,
    alternative: `the build of ${baseline}`,
    wanted: timesFaster(3),
  });
}

/** Processor time of one leaderboard in a process of its own, in milliseconds. */
function run(library, score) {
  const script = `import { leaderboard } from ${JSON.stringify(pathToFileURL(library).href)};
const before = process.cpuUsage();
await leaderboard("board", { store: ${JSON.stringify(store)}, limit: ${experiments}, score: "${score}" });
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1000);`;
  return Number(
    execFileSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" }),
  );
}
