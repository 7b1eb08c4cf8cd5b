import { spawnSync } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { markText, ownMark } from "../../src/store/process-mark.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { expectError } from "./checks.js";
import { apiPath, ask, startServer } from "./running-server.js";

const csv = apiPath(["projects", "pets", "export.csv"]);

/** A store whose export is more than the buffers between a server and a client hold. */
async function largeStore(): Promise<string> {
  const root = await temporaryFolder();
  const note = "x".repeat(900_000);
  for (let i = 0; i < 12; i++) await logExperiment(smallClassification(root, { extraParameters: { note } }));
  return root;
}

/** Asks for the export and reads nothing of it. */
function stalledExport(port: number): Socket {
  const socket = connect(port, "127.0.0.1");
  socket.pause();
  socket.on("error", () => {});
  socket.write(`GET ${csv} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  onTestFinished(() => {
    socket.destroy();
  });
  return socket;
}

describe("exports", () => {
  it("of clients that do not read are few at a time, are given up, and keep nobody from the tables", async () => {
    const { address, port, defects } = await startServer(await largeStore(), { exportPatience: 3_000 });
    await ask(address, "/api/projects");
    for (let i = 0; i < 4; i++) stalledExport(port);
    await vi.waitFor(async () => {
      const refused = await ask(address, csv, { method: "HEAD" });
      expect(refused.status).toBe(503);
      expect(refused.headers.get("retry-after")).toBe("5");
    });
    for (let i = 0; i < 60; i++) stalledExport(port);
    expectError(await ask(address, csv), 503, "BUSY");
    expect(
      (await ask(address, apiPath(["projects", "pets", "experiments"], { column: "name" }))).status,
    ).toBe(200);
    await vi.waitFor(async () => expect((await ask(address, csv)).text.length).toBeGreaterThan(10_000_000), {
      timeout: 120_000,
      interval: 500,
    });
    expect(defects).toEqual([]);
  }, 60_000);

  it("whose bodies nobody wants, or whose queries are bad, hold no place", async () => {
    const root = await temporaryFolder();
    await logExperiment(smallClassification(root));
    const { address } = await startServer(root);
    for (let i = 0; i < 10; i++) {
      expect((await ask(address, csv, { method: "HEAD" })).status).toBe(200);
      expectError(await ask(address, `${csv}?column=none`), 400, "UNKNOWN_COLUMN");
    }
    expect((await ask(address, csv)).status).toBe(200);
  });
});

describe("what a killed dashboard has left in the cache", () => {
  it("is removed at the next start; what belongs to a process that runs stays", async () => {
    const cache = await temporaryFolder();
    const { pid } = spawnSync(process.execPath, ["--version"]);
    const own = await ownMark();
    const gone = markText({ ...own, pid, started: "1" });
    const [mine, foreign] = [markText(own), markText({ ...own, machine: "00000000" })];
    for (const mark of [gone, mine, foreign]) {
      await mkdir(join(cache, `plots-${mark}-0123456789abcdef`, "spill"), { recursive: true });
      await writeFile(join(cache, `plots-${mark}-0123456789abcdef`, "spill", "half"), "");
    }
    const { close } = await startServer(undefined, { cacheFolder: cache });
    await close();
    const left = (await readdir(cache)).filter((name) => name.startsWith("plots-"));
    expect(left.sort()).toEqual([foreign, mine].sort().map((mark) => `plots-${mark}-0123456789abcdef`));
  });
});
