// The catalog over a million experiments: first build against DuckDB's own reading of the same files, opening
// it again, queries as the dashboard makes them, and how soon one more row is there. `node bench/catalog.js
// [EXPERIMENTS]`.
import { appendFileSync } from "node:fs";
import { join } from "node:path";

import { bundledSource } from "./bundled-source.js";
import { experimentLine, project, writeStore } from "./catalog-store.js";
import { median, seeded, temporaryFolder } from "./measure.js";

const count = Number(process.argv[2] ?? 1_000_000);
const root = temporaryFolder();
const [store, cache] = [join(root, "store"), join(root, "cache")];
const { openCatalog, openStore, headerLine, rowLine } = await bundledSource();

const [files] = await timed(() => writeStore(store, count, { headerLine, rowLine }));
console.log(`  ${count} experiments in ${files.length} files`);

const bare = await timed(() => readBare(files));
let catalog = await openCatalog(openStore(store), { folder: cache });
const [report, build] = await timed(() => catalog.refresh());
if (report.addedExperiments !== count)
  throw new Error(`only ${report.addedExperiments} experiments of ${count} are in the catalog`);
console.log(`  DuckDB's read_csv alone: ${seconds(bare[1])}`);
console.log(`  first build: ${seconds(build)}, ratio ${(build / bare[1]).toFixed(2)}; wanted at most 3`);
await catalog.close();

const [, reopen] = await timed(async () => {
  catalog = await openCatalog(openStore(store), { folder: cache });
  await catalog.refresh();
  await catalog.experiments(project, { limit: 50 });
});
console.log(`  opened again, refreshed, first page: ${reopen.toFixed(0)} ms; wanted at most 1000`);

/** @type {number[]} */
const times = [];
for (const query of queries()) times.push((await timed(() => catalog.experiments(project, query)))[1]);
times.sort((a, b) => a - b);
console.log(
  `  ${times.length} different filters and sorts, first page of 50: median ${median(times).toFixed(0)} ms, 95 % ${times[Math.ceil(times.length * 0.95) - 1]?.toFixed(0)} ms; wanted at most 100 and 250`,
);

const random = seeded(7);
const additions = [];
for (let i = 0; i < 9; i++) {
  const line = experimentLine(rowLine, count + i, random);
  appendFileSync(files.at(-1), line);
  const [page, time] = await timed(async () => {
    await catalog.refresh();
    return catalog.experiments(project, { limit: 50 });
  });
  if (page.prediction_ids[0] !== line.slice(0, 12)) throw new Error("the row that was added is not there");
  additions.push(time);
}
console.log(
  `  one more row, refreshed and on the first page: median ${median(additions).toFixed(0)} ms; wanted at most 300`,
);
const others = {
  columns: () => catalog.columns(project),
  "differing columns": () => catalog.differingColumns(project),
  groups: () => catalog.groups(project, { by: ["model", "extra.scaler"], values: ["accuracy", "log_loss"] }),
};
for (const [what, work] of Object.entries(others)) {
  console.log(`  ${what}: ${(await timed(work))[1].toFixed(0)} ms`);
}
await catalog.close();

function* queries() {
  const filters = [
    (at) => `f1_macro > ${at}`,
    (at) => `accuracy > ${at} AND params.criterion = 'gini'`,
    (at) => `model LIKE '%Forest%' AND params.learning_rate < ${at}`,
    () => "extra.scaler IN ('none', 'MinMaxScaler') AND NOT git_dirty = true",
    (at) => `name ILIKE '%${Math.round(at * 1000)}%'`,
    (at) => `params.max_depth IS NULL OR log_loss BETWEEN ${at / 2} AND ${at}`,
    () => "",
  ];
  const columns = [
    "accuracy",
    "f1_macro",
    "log_loss",
    "params.learning_rate",
    "params.max_depth",
    "extra.scaler",
    "model",
    "logged_at",
    "name",
  ];
  for (let i = 0; i < 30; i++) {
    const filter = filters[i % filters.length](((i * 37) % 100) / 100);
    const direction = i % 2 === 0 ? "ascending" : "descending";
    yield { filter, sort: [{ column: columns[i % columns.length], direction }], limit: 50 };
  }
}

async function readBare(paths) {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(join(root, "bare.duckdb"), { memory_limit: "4GB" });
  const connection = await instance.connect();
  const list = paths.map((path) => `'${path.replaceAll("'", "''")}'`).join(", ");
  await connection.run(`CREATE TABLE log AS SELECT * FROM read_csv([${list}])`);
  await connection.run("CHECKPOINT");
  connection.closeSync();
  instance.closeSync();
}

async function timed(work) {
  const start = performance.now();
  const result = await work();
  return [result, performance.now() - start];
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
