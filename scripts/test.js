// Everything that `npm test` holds: format, lint, types, then the tests, whose plain total is the last line.
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { pythonEnvironment } from "./python-environment.js";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
pythonEnvironment(root); // before the workers start, so that it is made once

const checks = [
  { name: "format", command: ["node_modules/@biomejs/biome/bin/biome", "check", "."] },
  { name: "lint", command: ["node_modules/oxlint/bin/oxlint", "--type-aware", "--deny-warnings", "."] },
  { name: "types", command: ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "tsconfig.json"] },
  { name: "types of the pages", command: ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "web"] },
];
let failed = false;
if (process.argv.length === 2) {
  // All at once: each alone leaves cores idle.
  for (const running of checks.map(run)) {
    const { name, said, passed } = await running;
    process.stdout.write(said);
    console.log(passed ? `${name}: ok` : `${name}: FAILED`);
    failed ||= !passed;
  }
}
// Under a failed check the tests still run, but the whole fails.
const tests = spawnSync(
  process.execPath,
  ["node_modules/vitest/vitest.mjs", "run", ...process.argv.slice(2)],
  {
    stdio: "inherit",
  },
);
process.exitCode = failed ? 1 : (tests.status ?? 1);

/** Runs a check to its end, and keeps what it says. */
function run({ name, command }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (said += text));
    child.on("close", (status) => resolve({ name, said, passed: status === 0 }));
  });
}
