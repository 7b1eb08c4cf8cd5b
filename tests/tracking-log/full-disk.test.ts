import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiments } from "../../src/jobs/read-experiments.js";
import { verifyStore } from "../../src/maintenance/verify-store.js";
import { TrackingError } from "../../src/tracking-error.js";
import { smallClassification } from "../support/experiments.js";
import { smallDisk } from "../support/small-disk.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const note = "n".repeat(3000);

it("loses nothing acknowledged when the disk fills up, says so, and goes on when there is space", async (context) => {
  const store = await temporaryFolder();
  smallDisk(store, context);
  writeFileSync(join(store, "ballast"), Buffer.alloc(100_000));
  const acknowledged: string[] = [];
  let failure: unknown;
  for (let i = 0; i < 2000 && !failure; i++) {
    try {
      const { predictionId } = await logExperiment(
        smallClassification(store, { extraParameters: { note }, strict: true }),
      );
      acknowledged.push(predictionId);
    } catch (error) {
      failure = error;
    }
  }
  expect(failure).toBeInstanceOf(TrackingError);
  expect((failure as TrackingError).code).toBe("STORE_NOT_WRITABLE");
  expect((failure as TrackingError).message).toContain("the disk is full; free some space (ENOSPC)");
  expect(acknowledged.length).toBeGreaterThan(20);
  const read = async () =>
    (await readExperiments("pets", { store })).experiments.map(({ predictionId }) => predictionId);
  expect(await read()).toEqual(acknowledged);

  // The predictions take a page each; fill what is left with rows alone, so that a row itself meets the end
  // of the disk.
  const { appendRow } = await import("../../src/tracking-log/append-row.js");
  const { folderStore } = await import("../../src/store/folder-store.js");
  const { headerLine, rowLine } = await import("../../src/tracking-log/row.js");
  const [template] = (await readExperiments("pets", { store })).experiments;
  const place = folderStore(store);
  await rm(join(store, "ballast"));
  const rows: string[] = [];
  const appendUntilFull = async () => {
    for (let i = 0; i < 2000; i++) {
      const predictionId = String(rows.length).padStart(12, "0");
      const line = rowLine({
        ...template!,
        predictionId,
        modelParameters: "{}",
        extraParameters: "{}",
        runtime: "{}",
      });
      await appendRow(place, "pets", headerLine, line, { now: new Date() });
      rows.push(predictionId);
    }
  };
  await expect(appendUntilFull()).rejects.toMatchObject({ code: "STORE_NOT_WRITABLE" });
  expect(rows.length).toBeGreaterThan(100);
  expect((await read()).sort()).toEqual([...acknowledged, ...rows].sort());

  execFileSync("mount", ["-o", "remount,size=4m", store]);
  const next = await logExperiment(smallClassification(store));
  expect((await read()).sort()).toEqual([...acknowledged, ...rows, next.predictionId].sort());
  const { findings } = await verifyStore({ store, repair: true, graceSeconds: 0, predictions: false });
  const open = findings.filter(({ repaired, kind }) => !repaired && kind !== "missing-predictions");
  expect(open).toEqual([]);
});

it("loses nothing acknowledged under a file size limit, and says so", async () => {
  const store = await temporaryFolder();
  const writer = fileURLToPath(new URL("writer.mjs", import.meta.url));
  // 64 blocks of 1,024 bytes: after some rows, the log may not grow.
  const run = spawnSync("bash", [
    "-c",
    `ulimit -f 64; exec "${process.execPath}" "${writer}" "${store}" 500 limited`,
  ]);
  const acknowledged = run.stdout.toString().split("\n").filter(Boolean);
  expect(run.status).not.toBe(0);
  expect(acknowledged.length).toBeGreaterThan(3);
  const { experiments } = await readExperiments("crash", { store });
  expect(experiments.map(({ predictionId }) => predictionId)).toEqual(acknowledged);
  expect(run.stderr.toString()).toContain("the file would grow over the allowed file size");
  const repaired = await verifyStore({ store, repair: true, graceSeconds: 0 });
  expect(repaired.findings.filter((finding) => !finding.repaired)).toEqual([]);
  expect((await verifyStore({ store })).findings).toEqual([]);
});
