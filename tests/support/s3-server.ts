import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { TestContext } from "vitest";

import { s3Store } from "../../src/store/s3-store.js";
import type { Store } from "../../src/store/store.js";
import { type BucketServer, freePort, skipOrThrow, startServer } from "./bucket-server.js";
import { projectRoot } from "./built-package.js";

const version = "5.2.5";
const program = fileURLToPath(new URL("s3-server.py", import.meta.url));
const credentials = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_REGION: "us-east-1" };

/** A real server of the S3 protocol, moto, installed once from PyPI. Ends with the tests of the file. */
export async function startS3Server(context: Pick<TestContext, "skip">): Promise<BucketServer> {
  const python = await s3Server().catch((error: Error) => skipOrThrow(context, error));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  Object.assign(process.env, credentials);
  await startServer(python, [program, String(port)], `${url}/moto-api/`);
  return {
    url,
    variables: { AWS_ENDPOINT_URL_S3: url, ...credentials },
    async newBucket() {
      const name = `bucket-${Math.random().toString(36).slice(2)}`;
      const made = await fetch(`${url}/${name}`, { method: "PUT" });
      if (!made.ok) throw new Error(`moto made no bucket: ${made.status} ${await made.text()}`);
      return `s3://${name}`;
    },
    open: (address, options = {}): Store =>
      s3Store(address, {
        endpoint: options.url ?? url,
        ...(options.patience ? { patience: options.patience } : {}),
      }),
  };
}

/** Installs the server where that was not done yet. @returns the Python that has it */
export async function s3Server(): Promise<string> {
  const folder = join(projectRoot, ".cache", `moto-${version}`);
  const python = (at: string) =>
    process.platform === "win32" ? join(at, "Scripts/python.exe") : join(at, "bin/python");
  const ready = join(folder, "ready");
  if (existsSync(ready)) return python(folder);
  try {
    const run = promisify(execFile);
    const making = `${folder}.${process.pid}`;
    await rm(making, { recursive: true, force: true });
    await run("python3", ["-m", "venv", making]);
    await run(python(making), [
      "-m",
      "pip",
      "install",
      "-q",
      "--disable-pip-version-check",
      `moto[s3,server]==${version}`,
    ]);
    await run(python(making), ["-c", `open(${JSON.stringify(join(making, "ready"))}, "w").close()`]);
    // The environment is run by its Python and modules, which do not mind being moved.
    await rename(making, folder).catch((error: unknown) => {
      if (!existsSync(ready)) throw error; // another test file was first
    });
    return python(folder);
  } catch (error) {
    const reason = `install Python 3.11 or newer with venv and pip, and a connection to PyPI, to test S3 (${(error as Error).message.split("\n")[0]})`;
    throw new Error(reason, { cause: error });
  }
}
