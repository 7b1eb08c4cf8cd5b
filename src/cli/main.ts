#!/usr/bin/env node
import { isError, visibleText } from "../tracking-error.js";
import { run } from "./run.js";

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  const text = isError(error) ? error.stack : undefined;
  process.stderr.write(`${visibleText(text ?? String(error))}\n`);
  return 1;
});
