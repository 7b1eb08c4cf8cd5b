// Logging, reading and building the catalog against the last build that wrote format 1, whose rows are narrower:
// each has a store as it writes it itself, and they take turns. `node bench/former-format.js [EXPERIMENTS]`.
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { builtAt } from "./built-at.js";
import { report, temporaryFolder, timesAtMost } from "./measure.js";
import { smallExperiment } from "./small-experiment.js";

/** The last commit that wrote format 1. */
const baseline = "d475ff7";

const count = Number(process.argv[2] ?? 300_000);
const root = fileURLToPath(new URL("..", import.meta.url));
const work = temporaryFolder();
const builds = {
  ours: await opened(root, "ours"),
  theirs: await opened(builtAt(baseline, root, work), "theirs"),
};
const alternative = "format 1";
const wanted = timesAtMost(1.05);

/** A build, and a store of many experiments in its own format. */
async function opened(folder, name) {
  const load = (path) => import(pathToFileURL(join(folder, path)).href);
  const { bundledSource } = await load("bench/bundled-source.js");
  const { project, writeStore } = await load("bench/catalog-store.js");
  const source = await bundledSource();
  const store = join(work, name);
  writeStore(store, count, source);
  return { library: await load("dist/index.js"), source, store, project, name };
}

async function inTurn(what, turns, measured) {
  const times = { ours: [], theirs: [] };
  for (let turn = -1; turn < turns; turn++) {
    for (const name of turn % 2 === 0 ? ["ours", "theirs"] : ["theirs", "ours"]) {
      const time = await measured(builds[name], turn);
      if (turn >= 0) times[name].push(time);
    }
  }
  report(what, { ...times, alternative, wanted });
}

async function timed(task) {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

const small = (store) => smallExperiment("small", `${store} of small ones`);
const large = (store) => {
  const yTrue = Int32Array.from({ length: 100_000 }, (_, i) => i % 7);
  const { parameters, ...rest } = small(store);
  return {
    ...rest,
    project: "large",
    parameters: { ...parameters, testSet: yTrue.map((_, i) => i) },
    yTrue,
    yPred: yTrue.map((label, i) => (i % 11 === 0 ? 0 : label)),
  };
};
await inTurn("logging 4 samples", 300, ({ library, store }) =>
  timed(() => library.logExperiment(small(store))),
);
await inTurn("logging 100,000 samples", 30, ({ library, store }) =>
  timed(() => library.logExperiment(large(store))),
);
await inTurn(`reading ${count} experiments one by one`, 5, ({ library, store, project }) =>
  timed(async () => {
    let read = 0;
    for await (const _ of library.experiments(project, { store })) read += 1;
    if (read !== count) throw new Error(`${read} of ${count} experiments were read`);
  }),
);
await inTurn(`the catalog of ${count} experiments`, 7, ({ source, store, name }, turn) =>
  timed(async () => {
    const folder = join(work, `cache of ${name} ${turn}`);
    const catalog = await source.openCatalog(source.openStore(store), { folder });
    const { addedExperiments } = await catalog.refresh();
    if (addedExperiments !== count) throw new Error(`${addedExperiments} of ${count} are in the catalog`);
    await catalog.close();
  }),
);
