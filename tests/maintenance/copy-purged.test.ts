import { cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { annotate } from "../../src/jobs/annotate.js";
import { readExperiments } from "../../src/jobs/read-experiments.js";
import { copyStore } from "../../src/maintenance/copy-store.js";
import { purgeTrash } from "../../src/maintenance/purge-trash.js";
import { verifyStore } from "../../src/maintenance/verify-store.js";
import { mlTracking } from "../support/built-package.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { smallStore } from "./small-store.js";

async function filesWith(store: string, text: string): Promise<string[]> {
  const entries = await readdir(store, { recursive: true, withFileTypes: true });
  const files = entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  const contents = await Promise.all(files.map(async (file) => `${file}\n${await readFile(file, "latin1")}`));
  return files.filter((_, i) => contents[i]!.includes(text));
}

/** A store, and a copy of it from before one of its experiments was purged. */
async function purgedSinceCopied() {
  const { store, cat, dog } = await smallStore();
  const old = await temporaryFolder();
  await annotate([cat.predictionId], { note: "a secret", addTags: ["private"] }, { store });
  await annotate([dog.predictionId], { note: "for all" }, { store });
  await cp(store, old, { recursive: true });
  await annotate([cat.predictionId], { deleted: true }, { store });
  await purgeTrash({ store });
  return { store, old, cat: cat.predictionId, dog: dog.predictionId };
}

describe("copying what was purged", () => {
  it("leaves out what the other store has purged: its row, its predictions and what was said of it", async () => {
    const { store, old, cat, dog } = await purgedSinceCopied();
    await annotate([cat], { name: "said since" }, { store: old });
    const before = await filesWith(store, cat);
    const { status, talk } = await mlTracking(["copy", old, store]);
    expect({ status, talk }).toEqual({
      status: 0,
      talk: "0 experiments copied (0 bytes of predictions), 2 were there already, 1 purged and left out\n",
    });
    expect(await filesWith(store, cat)).toEqual(before);
    for (const text of ["a secret", "private", "said since"])
      expect(await filesWith(store, text)).toEqual([]);
    expect(await copyStore({ from: old, to: store })).toMatchObject({ copied: 0, already: 2, purged: 1 });
    const { experiments } = await readExperiments("pets", { store });
    expect(experiments).toMatchObject([{ predictionId: dog, note: "for all" }]);
    expect((await verifyStore({ store, graceSeconds: 0 })).findings).toEqual([]);
  });

  it("brings to a copy that it was purged, and nothing else of it", async () => {
    const { store, old, cat, dog } = await purgedSinceCopied();
    expect(await copyStore({ from: store, to: old })).toMatchObject({ copied: 0, purged: 0, annotations: 1 });
    const { experiments } = await readExperiments("pets", { store: old });
    expect(experiments.map(({ predictionId }) => predictionId)).toEqual([dog]);
    await purgeTrash({ store: old });
    expect(await filesWith(old, "a secret")).toEqual([]);
    expect(await filesWith(old, `,${cat},purge,`)).toHaveLength(1);
  });
});
