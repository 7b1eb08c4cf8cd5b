import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";

import { startOwnServer } from "../support/own-server.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { callWire } from "./wire.js";
import { WireWriter } from "./wire-writer.js";

/** How often the server is killed; 200 were tried by hand. */
const kills = Number(process.env["ML_TRACKING_KILLS"] ?? 10);
const writers = 10;
/** The server is killed after so many acknowledged writes or fewer. */
const mostWrites = 100;

it(
  `what was acknowledged is there exactly once after ${kills} kills of the server in the midst of ${writers} writers`,
  async () => {
    const store = join(await temporaryFolder(), "store");
    const all = Array.from({ length: writers }, (_, name) => new WireWriter(`writer ${name}`));
    for (let kill = 0; kill < kills; kill++) {
      const server = await startOwnServer(store);
      if (kill === 0) {
        const { run } = await callWire(server.uri, "POST runs/create", {
          experiment_id: "0",
          run_name: "shared",
        });
        for (const writer of all) writer.join(run.info.run_id);
      }
      const enough = acknowledged(all) + 1 + Math.random() * mostWrites;
      const writing = all.map((writer) => writer.writeUntilCut(server.uri));
      while (acknowledged(all) < enough) await pause(Math.random() * 3);
      await server.kill();
      await Promise.all(writing);
    }
    const server = await startOwnServer(store);
    for (const writer of all) await writer.expectAllAt(server.uri);
    await server.end();
    expect(acknowledged(all)).toBeGreaterThan(kills);
  },
  60_000 + 60_000 * kills,
);

function acknowledged(all: readonly WireWriter[]): number {
  return all.reduce((sum, writer) => sum + writer.acknowledged, 0);
}
