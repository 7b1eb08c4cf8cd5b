import { readdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";

import { openCatalog } from "../../src/catalog/open-catalog.js";
import { deleteRuns } from "../../src/jobs/delete-runs.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readRun, readRuns } from "../../src/jobs/read-runs.js";
import { resumeRun, startRun } from "../../src/jobs/start-run.js";
import { purgeRuns } from "../../src/maintenance/purge-runs.js";
import { folderStore } from "../../src/store/folder-store.js";
import { mlTracking } from "../support/built-package.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

async function finished(store: string, name: string): Promise<string> {
  const live = await startRun({ project: "pets", name, store, systemMetrics: false });
  live.add([{ kind: "metric", time: Date.now(), step: 0, values: { loss: 1 } }]);
  await live.finish({ status: "finished", endedAt: new Date() });
  return live.run.runId;
}

describe("a run that is deleted", () => {
  it("vanishes from every list until it is restored, and its experiments stay", async () => {
    const store = await temporaryFolder();
    const [id, other] = [await finished(store, "first"), await finished(store, "second")];
    const { predictionId } = await logExperiment({ ...smallClassification(store), runId: id });
    const catalog = await openCatalog(folderStore(store), { folder: await temporaryFolder() });
    try {
      const names = async () => {
        await catalog.refresh();
        const listed = (await readRuns("pets", { store })).runs.map(({ name }) => name);
        const { titles } = await catalog.runs.page("pets", { sort: [{ column: "started_at" }] });
        expect(titles).toEqual(listed);
        return listed;
      };
      expect(await names()).toEqual(["first", "second"]);
      await deleteRuns([id], { store });
      expect(await names()).toEqual(["second"]);
      await expect(readRun(id, { store })).rejects.toThrow(/is in the trash/);
      await expect(resumeRun(id, { store })).rejects.toThrow(/is in the trash/);
      await expect(catalog.runs.run(id)).rejects.toMatchObject({ code: "UNKNOWN_RUN" });
      expect((await catalog.experiment(predictionId)).runId).toBe(id);
      await expect(deleteRuns([id], { store })).rejects.toThrow(/is in the trash already/);
      await expect(deleteRuns([other], { store, deleted: false })).rejects.toThrow(/is not in the trash/);
      await deleteRuns([id], { store, deleted: false });
      expect(await names()).toEqual(["first", "second"]);
    } finally {
      await catalog.close();
    }
  });

  it("is removed for good by a purge, with its events and artifacts, and nothing else is", async () => {
    const store = await temporaryFolder();
    const [id, other] = [await finished(store, "first"), await finished(store, "second")];
    const run = (...args: string[]) => mlTracking([...args, "--store", store]);
    expect((await run("delete", id)).out).toMatch(/^\w{16} {2}first {2}in the trash/);
    expect((await run("trash")).out).toContain(id);
    const asked = await run("purge");
    expect([asked.status, asked.talk]).toEqual([1, expect.stringContaining("1 run with")]);
    expect((await run("purge", id, "--yes")).talk).toMatch(/^1 run with .* removed/);
    expect((await run("trash")).talk).toContain("The trash is empty");
    const left = await readdir(store, { recursive: true, withFileTypes: true });
    const files = left.filter((entry) => entry.isFile() && entry.parentPath.includes(id));
    expect(files).toEqual([]);
    expect((await readRuns("pets", { store })).runs.map(({ runId }) => runId)).toEqual([other]);
    expect((await run("verify")).status).toBe(0);
    expect((await run("purge", other, "--yes")).talk).toContain(`${other} is not in the trash`);
    expect(await purgeRuns({ store })).toEqual([]);
  });
});
