import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it, type TestContext, vi } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiment, readExperiments } from "../../src/jobs/read-experiments.js";
import { verifyStore } from "../../src/maintenance/verify-store.js";
import { type BucketServer, bucketServers } from "../support/bucket-server.js";
import { mlTracking } from "../support/built-package.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

for (const { name, start } of bucketServers) {
  describe(`experiments in a bucket of ${name}`, () => {
    let starting: Promise<BucketServer> | undefined;
    let server: BucketServer;
    beforeEach(async (context: TestContext) => {
      starting ??= start(context);
      server = await starting;
      for (const [variable, value] of Object.entries(server.variables)) vi.stubEnv(variable, value);
      return () => vi.unstubAllEnvs();
    });

    it("are logged, read back and checked by the library", async () => {
      const store = `${await server.newBucket()}/team a`;
      const logged = await Promise.all(
        Array.from({ length: 20 }, (_, i) => logExperiment(smallClassification(store, { name: `run ${i}` }))),
      );
      expect(logged[0]?.paths.store).toBe(store);
      // Rows that are logged at the same time go into one file together.
      expect(new Set(logged.map(({ paths }) => paths.trackingLog)).size).toBe(1);
      const { experiments, problems } = await readExperiments("pets", { store });
      expect(problems).toEqual([]);
      expect(experiments).toHaveLength(20);
      const { predictions } = await readExperiment(logged[3]?.predictionId ?? "", { store });
      expect(predictions.rows).toBe(4);
      expect((await verifyStore({ store })).findings).toEqual([]);
    });

    it("are logged, listed, shown, exported, compacted and checked by the command line", async () => {
      const store = `${await server.newBucket()}/cli`;
      const env = server.variables;
      const file = join(await temporaryFolder(), "predictions.csv");
      await writeFile(file, "sample_id,y_true,y_pred\n1,yes,yes\n2,no,yes\n3,no,no\n");
      const log = ["log", file, "--kind", "classification", "--project", "churn", "--dataset-uri", "d"];
      log.push("--target-column", "y", "--model", "M", "--store", store, "--json", "--new-csv");
      const ids: string[] = [];
      for (let i = 0; i < 3; i++) {
        const { status, out, talk } = await mlTracking(log, { env });
        expect([status, talk]).toEqual([0, ""]);
        ids.push((JSON.parse(out) as { prediction_id: string }).prediction_id);
      }
      const run = async (...args: string[]) => {
        const { status, out, talk } = await mlTracking([...args, "--store", store, "--json"], { env });
        expect([args[0], status, talk]).toEqual([args[0], 0, ""]);
        return out;
      };
      expect(JSON.parse(await run("projects"))).toMatchObject({
        store,
        projects: [{ project: "churn", experiments: 3 }],
      });
      expect(JSON.parse(await run("compact", "churn", "--grace", "0"))).toMatchObject({
        projects: [{ files_before: 3, files_after: 1 }],
      });
      expect(JSON.parse(await run("experiments", "churn"))).toMatchObject({ experiments: { length: 3 } });
      expect(await run("show", ids[1] ?? "")).toContain(ids[1]);
      expect((await run("export", "churn")).trimEnd().split("\n")).toHaveLength(3);
      expect(JSON.parse(await run("verify"))).toMatchObject({ experiments: 3, clean: true });
    });
  });
}
