import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { bucketServers } from "../support/bucket-server.js";
import { mlTracking, projectRoot } from "../support/built-package.js";
import { smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { contents, smallStore } from "./small-store.js";

const cli = join(projectRoot, "dist", "cli.js");

describe.each(bucketServers)("copying to $name and back", ({ start }) => {
  it("gives the same bytes, though it is killed again and again on its way", async (context) => {
    const server = await start(context);
    const bucket = `${await server.newBucket()}/team/ml`;
    const env = { ...process.env, ...server.variables };
    const { store } = await smallStore();
    // One that takes more than one block, and some more.
    const values = Float64Array.from({ length: 400_000 }, (_, i) => Math.sin(i * i));
    const testSet = Int32Array.from(values, (_, i) => i);
    const input = smallRegression(store, { yTrue: values, yPred: values.toReversed() });
    await logExperiment({ ...input, parameters: { ...input.parameters, testSet } });
    for (let i = 0; i < 30; i++) await logExperiment(smallRegression(store));
    const back = await temporaryFolder();
    for (const [from, to] of [
      [store, bucket],
      [bucket, back],
    ] as const) {
      let kills = 0;
      for (let ended = false; !ended; ) {
        const child = spawn(process.execPath, [cli, "copy", from, to], { stdio: "ignore", env });
        const closed = new Promise((resolve) => child.on("close", (_, signal) => resolve(signal)));
        const timer = kills < 3 ? setTimeout(() => child.kill("SIGKILL"), 350 + 250 * kills) : undefined;
        ended = (await closed) === null;
        clearTimeout(timer);
        if (!ended) kills += 1;
      }
      const { out, status } = await mlTracking(["copy", from, to, "--json"], { env });
      expect(status).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ copied: 0, already: 34, problems: [] });
    }
    expect(await contents(back)).toEqual(await contents(store));
  });
});
