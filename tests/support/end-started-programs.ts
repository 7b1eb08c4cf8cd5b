// Every test file's set-up. Where a test starts a program it is too late for a hook: vitest takes none while
// tests run.
import { once } from "node:events";
import { afterAll } from "vitest";

import { startedPrograms } from "./started-programs.js";

afterAll(async () => {
  for (const child of startedPrograms.splice(0)) {
    if (child.exitCode === null && child.signalCode === null && child.kill()) await once(child, "exit");
  }
});
