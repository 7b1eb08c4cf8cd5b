import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

import { type TestContext } from "vitest";
import { pythonEnvironment } from "../../scripts/python-environment.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * The Python of the oracles. Skips the test with what to install where there is none; fails it under
 * ML_TRACKING_TEST_ALL.
 */
export function oraclePython(context: Pick<TestContext, "skip">): string {
  const environment = pythonEnvironment(root);
  if ("python" in environment) return environment.python;
  if (process.env["ML_TRACKING_TEST_ALL"]) throw new Error(environment.missing);
  return context.skip(environment.missing);
}

/**
 * Runs a Python script with the oracle's interpreter; standard input gets `input`, the result is standard
 * output.
 * @param cwd where it runs; by default here
 */
export function runPython(
  python: string,
  args: readonly string[],
  input: string | Uint8Array = "",
  cwd?: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, [...args], { cwd, stdio: ["pipe", "pipe", "pipe"] });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(output).toString("utf8"));
      else
        reject(
          new Error(`python ${args.join(" ")} ended with ${code}: ${Buffer.concat(errors).toString("utf8")}`),
        );
    });
    child.stdin.on("error", () => {}); // the script may end without reading all; its exit code tells
    child.stdin.end(input);
  });
}
