// `node bench/mlflow.js [RUNS]`: what MLflow's client asks, of `ml-tracking server` and of MLflow's own over SQLite,
// by its defaults, one after the other in each round, both on the disk of the temporary folder.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import http from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { pythonEnvironment } from "../scripts/python-environment.js";
import { bundledSource } from "./bundled-source.js";
import { median, temporaryFolder } from "./measure.js";
import { project, writeRunLog } from "./runs-store.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const environment = pythonEnvironment(root, "tests/mlflow/requirements.txt", { complete: true });
if (!("python" in environment)) {
  console.error(`  not measured: ${environment.missing}`);
  process.exit(1);
}
const { python } = environment;
const count = Number(process.argv[2] ?? 100_000);
const folder = temporaryFolder();
const rounds = 3;

const store = join(folder, "store");
writeRunLog(store, count, await bundledSource());
const other = join(folder, "other");
mkdirSync(other);
const children = [];
const servers = {};
try {
  servers.ours = await startOurs();
  servers.theirs = await startTheirs();
  await measureAll();
} finally {
  for (const child of children) {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
}

async function measureAll() {
  const { ours } = servers;
  console.log(`  started, ${count} runs: ${ours.started.toFixed(0)} ms; wanted at most 1000`);
  const [first] = await timed(() => ours.search());
  console.log(`  first search after the start: ${first.toFixed(0)} ms`);
  const search = await both(async (server) =>
    rate(server, 1, server === ours ? 100 : 1, () => server.search()),
  );
  say("runs/search of 100 by metric", search, 50);
  const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${ours.child.pid}/status`, "utf8"))[1]);
  console.log(`  memory of the server: ${(memory / 1024).toFixed(0)} MB; wanted under 400`);
  for (const connections of [1, 16]) {
    const metric = await both((server) =>
      rate(server, connections, server === ours ? 2_000 : 100, server.metric),
    );
    say(`log-metric from ${connections}`, metric, 50);
    const create = await both((server) =>
      rate(server, connections, server === ours ? 2_000 : 100, server.create),
    );
    say(`runs/create from ${connections}`, create, 50);
  }
  const batch = await both((server) => rate(server, 1, server === ours ? 200 : 10, server.batch));
  say("log-batch of 1000 metrics", batch, 100);
}

/** Requests a second of each server, in turn, so often. */
async function both(measure) {
  const rates = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round++) {
    for (const name of Object.keys(rates)) rates[name].push(await measure(servers[name]));
  }
  return rates;
}

function say(what, { ours, theirs }, wanted) {
  const [a, b] = [median(ours), median(theirs)];
  console.log(
    `  ${what}: ${a.toFixed(1)} requests a second, MLflow ${b.toFixed(1)}, ratio ${(a / b).toFixed(1)}; wanted at least ${wanted}`,
  );
}

async function rate(server, connections, requests, send) {
  for (let i = 0; i < connections; i++) await send();
  let left = requests;
  const [ms] = await timed(() =>
    Promise.all(
      Array.from({ length: connections }, async () => {
        while (left-- > 0) await send();
      }),
    ),
  );
  return (requests / ms) * 1000;
}

async function timed(work) {
  const start = performance.now();
  const result = await work();
  return [performance.now() - start, result];
}

async function startOurs() {
  const port = await freePort();
  const args = [join(root, "dist/cli.js"), "server", "--store", store, "--port", String(port)];
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const send = await answering(port);
  const started = performance.now() - start;
  const { experiment } = await send("GET", `experiments/get-by-name?experiment_name=${project}`);
  return { child, started, ...(await calls(send, experiment.experiment_id)) };
}

async function startTheirs() {
  const port = await freePort();
  const args = ["--host", "127.0.0.1", "--port", String(port)];
  const program = join(root, "tests/support/mlflow-server.py");
  const child = spawn(python, [program, ...args], { cwd: other, stdio: ["ignore", "pipe", "ignore"] });
  children.push(child);
  child.stdout.resume();
  const send = await answering(port);
  const { experiment_id: id } = await send("POST", "experiments/create", { name: project });
  execFileSync(python, [join(root, "bench/mlflow_fill.py"), join(other, "mlflow.db"), id, String(count)]);
  return { child, ...(await calls(send, id)) };
}

async function answering(port) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
  const send = (method, path, body) =>
    request({ port, agent, method, path: `/api/2.0/mlflow/${path}`, body });
  for (let tries = 0; tries < 2_000; tries++) {
    const isUp = await request({ port, agent, method: "GET", path: "/health" }).catch(() => false);
    if (isUp !== false) return send;
    await sleep(20);
  }
  throw new Error(`nothing answers at port ${port}`);
}

async function calls(send, experiment) {
  const create = () =>
    send("POST", "runs/create", {
      experiment_id: experiment,
      start_time: Date.now(),
      tags: [
        { key: "mlflow.user", value: "ann" },
        { key: "mlflow.source.name", value: "train.py" },
      ],
    });
  const { run } = await create();
  const id = { run_id: run.info.run_id, run_uuid: run.info.run_id };
  let step = 0;
  return {
    create,
    metric: () =>
      send("POST", "runs/log-metric", {
        ...id,
        key: "loss",
        value: Math.random(),
        timestamp: Date.now(),
        step: step++,
      }),
    batch: () =>
      send("POST", "runs/log-batch", {
        ...id,
        metrics: Array.from({ length: 1000 }, (_, i) => ({
          key: `m${i % 10}`,
          value: Math.random(),
          timestamp: Date.now(),
          step: step++,
        })),
      }),
    search: async () => {
      const found = await send("POST", "runs/search", {
        experiment_ids: [experiment],
        filter: "metrics.loss < 0.5",
        order_by: ["metrics.loss DESC"],
        max_results: 100,
      });
      if (found.runs?.length !== 100) throw new Error("a search did not find 100 runs");
    },
  };
}

function request({ port, agent, method, path, body }) {
  const bytes = body === undefined ? undefined : JSON.stringify(body);
  const headers = bytes && { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(bytes) };
  return new Promise((resolve, reject) => {
    const sent = http.request({ host: "127.0.0.1", port, agent, method, path, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part) => (text += part));
      answer.on("end", () => {
        if (answer.statusCode !== 200) reject(new Error(`${method} ${path}: ${answer.statusCode} ${text}`));
        else resolve(text.startsWith("{") ? JSON.parse(text) : text);
      });
    });
    sent.on("error", (error) => {
      // A server that nothing was asked of for seconds closed the connection meanwhile.
      const isStale = sent.reusedSocket && error.code === "ECONNRESET";
      if (isStale) resolve(request({ port, agent, method, path, body }));
      else reject(error);
    });
    sent.end(bytes);
  });
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
