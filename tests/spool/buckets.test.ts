import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readLog } from "../../src/tracking-log/read-log.js";
import { bucketServers, freePort } from "../support/bucket-server.js";
import { mlTracking } from "../support/built-package.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const impatient = { deadline: 300, firstWait: 10, longestWait: 50, oneRequest: 300 };

describe.each(bucketServers)("the spool of a store in $name", ({ start }) => {
  it("takes what is logged while there is no server, and delivers it once there is", async (context) => {
    const server = await start(context);
    const address = `${await server.newBucket()}/team/ml`;
    const spool = await temporaryFolder();
    const nobody = `http://127.0.0.1:${await freePort()}`;
    const warned: string[] = [];
    const world = {
      spoolFolders: () => ({ usual: spool, temporary: join(spool, "other") }),
      warn: (text: string) => void warned.push(text),
    };
    const down = { ...world, openStore: () => server.open(address, { url: nobody, patience: impatient }) };
    const up = { ...world, openStore: () => server.open(address) };
    const logged = [await logExperiment(smallClassification(address), up)];
    for (const input of [smallClassification, smallClassification, smallRegression]) {
      const kept = await logExperiment(input(address), down);
      expect(kept).toMatchObject({ stored: false, paths: { store: address } });
      logged.push(kept);
    }
    expect(warned).toHaveLength(3);
    expect(warned[0]).toContain("see whether the network and the server are up");
    const strict = logExperiment(smallClassification(address, { strict: true }), down);
    await expect(strict).rejects.toMatchObject({ code: expect.stringMatching(/^STORE_/) });

    const env = { ...server.variables, ML_TRACKING_SPOOL: spool };
    const { status, talk } = await mlTracking(["sync"], { env });
    expect({ status, talk: talk.split("\n").at(-2) }).toEqual({ status: 0, talk: "3 delivered, 0 remain" });
    const stored = [];
    for (const project of ["pets", "houses"]) {
      const { experiments, problems } = await readLog(server.open(address), project);
      expect(problems).toEqual([]);
      stored.push(...experiments.map(({ predictionId }) => predictionId));
    }
    expect(stored.sort()).toEqual(logged.map(({ predictionId }) => predictionId).sort());
    expect((await mlTracking(["verify", "--store", address], { env })).status).toBe(0);
  });
});
