import { appendFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { readExperiments } from "../../src/jobs/read-experiments.js";
import { projectRoot } from "../support/built-package.js";
import { smallClassification } from "../support/experiments.js";
import { atEveryChange, killedAt } from "../support/killed-at.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const cli = join(projectRoot, "dist", "cli.js");

/** A log of two files, the first with a torn line at its end where that is asked for. */
async function twoFiles(torn: boolean): Promise<{ store: string; first: string; ids: string[] }> {
  const store = await temporaryFolder();
  const ids: string[] = [];
  const paths: string[] = [];
  for (const newCsv of [false, true]) {
    const logged = await logExperiment(smallClassification(store, { newCsv }));
    ids.push(logged.predictionId);
    paths.push(join(store, logged.paths.trackingLog!));
  }
  if (torn) await appendFile(paths[0]!, "cut off\n");
  return { store, first: paths[0]!, ids };
}

describe.each([
  ["a repair", true, ["verify", "--repair"]],
  ["a compaction", false, ["compact"]],
])("a row that is added to a file while %s removes it", (_, torn, command) => {
  it("is in a log file at every moment, so that readers see it when the process is killed right then", async () => {
    let appended = 0;
    await atEveryChange(async (change) => {
      const { store, first, ids } = await twoFiles(torn);
      const late = "0123456789ab";
      const text = await readFile(first, "utf8");
      const row = text.split("\n")[1]!.replaceAll(ids[0]!, late);
      const run = await killedAt(change + 1, [cli, ...command, "--grace", "0", "--store", store], {
        APPEND_AT: String(change),
        APPEND_TO: first,
        APPEND_TEXT: `${row}\n`,
      });
      if (run.out.includes("appended")) {
        appended += 1;
        ids.push(late);
      }
      const { experiments } = await readExperiments("pets", { store });
      expect(experiments.map(({ predictionId }) => predictionId).sort()).toEqual(ids.sort());
      return run.killed;
    });
    expect(appended).toBeGreaterThan(3);
  });
});

describe("a file that is being removed", () => {
  it("gets no new row, whose place would go with it", async () => {
    const { first, ids } = await twoFiles(false);
    const folder = join(first, "..");
    const text = await readFile(first, "utf8");
    const alone = await temporaryFolder();
    const log = join(alone, "tracking", "pets");
    const { predictionId } = await logExperiment(smallClassification(alone));
    for (const name of await readdir(log)) await writeFile(join(log, name), "");
    await writeFile(join(log, "pets_0001-01-01_5.csv"), text);
    for (const name of await readdir(folder)) expect(name).toMatch(/^pets_20/);
    const logged = await logExperiment(smallClassification(alone));
    expect(logged.paths.trackingLog).not.toContain("0001-01-01");
    const { experiments } = await readExperiments("pets", { store: alone });
    expect(experiments.map((experiment) => experiment.predictionId)).toEqual([ids[0], logged.predictionId]);
    expect(predictionId).not.toBe(logged.predictionId);
  });
});
