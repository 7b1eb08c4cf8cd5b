// Reads a store by every program of docs/file-format.md, those included that take half a gigabyte to install:
// ClickHouse (chdb) and Spark, or those that are named: `npm run test:engines -- spark`.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const named = process.argv.slice(2);
const { status } = spawnSync(process.execPath, ["scripts/test.js", "tests/engines"], {
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  env: {
    ...process.env,
    ML_TRACKING_TEST_ENGINES: named.length > 0 ? named.join(",") : "chdb,spark",
    ML_TRACKING_TEST_ALL: "1",
  },
  stdio: "inherit",
});
process.exitCode = status ?? 1;
