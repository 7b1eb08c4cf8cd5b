// 64 writers x 50 rows on one project of a bucket that takes one write a second of a name, with and without
// the rule to start the next log file. Without it the whole would take an hour: those writers are stopped
// after five times the time, and counted.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));

const bundle = async (input, name) => {
  const built = await rolldown({
    input: join(root, input),
    platform: "node",
    external: ["@aws-sdk/client-s3", "google-auth-library", /^vitest/],
  });
  const dir = join(root, ".cache", "bench-buckets", name);
  await built.write({ dir, format: "esm", entryFileNames: "script.js" });
  await built.close();
  return join(dir, "script.js");
};
const writer = await bundle("tests/store/bucket-writer.ts", "writer");
const { faultProxy } = await import(
  pathToFileURL(await bundle("tests/support/fault-proxy.ts", "proxy")).href
);
const { gcsStore, s3Store, logLines } = await import(
  pathToFileURL(await bundle("bench/bucket-source.ts", "source")).href
);

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const crowd = { processes: 8, writers: 8, rows: Number(process.env.BENCH_ROWS ?? 50) };
const one = { processes: 1, writers: 1, rows: 1 };

async function run(address, url, { processes, ...who }, rolls, environment, milliseconds) {
  const ids = [];
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: processes }, async () => {
      const orders = JSON.stringify({ address, url, ...who, rolls });
      const child = spawn(process.execPath, [writer, orders], {
        env: { ...process.env, ...environment },
        stdio: ["ignore", "pipe", "inherit"],
      });
      const timer = milliseconds && setTimeout(() => child.kill(), milliseconds);
      let text = "";
      child.stdout.on("data", (data) => (text += data));
      await new Promise((resolve) => child.on("close", resolve));
      clearTimeout(timer);
      ids.push(...text.split("\n").slice(0, -1));
    }),
  );
  return { ids, seconds: (performance.now() - begin) / 1000 };
}

const places = [
  {
    name: "GCS",
    program: join(root, ".cache/fake-gcs-server-v1.56.1/fake-gcs-server"),
    args: (port) => `-scheme http -backend memory -host 127.0.0.1 -port ${port} -log-level error`.split(" "),
    make: (url, bucket) =>
      fetch(`${url}/storage/v1/b?project=bench`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ name: bucket }),
      }),
    address: (bucket) => `gs://${bucket}`,
    environment: {},
    open: (address, url) => gcsStore(address, { emulator: url }),
  },
  {
    name: "S3",
    program: join(root, ".cache/moto-5.2.5/bin/python"),
    args: (port) => [join(root, "tests/support/s3-server.py"), String(port)],
    make: (url, bucket) => fetch(`${url}/${bucket}`, { method: "PUT" }),
    address: (bucket) => `s3://${bucket}`,
    environment: { AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "x", AWS_REGION: "us-east-1" },
    open: (address, url) => s3Store(address, { endpoint: url }),
  },
];

for (const place of places.filter(
  ({ name }) => !process.env.BENCH_PLACE || name === process.env.BENCH_PLACE,
)) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  Object.assign(process.env, place.environment);
  const server = spawn(place.program, place.args(port), { stdio: "ignore" });
  server.on("error", () => {
    console.error(`${place.program} is not there; run the tests of tests/store once, which install it`);
    process.exit(1);
  });
  for (let tries = 0; tries < 300; tries++) {
    if (await fetch(url).catch(() => undefined)) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const faults = {
    oneWriteASecond: true,
    delay: 50,
    dropAfterCommit: 0.02,
    unavailable: 0.01,
    truncate: 0.02,
  };
  const stored = async (address) => {
    const ids = [];
    for await (const line of logLines(place.open(address, url), "crowd"))
      ids.push(line.cells.get("prediction_id"));
    return ids;
  };

  await place.make(url, "rolling");
  let proxy = await faultProxy(url, faults, 1);
  const address = place.address("rolling");
  const { ids, seconds } = await run(address, proxy.url, crowd, true, place.environment);
  await proxy.close();
  const there = await stored(address);
  const same = there.length === ids.length && new Set([...there, ...ids]).size === ids.length;
  console.log(
    `  ${place.name}: ${ids.length} rows of 64 writers in ${seconds.toFixed(1)} s, each there once: ${same}; ${proxy.requests.total} requests, ${proxy.requests.refusedForPace} answered 429, ${proxy.requests.dropped} answers lost`,
  );

  await place.make(url, "queueing");
  proxy = await faultProxy(url, faults, 1);
  const queueing = place.address("queueing");
  await run(queueing, url, one, true, place.environment); // the file that all are to share
  const slow = await run(queueing, proxy.url, crowd, false, place.environment, seconds * 5000);
  await proxy.close();
  console.log(
    `  ${place.name} without rolling: ${slow.ids.length} rows in five times that time (${slow.seconds.toFixed(1)} s), ${((slow.seconds / slow.ids.length) * ids.length).toFixed(0)} s for all at that pace: ${(((slow.seconds / slow.ids.length) * ids.length) / seconds).toFixed(0)} times slower; wanted at least 5`,
  );
  if (!same || slow.ids.length >= ids.length) process.exitCode = 1;
  server.kill();
}
