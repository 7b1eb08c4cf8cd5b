// One experiment among a million, and the best of them: cold processes, this build against the last commit
// whose commands parsed every line of every log, on the same store. `node bench/find.js [EXPERIMENTS]
// [COMMIT]`.
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { pythonEnvironment } from "../scripts/python-environment.js";
import { builtAt } from "./built-at.js";
import { bundledSource } from "./bundled-source.js";
import { project, writeStore } from "./catalog-store.js";
import { median, temporaryFolder } from "./measure.js";

const count = Number(process.argv[2] ?? 1_000_000);
const baseline = process.argv[3] ?? "797e0eb";
const root = fileURLToPath(new URL("..", import.meta.url));
const work = temporaryFolder();
const [store, cache, noCache] = ["store", "cache", "no-cache"].map((name) => join(work, name));

const { headerLine, rowLine, openCatalog, openStore } = await bundledSource();
const { logExperiment } = await import("../dist/index.js");
const logged = [];
const logSome = async () => {
  for (const seed of [1, 2]) logged.push(await logExperiment(experiment(seed)));
};
await logSome(); // the first of the log
writeStore(store, count, { headerLine, rowLine });
await logSome(); // and the last
const ids = [logged[0], logged[3]].map(({ predictionId }) => predictionId);
console.log(`  ${count} experiments in one project`);

const built = builtAt(baseline, root, work);
const then = { cli: join(built, "dist/cli.js"), python: pythonOf(built) };
const builds = { ours: { cli: join(root, "dist/cli.js"), python: pythonOf(root) }, theirs: then };

const catalog = await openCatalog(openStore(store), { folder: cache });
await catalog.refresh();
await catalog.close();

const place = ["--store", store];
const commands = {
  show: ({ cli }) => [process.execPath, cli, "show", ids[1], ...place],
  "compare of two": ({ cli }) => [process.execPath, cli, "compare", ...ids, ...place],
  "experiments --limit 50 --sort f1_macro": ({ cli }) =>
    [process.execPath, cli, "experiments", project, "--limit", "50", "--sort", "f1_macro"].concat(place),
  "Python's read_experiment": ({ python }) => python && [...python, ids[1], store],
};
for (const [what, command] of Object.entries(commands)) {
  if (!command(builds.ours)) {
    console.log(`  ${what}: not measured, there is no Python with venv`);
    continue;
  }
  const before = run(command(builds.theirs), noCache);
  for (const [how, folder, wanted] of [
    ["with a catalog", cache, 100],
    ["without", noCache, 15],
  ]) {
    run(command(builds.ours), folder); // what it reads is in the system's memory, as for the one before
    const runs = Array.from({ length: 5 }, () => run(command(builds.ours), folder));
    const time = median(runs.map(({ seconds }) => seconds));
    const memory = Math.max(...runs.map(({ megabytes }) => megabytes));
    console.log(
      `  ${what}, ${how}: ${(time * 1000).toFixed(0)} ms, ${memory.toFixed(0)} MB; at ${baseline} ${before.seconds.toFixed(1)} s, ` +
        `${before.megabytes.toFixed(0)} MB: ${(before.seconds / time).toFixed(0)} times as fast; wanted ${wanted}, 300 MB${wanted === 100 ? ", 500 ms" : ""}`,
    );
  }
}

function experiment(seed) {
  const samples = Array.from({ length: 500 }, (_, i) => i);
  return {
    kind: "classification",
    project,
    parameters: {
      datasetUri: "s3://data/cars.csv",
      targetColumn: "price",
      testSet: samples,
      model: { name: "Tree", parameters: { seed } },
    },
    yTrue: samples.map((i) => i % 3),
    yPred: samples.map((i) => (i * seed * 7) % 3),
    store,
  };
}

/** Time and peak memory of a command, as the system tells them. */
function run(command, folder) {
  const start = performance.now();
  const { status, stderr } = spawnSync("/usr/bin/time", ["-f", "%M", ...command], {
    env: { ...process.env, ML_TRACKING_CACHE: folder },
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${command.join(" ")} failed: ${stderr}`);
  return { seconds, megabytes: Number(stderr.trim().split("\n").at(-1)) / 1000 };
}

/** A Python command that reads one experiment by the client of a tree. */
function pythonOf(tree) {
  const environment = pythonEnvironment(root);
  if (!("python" in environment)) return undefined;
  execFileSync(process.execPath, [join(tree, "scripts/build-python.js")], { stdio: "ignore" });
  const wheels = join(tree, "dist/python");
  const target = join(work, `client-${tree === root ? "now" : "then"}`);
  const install = ["-m", "pip", "install", "-q", "--no-deps", "--target", target];
  const wheel = readdirSync(wheels).find((name) => name.endsWith(".whl"));
  execFileSync(environment.python, [...install, join(wheels, wheel)], { stdio: "ignore" });
  // What the dashboard fetches once: the client's reads use it where it is.
  const duckdb = join(cache, `duckdb-${duckdbVersion()}`);
  if (!existsSync(duckdb)) {
    mkdirSync(duckdb, { recursive: true });
    copyFileSync(join(root, "package.json"), join(duckdb, "package.json"));
    symlinkSync(join(root, "node_modules"), join(duckdb, "node_modules"));
  }
  const script = `import sys; sys.path.insert(0, ${JSON.stringify(target)})
from ml_tracking import read_experiment
assert read_experiment(sys.argv[1], store=sys.argv[2]).experiment["prediction_id"] == sys.argv[1]`;
  return [environment.python, "-c", script];
}

function duckdbVersion() {
  const { dependencies } = JSON.parse(
    execFileSync("cat", [join(root, "package.json")], { encoding: "utf8" }),
  );
  return dependencies["@duckdb/node-api"];
}
