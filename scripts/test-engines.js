// Reads a store by every program of docs/file-format.md, Spark included, which `npm test` leaves out: it takes half
// a gigabyte to install, Java, and a minute or two.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const { status } = spawnSync(process.execPath, ["scripts/test.js", "tests/engines"], {
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  env: { ...process.env, ML_TRACKING_TEST_ENGINES: "whole", ML_TRACKING_TEST_ALL: "1" },
  stdio: "inherit",
});
process.exitCode = status ?? 1;
