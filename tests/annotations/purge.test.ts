import { appendFile, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";

import { appendAnnotations } from "../../src/annotations/append-annotations.js";
import { annotate, listTrash, readExperiments, verifyStore } from "../../src/index.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { plannedPurge, purgeTrash } from "../../src/maintenance/purge-trash.js";
import { openStore } from "../../src/store/open-store.js";
import { mlTracking, projectRoot } from "../support/built-package.js";
import { smallClassification } from "../support/experiments.js";
import { atEveryChange, killedAt } from "../support/killed-at.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { everyPlace } from "./every-store.js";

const cli = join(projectRoot, "dist", "cli.js");

afterEach(() => vi.unstubAllEnvs());

/** Three experiments in two log files, of which the first and the third are in the trash with notes. */
async function someInTrash(store: string): Promise<{ kept: string; trashed: [string, string] }> {
  const ids: string[] = [];
  for (const newCsv of [false, false, true]) {
    ids.push((await logExperiment(smallClassification(store, { newCsv }))).predictionId);
  }
  const [first, kept, third] = ids as [string, string, string];
  await annotate(kept, { addTags: ["kept"] }, { store });
  await annotate([first, third], { note: "a secret", deleted: true }, { store, author: "ann" });
  return { kept, trashed: [first, third] };
}

/** Everything in a store's files, those under way left out. */
async function allText(store: string): Promise<string> {
  const entries = await readdir(store, { recursive: true, withFileTypes: true });
  const files = entries.filter(
    (each) => each.isFile() && /\/(tracking|annotations|predictions)\//.test(`${each.parentPath}/`),
  );
  const texts = await Promise.all(
    files.map(async (each) => `${each.name}\n${await readFile(join(each.parentPath, each.name), "latin1")}`),
  );
  return texts.join("\n");
}

describe.each(everyPlace)("a purge in $name", ({ newStore }) => {
  it("removes what is in the trash, and no other row", async (context) => {
    const opened = await newStore(context);
    const { address: store } = opened;
    const { kept, trashed } = await someInTrash(store);
    const planned = await plannedPurge({ store });
    expect(planned.map(({ predictionId }) => predictionId)).toEqual(trashed.toSorted());
    for (const { bytes, predictions } of planned) {
      expect(bytes).toBe((await opened.stat(predictions))?.size);
    }
    const [one, other] = trashed;
    await purgeTrash({ store, predictionIds: [one], author: "bob" });
    expect((await listTrash({ store })).map(({ experiment }) => experiment.predictionId)).toEqual([other]);
    await purgeTrash({ store });
    expect(await listTrash({ store })).toEqual([]);
    expect(await purgeTrash({ store })).toEqual([]);
    for (const { predictions } of planned) expect(await opened.stat(predictions)).toBeUndefined();
    const { experiments } = await readExperiments("pets", { store });
    expect(experiments.map(({ predictionId, tags }) => [predictionId, tags])).toEqual([[kept, ["kept"]]]);
    await expect(annotate(one, { deleted: false }, { store })).rejects.toThrow("there is no");
    expect((await verifyStore({ store, graceSeconds: 0 })).findings).toEqual([]);
  });

  it("loses nothing that is logged or said meanwhile", async (context) => {
    const { address: store } = await newStore(context);
    const { kept, trashed } = await someInTrash(store);
    const logged: Promise<string>[] = [];
    const said: Promise<unknown>[] = [];
    for (let i = 0; i < 8; i++) {
      logged.push(logExperiment(smallClassification(store)).then(({ predictionId }) => predictionId));
      said.push(annotate(kept, { addTags: [`tag ${i}`] }, { store }));
    }
    await purgeTrash({ store });
    await Promise.all(said);
    const ids = [kept, ...(await Promise.all(logged))].sort();
    await purgeTrash({ store }); // what a writer moved at that very moment
    const { experiments } = await readExperiments("pets", { store });
    expect(experiments.map(({ predictionId }) => predictionId).sort()).toEqual(ids);
    expect(experiments.find(({ predictionId }) => predictionId === kept)?.tags).toHaveLength(9);
    expect(experiments.some(({ predictionId }) => trashed.includes(predictionId))).toBe(false);
  });
});

describe("a purge in a folder", () => {
  it("that runs several times at once leaves each row once, and counts what it removed itself", async () => {
    const store = await temporaryFolder();
    const { kept, trashed } = await someInTrash(store);
    const others: string[] = [];
    for (let i = 0; i < 8; i++) others.push((await logExperiment(smallClassification(store))).predictionId);
    const runs = await Promise.all(
      Array.from({ length: 4 }, () => mlTracking(["purge", "--yes", "--json", "--store", store])),
    );
    const removed = runs.flatMap(({ status, out }) => {
      expect(status).toBe(0);
      return (JSON.parse(out) as { purged: { prediction_id: string; bytes: number }[] }).purged;
    });
    // One may have taken the predictions while another, which came to it later, took the row.
    expect([...new Set(removed.map(({ prediction_id }) => prediction_id))].sort()).toEqual(
      trashed.toSorted(),
    );
    expect(removed.filter(({ bytes }) => bytes > 0)).toHaveLength(2);
    expect(removed.filter(({ bytes }) => bytes === 0).length).toBeLessThanOrEqual(2);
    const text = await allText(store);
    for (const id of [kept, ...others]) {
      expect(text.split("\n").filter((line) => line.startsWith(`${id},`))).toHaveLength(1);
    }
    expect(text.split("\n").filter((line) => line.includes(`,${kept},tag,`))).toHaveLength(1);
    expect((await verifyStore({ store, graceSeconds: 0 })).findings).toEqual([]);
    const again = await mlTracking(["purge", "--yes", "--store", store]);
    expect(again).toMatchObject({ status: 0, talk: "Nothing was removed: the trash is empty.\n" });
  });

  it("that was stopped after it said so is told of by verify and trash, and finished by the next", async () => {
    const store = await temporaryFolder();
    const { trashed } = await someInTrash(store);
    const [one, other] = trashed;
    const said = { author: "ann", now: new Date() };
    await appendAnnotations(openStore(store), "pets", [{ target: one, action: "purge" }], said);
    const trash = async () => mlTracking(["trash", "--store", store]);
    const unfinished = `The purge of ${one} was stopped half done: "ml-tracking purge" finishes it.\n`;
    expect((await trash()).talk).toContain(unfinished);
    expect(JSON.parse((await mlTracking(["trash", "--json", "--store", store])).out)).toMatchObject({
      experiments: [{ prediction_id: other }],
      unfinished_purges: [{ prediction_id: one, project: "pets" }],
    });
    const finding = {
      kind: "unfinished-purge",
      project: "pets",
      path: "annotations/pets",
      message: `the purge of ${one} was stopped half done, or is under way; "ml-tracking purge" finishes it`,
      repaired: false,
    };
    expect((await verifyStore({ store })).findings).toEqual([finding]);
    const [planned] = await plannedPurge({ store, predictionIds: [one] });
    await rm(join(store, planned!.predictions)); // it was stopped later
    expect((await verifyStore({ store, repair: true })).findings).toEqual([finding]);
    await purgeTrash({ store, predictionIds: [other] });
    expect((await verifyStore({ store })).findings).toEqual([finding]);
    expect((await trash()).talk).toBe(`The trash is empty.\n${unfinished}`);
    expect((await purgeTrash({ store })).map(({ predictionId }) => predictionId)).toEqual([one]);
    expect((await verifyStore({ store })).findings).toEqual([]);
    expect((await trash()).talk).toBe("The trash is empty.\n");
  });

  it("drops a row that stands twice, and keeps two of one id that differ", async () => {
    const store = await temporaryFolder();
    const { kept } = await someInTrash(store);
    const folder = join(store, "tracking/pets");
    const name = (await readdir(folder)).sort()[0]!;
    const [header, , own] = (await readFile(join(folder, name), "utf8")).split("\n");
    const differing = own!.replaceAll(kept, "0123456789ab");
    await appendFile(join(folder, name), `${differing}\n`);
    const later = `${header}\n${own}\n${differing.replace("species", "spices")}\n`;
    await writeFile(join(folder, "pets_9000-01-01_1.csv"), later);
    await purgeTrash({ store });
    const text = await allText(store);
    expect(text.split("\n").filter((line) => line.startsWith(`${kept},`))).toEqual([own]);
    expect(text.split("\n").filter((line) => line.startsWith("0123456789ab,"))).toHaveLength(2);
  });

  it("that is killed at any moment shows nothing of it, loses no other row, and goes on when it is done again", async () => {
    const changes = await atEveryChange(async (change) => {
      const store = await temporaryFolder();
      const { kept, trashed } = await someInTrash(store);
      const late = "0123456789ab";
      const log = (await readdir(join(store, "tracking/pets"))).sort()[0]!;
      const first = join(store, "tracking/pets", log);
      const row = (await readFile(first, "utf8")).split("\n")[2]!.replaceAll(kept, late);
      const run = await killedAt(change, [cli, "purge", "--yes", "--store", store], {
        APPEND_AT: String(change - 1),
        APPEND_TO: first,
        APPEND_TEXT: `${row}\n`,
      });
      const ids = [kept, ...(run.out.includes("appended") ? [late] : [])].sort();
      const there = async () =>
        (await readExperiments("pets", { store })).experiments.map(({ predictionId }) => predictionId).sort();
      expect(await there()).toEqual(ids);
      await purgeTrash({ store });
      expect(await there()).toEqual(ids);
      const text = await allText(store);
      expect(text).not.toContain("a secret");
      // Each row stands once.
      for (const id of ids)
        expect(text.split("\n").filter((line) => line.startsWith(`${id},`))).toHaveLength(1);
      for (const id of trashed) {
        // Only the line that says so.
        expect(text.split("\n").filter((line) => line.includes(id))).toEqual([
          expect.stringMatching(new RegExp(`^\\d{4}-.*,${id},purge,,$`)),
        ]);
      }
      expect(
        (await readExperiments("pets", { store })).experiments.find((each) => each.predictionId === kept)
          ?.tags,
      ).toEqual(["kept"]);
      return run.killed;
    });
    expect(changes).toBeGreaterThan(20);
  });

  it("leaves a file alone that a row of another experiment's name leads to", async () => {
    const store = await temporaryFolder();
    const { kept, trashed } = await someInTrash(store);
    const opened = openStore(store);
    const { experiments } = await readExperiments("pets", { store });
    const own = experiments.find(({ predictionId }) => predictionId === kept)!.predictions;
    const folder = join(store, "tracking/pets");
    const [name] = (await readdir(folder)).sort();
    const text = await readFile(join(folder, name!), "utf8");
    const forged = text.split("\n").find((line) => line.startsWith(trashed[0]))!;
    const id = "0123456789ac";
    const row = forged.replace(trashed[0], id).replace(/predictions\/[^,]*\.parquet/, own);
    await appendFile(join(folder, name!), `${row}\n`);
    await annotate(id, { deleted: true }, { store });
    expect((await plannedPurge({ store, predictionIds: [id] }))[0]?.bytes).toBe(0);
    await purgeTrash({ store });
    expect(await opened.stat(own)).toBeDefined();
  });

  it("hides an experiment that was purged also where its row comes back", async () => {
    const store = await temporaryFolder();
    const { trashed } = await someInTrash(store);
    const folder = join(store, "tracking/pets");
    const [name] = (await readdir(folder)).sort();
    const before = await readFile(join(folder, name!), "utf8");
    await purgeTrash({ store });
    const [now] = (await readdir(folder)).sort();
    await appendFile(
      join(folder, now!),
      `${before.split("\n").find((line) => line.startsWith(trashed[0]))}\n`,
    );
    expect((await readExperiments("pets", { store })).experiments).toHaveLength(1);
    expect(await listTrash({ store })).toEqual([]);
    expect((await purgeTrash({ store })).map(({ predictionId }) => predictionId)).toEqual([trashed[0]]);
  });
});
