import { spawn } from "node:child_process";
import { beforeAll, beforeEach, describe, expect, it, type TestContext } from "vitest";

import { logLines } from "../../src/tracking-log/read-log.js";
import { type BucketServer, bucketServers } from "../support/bucket-server.js";
import { bundledScript } from "../support/bundled-script.js";
import { testProxy } from "../support/fault-proxy.js";
import type { WriterOrders } from "./bucket-writer.js";

let script = "";
beforeAll(async () => {
  script = await bundledScript(new URL("bucket-writer.ts", import.meta.url));
});

/** Runs writers in processes of their own. @returns the ids that they were given */
async function runWriters(processes: number, orders: WriterOrders, variables: Record<string, string>) {
  const outputs = await Promise.all(
    Array.from({ length: processes }, async () => {
      const child = spawn(process.execPath, [script, JSON.stringify(orders)], {
        env: { ...process.env, ...variables },
      });
      let output = "";
      let talk = "";
      child.stdout.on("data", (data: Buffer) => (output += data.toString()));
      child.stderr.on("data", (data: Buffer) => (talk += data.toString()));
      const status = await new Promise((resolve) => child.on("close", resolve));
      if (status !== 0) throw new Error(`a writer ended with ${String(status)}: ${talk}`);
      return output.split("\n").slice(0, -1);
    }),
  );
  return outputs.flat();
}

for (const { name: place, start } of bucketServers) {
  describe(`64 writers of one project in ${place}`, () => {
    let starting: Promise<BucketServer> | undefined;
    let server: BucketServer;
    beforeEach(async (context: TestContext) => {
      starting ??= start(context);
      server = await starting;
    });

    it("lose no row and double none, behind a network that delays, drops, cuts and is paced", {
      timeout: 900_000,
    }, async () => {
      const address = await server.newBucket();
      const paced = place === "S3" ? {} : { oneWriteASecond: true };
      const proxy = await testProxy(server.url, {
        ...paced,
        delay: 50,
        dropAfterCommit: 0.02,
        unavailable: 0.01,
        truncate: 0.02,
      });
      const rows = 8;
      const acknowledged = await runWriters(
        8,
        { address, url: proxy.url, writers: 8, rows, rolls: true },
        server.variables,
      );
      expect(acknowledged).toHaveLength(64 * rows);
      expect(proxy.requests.dropped).toBeGreaterThan(0);
      const stored: string[] = [];
      for await (const line of logLines(server.open(address), "crowd")) {
        if ("broken" in line) throw new Error(`${line.path}:${line.line}: ${line.broken}`);
        stored.push(line.cells.get("prediction_id") ?? "");
      }
      expect(stored.sort()).toEqual(acknowledged.sort());
    });
  });
}
