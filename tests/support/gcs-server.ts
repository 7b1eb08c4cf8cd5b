import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestContext } from "vitest";

import { gcsStore } from "../../src/store/gcs-store.js";
import type { Store } from "../../src/store/store.js";
import { type BucketServer, freePort, skipOrThrow, startServer } from "./bucket-server.js";
import { projectRoot } from "./built-package.js";

/** Honours ifGenerationMatch on every upload; on a removal it does not, which the store does not rely on. */
const version = "v1.56.1";

/**
 * A real server of Google's storage API, fake-gcs-server, built once by Go. Ends with the tests of the file.
 */
export async function startGcsServer(context: Pick<TestContext, "skip">): Promise<BucketServer> {
  const program = await gcsServer().catch((error: Error) => skipOrThrow(context, error));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await startServer(
    program,
    [
      "-scheme",
      "http",
      "-backend",
      "memory",
      "-host",
      "127.0.0.1",
      "-port",
      String(port),
      "-log-level",
      "error",
    ],
    `${url}/storage/v1/b`,
  );
  return {
    url,
    variables: { STORAGE_EMULATOR_HOST: url },
    async newBucket() {
      const name = `bucket-${Math.random().toString(36).slice(2)}`;
      const made = await fetch(`${url}/storage/v1/b?project=tests`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ name }),
      });
      if (!made.ok) throw new Error(`fake-gcs-server made no bucket: ${made.status} ${await made.text()}`);
      return `gs://${name}`;
    },
    open: (address, options = {}): Store =>
      gcsStore(address, {
        emulator: options.url ?? url,
        ...(options.patience ? { patience: options.patience } : {}),
      }),
  };
}

/** Builds the server where that was not done yet. @returns its program */
export async function gcsServer(): Promise<string> {
  const folder = join(projectRoot, ".cache", `fake-gcs-server-${version}`);
  const program = join(folder, process.platform === "win32" ? "fake-gcs-server.exe" : "fake-gcs-server");
  if (existsSync(program)) return program;
  try {
    // Beside its place first, so that nobody starts half a program.
    const making = `${folder}.${process.pid}`;
    await mkdir(making, { recursive: true });
    await promisify(execFile)("go", ["install", `github.com/fsouza/fake-gcs-server@${version}`], {
      env: { ...process.env, GOBIN: making, GOTOOLCHAIN: "auto" },
    });
    await rename(making, folder).catch((error: unknown) => {
      if (!existsSync(program)) throw error; // another test file was first
    });
    return program;
  } catch (error) {
    const reason = `install Go (Debian: apt-get install golang-go), and a connection to its module proxy, to test Google Cloud Storage (${(error as Error).message.split("\n")[0]})`;
    throw new Error(reason, { cause: error });
  }
}
