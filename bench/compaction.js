// Compaction killed 200 times at random moments while others log, in a folder and in both kinds of bucket:
// the test with more rounds.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const { status } = spawnSync(
  process.execPath,
  [fileURLToPath(new URL("../scripts/test.js", import.meta.url)), "tests/compact", "-t", "is killed"],
  { stdio: "inherit", env: { ...process.env, COMPACTION_ROUNDS: process.env.COMPACTION_ROUNDS ?? "200" } },
);
process.exitCode = status ?? 1;
