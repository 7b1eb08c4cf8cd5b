#!/usr/bin/env node
import { visibleText } from "../tracking-error.js";
import { run } from "./run.js";

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  const text = error instanceof Error ? error.stack : undefined;
  process.stderr.write(`${visibleText(text ?? String(error))}\n`);
  return 1;
});
