// Tries the packed package with every bundler, test runner, package manager and runtime of
// tests/package/tools.json. Of these `npm test` tries those that take seconds.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const { status } = spawnSync(process.execPath, ["scripts/test.js", "tests/package", "tests/api"], {
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  env: { ...process.env, ML_TRACKING_TEST_PACKAGE: "whole", ML_TRACKING_TEST_ALL: "1" },
  stdio: "inherit",
});
process.exitCode = status ?? 1;
