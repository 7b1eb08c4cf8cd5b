import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

import LongestFirst from "./tests/longest-first.js";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    globalSetup: "./tests/support/prepare-everything.ts",
    setupFiles: ["tests/support/end-started-programs.ts"],
    testTimeout: 600_000, // no test depends on the speed of the machine: this only ends one that hangs
    hookTimeout: 600_000,
    // Two workers: the crash tests start eight processes of their own each.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // What a test's store could not take stays out of the developer's own spool.
    env: { ML_TRACKING_SPOOL: fileURLToPath(new URL(".cache/spool", import.meta.url)) },
    reporters: ["default", "./tests/total-reporter.ts"],
  },
});
