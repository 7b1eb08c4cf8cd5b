import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two workers: the crash tests start eight processes of their own each.
    maxWorkers: 2,
    reporters: ["default", "./tests/total-reporter.ts"],
  },
});
