// `node bench/runs.js logging` logs from Python, against other trackers. Runs in bulk: `node bench/runs.js catalog [RUNS]` filters and sorts 100,000 of them; `node bench/runs.js chart [RUNS]
// [STEPS]` draws the history of 1,000 with 10,000 steps, first read from their files, then from memory.
import { join } from "node:path";

import { bundledSource } from "./bundled-source.js";
import { median, seeded, temporaryFolder } from "./measure.js";
import { chartKeys, project, runIdOf, startOf, writeHistories, writeRunLog } from "./runs-store.js";

const parts = process.argv[2] === undefined ? ["logging", "catalog", "chart"] : [process.argv[2]];
if (parts.includes("logging")) await import("./run-logging.js");
const source = await bundledSource();
const root = temporaryFolder();
if (parts.includes("catalog")) await measureCatalog(Number(process.argv[3] ?? 100_000));
if (parts.includes("chart"))
  await measureChart(Number(process.argv[3] ?? 1_000), Number(process.argv[4] ?? 10_000));

async function measureCatalog(count) {
  const store = join(root, "catalog-store");
  const random = seeded(7);
  writeRunLog(store, count, source);
  const catalog = await source.openCatalog(source.openStore(store), { folder: join(root, "cache") });
  const [, build] = await timed(() => catalog.refresh());
  console.log(`  ${count} runs, two rows each: first build ${build.toFixed(0)} ms`);
  const filters = [
    (at) => `metrics.loss < ${at}`,
    (at) => `metrics."val/accuracy" > ${at} AND params.optimizer = 'adam'`,
    () => "status = 'failed' AND tags.team = 'b'",
    (at) => `params.lr BETWEEN ${at / 2} AND ${at} AND NOT git_dirty = true`,
    (at) => `duration > ${at * 3600}`,
    (at) => `name ILIKE '%${Math.round(at * 1000)}%'`,
    () => "",
  ];
  const columns = ["metrics.loss", "params.lr", "started_at", "duration", "name", "tags.team"];
  const times = [];
  for (const filter of filters) {
    for (const column of columns) {
      for (const direction of ["ascending", "descending"]) {
        const query = { filter: filter(random()), sort: [{ column, direction }], limit: 50 };
        times.push((await timed(() => catalog.runs.page(project, query)))[1]);
      }
    }
  }
  times.sort((a, b) => a - b);
  const late = times[Math.ceil(times.length * 0.95) - 1];
  console.log(
    `  ${times.length} filters and sorts, first page of 50: median ${median(times).toFixed(0)} ms, 95 % ${late.toFixed(0)} ms; wanted at most 100 at the median`,
  );
  const [, groups] = await timed(() =>
    catalog.runs.groups(project, { by: ["params.optimizer", "tags.team"], values: ["metrics.loss"] }),
  );
  const [, summaries] = await timed(() => catalog.runs.columns(project));
  console.log(`  groups: ${groups.toFixed(0)} ms, columns: ${summaries.toFixed(0)} ms`);
  await catalog.close();
}

async function measureChart(count, steps) {
  const store = join(root, "chart-store");
  await writeHistories(store, { runs: count, steps }, source);
  const charts = await source.openCharts(source.openStore(store), { folder: join(root, "cache") });
  const places = Array.from({ length: count }, (_, i) => ({
    project,
    runId: runIdOf(i),
    startedAt: startOf(i),
  }));
  const buckets = Math.max(20, Math.min(500, Math.floor(60_000 / count)));
  const draw = async (x) => {
    const answer = await charts.histories(places, { keys: [chartKeys[0]], x, buckets });
    if (answer.series.length !== count)
      throw new Error(`only ${answer.series.length} series of ${count} runs`);
    return JSON.stringify(answer).length;
  };
  const before = process.cpuUsage();
  const [length, cold] = await timed(() => draw("step"));
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / 1000;
  const warm = [];
  for (let i = 0; i < 5; i++) warm.push((await timed(() => draw("step")))[1]);
  const [, byTime] = await timed(() => draw("time"));
  console.log(
    `  ${count} runs of ${steps} steps, ${buckets} buckets, ${(length / 2 ** 20).toFixed(1)} MB: cold ${cold.toFixed(0)} ms (${cpu.toFixed(0)} ms of all processors together), wanted at most 1000; warm ${median(warm).toFixed(0)} ms, wanted at most 300; by time, files read before, ${byTime.toFixed(0)} ms`,
  );
  await charts.close();
}

async function timed(work) {
  const start = performance.now();
  return [await work(), performance.now() - start];
}
