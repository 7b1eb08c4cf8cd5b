import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import type { Patience } from "../../src/store/attempts.js";
import type { Store } from "../../src/store/store.js";
import { startedPrograms } from "./started-programs.js";

/** A server of buckets that runs on this machine. */
export interface BucketServer {
  url: string;
  /** Environment variables by which other processes find it. */
  variables: Record<string, string>;
  /** Makes an empty bucket. @returns its address */
  newBucket(): Promise<string>;
  /**
   * A store of its own over an address, which shares nothing with others; `url` of a proxy before the server.
   */
  open(address: string, options?: { url?: string; patience?: Patience }): Store;
}

/** A server of a cloud's API, and how to start it. */
export const bucketServers = [
  {
    name: "Google Cloud Storage",
    start: async (context: Skip) => (await import("./gcs-server.js")).startGcsServer(context),
  },
  { name: "S3", start: async (context: Skip) => (await import("./s3-server.js")).startS3Server(context) },
];
type Skip = Parameters<typeof import("./gcs-server.js").startGcsServer>[0];

/** Skips a test whose server is not to be had, but where no test may be skipped. */
export function skipOrThrow(context: Skip, error: Error): never {
  if (process.env["ML_TRACKING_TEST_ALL"]) throw error;
  return context.skip(error.message);
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

/**
 * Starts a program and waits until it answers; it is ended after the tests of the file.
 * @param patience in seconds
 */
export async function startServer(
  program: string,
  args: readonly string[],
  url: string,
  patience = 60,
): Promise<void> {
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  startedPrograms.push(child);
  let talk = "";
  child.stderr.on("data", (data: Buffer) => {
    talk = (talk + data.toString()).slice(-5000);
  });
  let ended = false;
  child.on("exit", () => {
    ended = true;
  });
  for (let tries = 0; tries < patience * 10; tries++) {
    if (ended) throw new Error(`${program} ended: ${talk}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer) {
      await answer.arrayBuffer();
      return;
    }
    await sleep(100);
  }
  throw new Error(`${program} does not answer at ${url}: ${talk}`);
}
