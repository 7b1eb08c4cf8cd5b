// Trains with every library that has a hook, which `npm test` does for a part of them only: these take six gigabytes
// to install, and two minutes.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { pythonEnvironment } from "./python-environment.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const environment = pythonEnvironment(root, "tests/hooks/requirements.txt", { complete: true });
if ("missing" in environment) throw new Error(environment.missing);
const { python } = environment;
execFileSync(process.execPath, ["scripts/build-python.js"], { cwd: root, stdio: "inherit" });
const wheels = join(root, "dist/python");
const place = mkdtempSync(join(tmpdir(), "ml-tracking-hooks-"));
const pip = [
  "-m",
  "pip",
  "install",
  "-q",
  "--disable-pip-version-check",
  "--no-index",
  "--no-deps",
  "--target",
  place,
];
try {
  execFileSync(python, [...pip, join(wheels, readdirSync(wheels)[0])], { stdio: "inherit" });
  const { status } = spawnSync(
    python,
    [
      "-m",
      "pytest",
      "-q",
      "-p",
      "no:cacheprovider",
      "--tb=short",
      "tests/hooks",
      "tests/python-client/test_hooks.py",
      "tests/python-client/test_wandb.py",
    ],
    { cwd: root, env: { ...process.env, PYTHONPATH: place }, stdio: "inherit" },
  );
  process.exitCode = status ?? 1;
} finally {
  rmSync(place, { recursive: true, force: true });
}
