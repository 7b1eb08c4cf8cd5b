import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** Every file of a store but those under way, with the digest of its content. */
export async function contents(store: string): Promise<Map<string, string>> {
  const found: [string, string][] = [];
  for (const folder of ["tracking", "predictions"]) {
    const entries = await readdir(join(store, folder), { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((one) => one.isFile())) {
      const file = join(entry.parentPath, entry.name);
      const digest = createHash("sha256").update(await readFile(file));
      found.push([relative(store, file), digest.digest("hex")]);
    }
  }
  return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Two projects, with two log files in one of them. */
export async function smallStore() {
  const store = await temporaryFolder();
  const cat = await logExperiment(smallClassification(store));
  const dog = await logExperiment(smallClassification(store, { newCsv: true }));
  const house = await logExperiment(smallRegression(store));
  return { store, cat, dog, house };
}
