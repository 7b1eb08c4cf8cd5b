import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestContext } from "vitest";

import { pythonEnvironment } from "../../scripts/python-environment.js";
import { freePort, skipOrThrow, startServer } from "./bucket-server.js";
import { projectRoot } from "./built-package.js";
import { startedPrograms } from "./started-programs.js";

const program = fileURLToPath(new URL("mlflow-server.py", import.meta.url));

/** MLflow's clients that the tests use: the newest, with its own server, and one of its second version. */
export type MlflowVersion = 2 | 3;

const requirements: Readonly<Record<MlflowVersion, string>> = {
  2: "tests/mlflow/requirements-2.txt",
  3: "tests/mlflow/requirements.txt",
};

export function mlflowEnvironment(version: MlflowVersion): { python: string } | { missing: string } {
  return pythonEnvironment(projectRoot, requirements[version], { complete: true });
}

/** The Python that has MLflow, installed once from PyPI. */
export function mlflowPython(context: Pick<TestContext, "skip">, version: MlflowVersion = 3): string {
  const environment = mlflowEnvironment(version);
  return "python" in environment ? environment.python : skipOrThrow(context, new Error(environment.missing));
}

/** Runs a script with MLflow's client, and gives what it printed. It fails where the script does. */
export async function runMlflow(
  python: string,
  args: readonly string[],
  { uri, cwd, env = {} }: { uri: string; cwd?: string; env?: NodeJS.ProcessEnv },
): Promise<string> {
  const child = spawn(python, [...args], {
    cwd,
    env: {
      ...process.env,
      MLFLOW_TRACKING_URI: uri,
      MLFLOW_DISABLE_TELEMETRY: "true",
      MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT: "true",
      GIT_PYTHON_REFRESH: "quiet",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  startedPrograms.push(child); // where a test gives up on it
  let out = "";
  let talk = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (talk += text));
  const status = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${String(status)}: ${talk.slice(-3_000)}`);
  return out;
}

/** MLflow's own server over SQLite, with its defaults, in a folder of its own. Ends with the tests of the file. */
export async function startMlflowServer(
  python: string,
): Promise<{ uri: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "ml-tracking-mlflow-"));
  const port = await freePort();
  const uri = `http://127.0.0.1:${port}`;
  const database = `sqlite:///${folder}/mlflow.db`;
  const places = ["--backend-store-uri", database, "--artifacts-destination", join(folder, "artifacts")];
  const listen = ["--host", "127.0.0.1", "--port", String(port), "--workers", "1"];
  await startServer(python, [program, ...listen, ...places], `${uri}/health`, 240);
  return { uri, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}
