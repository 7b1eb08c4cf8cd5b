// Kills programs at every change of a file that they make, and MLflow's server two hundred times; of these kills
// `npm test` makes a part.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const tests = [
  "tests/annotations",
  "tests/history/killed.test.ts",
  "tests/maintenance",
  "tests/mlflow/killed-server.test.ts",
  "tests/python-client",
  "tests/spool/killed.test.ts",
  "tests/tracking-log",
];
const { status } = spawnSync(process.execPath, ["scripts/test.js", ...tests], {
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  env: {
    ...process.env,
    ML_TRACKING_KILLS: "200",
    ML_TRACKING_TEST_ALL: "1",
    ML_TRACKING_TEST_SURVIVAL: "whole",
  },
  stdio: "inherit",
});
process.exitCode = status ?? 1;
