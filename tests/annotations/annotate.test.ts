import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";

import { appendAnnotations } from "../../src/annotations/append-annotations.js";
import { openCatalog } from "../../src/catalog/open-catalog.js";
import {
  annotate,
  compareExperiments,
  leaderboard,
  listTrash,
  readExperiment,
  readExperiments,
  verifyStore,
} from "../../src/index.js";
import { bestExperiments } from "../../src/jobs/best-experiments.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { projectSummaries } from "../../src/jobs/project-summaries.js";
import { changeViews } from "../../src/jobs/views.js";
import { compactStore } from "../../src/maintenance/compact-store.js";
import { copyStore } from "../../src/maintenance/copy-store.js";
import { openStore } from "../../src/store/open-store.js";
import { mlTracking } from "../support/built-package.js";
import { smallClassification } from "../support/experiments.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { everyPlace } from "./every-store.js";

afterEach(() => vi.unstubAllEnvs());

/** Of four samples, the first experiment is right on all, the second on three, the third on two. */
async function threeExperiments(store: string): Promise<[string, string, string]> {
  const ids: string[] = [];
  for (const yPred of [
    ["cat", "dog", "cat", "dog"],
    ["cat", "cat", "cat", "dog"],
    ["cat", "cat", "cat", "cat"],
  ]) {
    const input = smallClassification(store, { yPred, name: `right on ${4 - ids.length}` });
    ids.push(
      (await logExperiment({ ...input, extraParameters: { [`only ${ids.length}`]: 1 } })).predictionId,
    );
  }
  return ids as [string, string, string];
}

describe.each(everyPlace)("an experiment in $name", ({ newStore }) => {
  it("has its name, note and tags wherever it is read", async (context) => {
    const { address: store } = await newStore(context);
    const [first] = await threeExperiments(store);
    const said = { name: "wider", note: "# Note\n", addTags: ["b", "a"], starred: true };
    const expected = { name: "wider", note: "# Note\n", tags: ["a", "b"], starred: true, archived: false };
    expect(await annotate(first, said, { store, author: "ann" })).toMatchObject([expected]);
    expect((await readExperiment(first, { store })).experiment).toMatchObject(expected);
    expect((await readExperiments("pets", { store })).experiments[0]).toMatchObject(expected);
    await annotate([first], { name: "", note: "", removeTags: ["a", "b"], starred: false }, { store });
    expect((await readExperiment(first, { store })).experiment).toMatchObject({
      name: "right on 4",
      note: undefined,
      tags: [],
      starred: false,
    });
  });

  it("that is deleted is in the trash and nowhere else, and comes back", async (context) => {
    const { address: store } = await newStore(context);
    const [first, second] = await threeExperiments(store);
    const everywhere = async () => ({
      read: (await readExperiments("pets", { store })).experiments.length,
      best: (await bestExperiments("pets", { store, sort: "best", limit: 1 })).experiments[0]?.predictionId,
      board: (await leaderboard("pets", { store })).rows.map(({ predictionId }) => predictionId),
      summary: (await projectSummaries({ store })).projects.map(({ experiments }) => experiments),
      trash: (await listTrash({ store })).map(({ experiment }) => experiment.predictionId),
    });
    const before = await everywhere();
    expect(before).toMatchObject({ read: 3, best: first, summary: [3], trash: [] });
    await annotate(first, { deleted: true }, { store, author: "ann" });
    expect(await everywhere()).toMatchObject({ read: 2, best: second, summary: [2], trash: [first] });
    expect((await leaderboard("pets", { store })).experiments).toBe(2);
    const gone = `unknown experiment: ${first} is in the trash of the store ${store} (ann, `;
    await expect(readExperiment(first, { store })).rejects.toThrow(gone);
    await expect(compareExperiments(first, second, { store })).rejects.toThrow(gone);
    await expect(annotate(first, { starred: true }, { store })).rejects.toThrow(gone);
    await annotate(first, { deleted: false }, { store });
    expect(await everywhere()).toEqual(before);
    await expect(annotate(first, { deleted: false }, { store })).rejects.toThrow("is not in the trash");
  });

  it("that is archived is left out of rankings, and read all the same", async (context) => {
    const { address: store } = await newStore(context);
    const [first, second] = await threeExperiments(store);
    await annotate(first, { archived: true }, { store });
    expect((await leaderboard("pets", { store })).rows[0]?.predictionId).toBe(second);
    const listed = async (archived: boolean) =>
      (await bestExperiments("pets", { store, sort: "best", limit: 9, archived })).experiments.map(
        ({ predictionId }) => predictionId,
      );
    expect((await listed(false))[0]).toBe(second);
    expect((await listed(true))[0]).toBe(first);
    expect((await readExperiments("pets", { store })).experiments).toHaveLength(3);
    expect((await compareExperiments(first, second, { store })).a.predictionId).toBe(first);
  });

  it("is copied, folded and checked with what was said of it", async (context) => {
    const { address: store } = await newStore(context);
    const [first, second, third] = await threeExperiments(store);
    await annotate([first, second], { addTags: ["a, b"] }, { store });
    await annotate(third, { deleted: true }, { store });
    const other = await temporaryFolder();
    expect(await copyStore({ from: store, to: other })).toMatchObject({ copied: 3, annotations: 3 });
    expect(await copyStore({ from: store, to: other })).toMatchObject({ already: 3, annotations: 0 });
    const tags = async (address: string) =>
      (await readExperiments("pets", { store: address })).experiments.map((each) => each.tags);
    expect(await tags(other)).toEqual([["a, b"], ["a, b"]]);
    await compactStore({ store, graceSeconds: 0 });
    expect(await tags(store)).toEqual([["a, b"], ["a, b"]]);
    expect((await verifyStore({ store })).findings).toEqual([]);
  });
});

describe("the catalog", () => {
  it("shows, filters, sorts and groups by what was said at once, and leaves out what is in the trash", async () => {
    const root = await temporaryFolder();
    const store = openStore(root);
    const [first, second, third] = await threeExperiments(root);
    const catalog = await openCatalog(store, { folder: await temporaryFolder() });
    const ids = async (filter?: string, column = "f1_macro") => {
      await catalog.refresh();
      const sort = [{ column, direction: "descending" }] as const;
      const page = await catalog.experiments("pets", { sort, ...(filter === undefined ? {} : { filter }) });
      expect(page.total).toBe(page.prediction_ids.length);
      return page.prediction_ids;
    };
    const columns = async () => (await catalog.columns("pets")).map(({ name }) => name);
    const shown = async () => (await catalog.experiments("pets")).columns.map(({ name }) => name);
    try {
      expect(await ids()).toEqual([first, second, third]);
      expect(await shown()).not.toContain("tags");
      await annotate([first, second], { addTags: ["baseline"] }, { store: root });
      await annotate(
        second,
        { addTags: ["b'] %"], name: "zebra", note: "see *this*", starred: true },
        { store: root },
      );
      expect(await ids("tags = 'baseline'")).toEqual([first, second]);
      expect(await ids("tags = 'b''] %'")).toEqual([second]);
      expect(await ids("tags ILIKE 'BASE%' AND NOT tags LIKE 'b_] \\%'")).toEqual([first, second]);
      expect(await ids("tags != 'b''] %'")).toEqual([first, third]);
      expect(await ids("tags IS NULL")).toEqual([third]);
      expect(await ids("name = 'zebra' OR note LIKE '%this%'")).toEqual([second]);
      // A plain word is searched in what was said, too.
      expect(await ids("ZEBRA")).toEqual([second]);
      expect((await ids("baseline")).sort()).toEqual([first, second].sort());
      expect(await ids("baseline AND starred = true")).toEqual([second]);
      expect(await ids("starred = true")).toEqual([second]);
      expect(await ids(undefined, "name")).toEqual([second, first, third]);
      expect(await shown()).toEqual(expect.arrayContaining(["note", "tags", "starred"]));
      expect(await shown()).not.toContain("archived");
      const groups = await catalog.groups("pets", { by: ["starred"] });
      expect(groups.groups.map(({ key, count }) => [key[0], count])).toEqual([
        [false, 2],
        [true, 1],
      ]);
      expect(await catalog.experiment(second)).toMatchObject({ name: "zebra", tags: ["b'] %", "baseline"] });

      await annotate(first, { archived: true }, { store: root });
      expect(await ids()).toEqual([second, third]);
      expect(await ids("archived = true")).toEqual([first]);
      expect(await ids("archived IS NOT NULL")).toEqual([first, second, third]);

      expect(await columns()).toContain("extra.only 1");
      await annotate(second, { deleted: true }, { store: root });
      expect(await ids()).toEqual([third]);
      expect(await columns()).not.toContain("extra.only 1");
      expect((await catalog.projects())[0]).toMatchObject({ experiments: 2 });
      await expect(catalog.experiment(second)).rejects.toThrow("is in the trash");
      expect(await catalog.records([second])).toEqual([]);
      let exported = "";
      for await (const text of catalog.exportRows("pets")) exported += text;
      expect(exported.trimEnd().split("\n")).toHaveLength(2);

      // The log changes while some of it is in the trash.
      const { predictionId: fourth } = await logExperiment(smallClassification(root, { newCsv: true }));
      expect(await ids()).toEqual([fourth, third].sort((a, b) => (a === fourth ? -1 : b === fourth ? 1 : 0)));
      await compactStore({ store: root, graceSeconds: 0 });
      expect((await ids()).length).toBe(2);
      await annotate(second, { deleted: false }, { store: root });
      expect(await ids()).toContain(second);
      expect(await columns()).toContain("extra.only 1");
      expect(await ids('extra."only 1" = 1')).toEqual([second]);
      expect(await catalog.experiment(second)).toMatchObject({ name: "zebra", starred: true });
    } finally {
      await catalog.close();
    }
    const again = await openCatalog(store, { folder: await temporaryFolder() });
    try {
      await again.refresh();
      expect((await again.experiments("pets")).total).toBe(3);
      expect(await again.experiment(second)).toMatchObject({ name: "zebra" });
    } finally {
      await again.close();
    }
  });

  it("says nothing new where nothing was said, and is as it was after a restart", async () => {
    const root = await temporaryFolder();
    const [first] = await threeExperiments(root);
    await annotate(first, { deleted: true }, { store: root });
    const folder = await temporaryFolder();
    const open = () => openCatalog(openStore(root), { folder });
    let catalog = await open();
    expect(await catalog.refresh()).toMatchObject({ changed: true });
    expect(await catalog.refresh()).toMatchObject({ changed: false });
    const { generation } = catalog.status();
    await catalog.close();
    catalog = await open();
    expect(await catalog.refresh()).toMatchObject({ changed: false });
    expect(catalog.status().generation).toBe(generation);
    expect((await catalog.projects())[0]).toMatchObject({ experiments: 2 });
    await annotate(first, { deleted: false }, { store: root });
    expect(await catalog.refresh()).toMatchObject({ changed: true, addedExperiments: 1 });
    await catalog.close();
  });
});

describe("the command line", () => {
  it("says what is said of experiments, lists the trash, and purges it when it may", async () => {
    const store = await temporaryFolder();
    const [first, second, third] = await threeExperiments(store);
    const run = async (...args: string[]) => mlTracking([...args, "--store", store]);
    expect((await run("tag", first, "baseline", "for us")).out).toBe(
      `${first}  right on 4  tags: baseline, for us\n`,
    );
    expect((await run("untag", first, "for us")).out).toBe(`${first}  right on 4  tags: baseline\n`);
    expect((await run("rename", first, "wider")).out).toContain("wider");
    expect((await run("star", first, second)).out).toMatch(/starred\n.*starred\n$/);
    expect((await run("star", first, "--off")).out).not.toContain("starred");
    expect((await run("note", first, "one\n\ntwo")).status).toBe(0);
    expect((await run("note", first)).out).toBe("one\n\ntwo\n");
    const shown = (await run("show", first)).out;
    expect(shown).toMatch(/name +wider\n/);
    expect(shown).toMatch(/tags +baseline\n/);
    expect(shown).toContain("\n\none\n\ntwo\n");
    expect((await run("rename", first, "--clear")).out).toContain("right on 4");
    expect((await run("note", first, "--clear")).status).toBe(0);
    expect((await run("archive", third)).out).toContain("archived");
    expect((await run("experiments", "pets")).out).not.toContain(third);
    expect((await run("experiments", "pets", "--archived")).out).toContain(third);
    const { predictions } = (await readExperiment(first, { store })).experiment;
    const removed = `1 experiment and ${(await stat(join(store, predictions))).size} bytes of predictions`;
    const csv = (await run("export", "pets")).out.split("\n");
    expect(csv[0]).toMatch(/,tags,starred,archived$/);

    expect((await run("delete", first, second)).out).toMatch(/in the trash: .*\n.*in the trash: /);
    expect((await run("show", first)).talk).toContain(`"ml-tracking restore ${first}" brings it back`);
    expect((await run("trash")).out).toMatch(new RegExp(`${second}.*\\n|${first}`));
    expect(JSON.parse((await run("trash", "pets", "--json")).out).experiments).toHaveLength(2);
    expect((await run("restore", second)).out).toContain("back from the trash");
    const asked = await run("purge");
    expect([asked.status, asked.talk]).toEqual([1, expect.stringContaining(removed)]);
    expect(asked.talk).toContain("Nothing was removed");
    expect((await run("purge", second, "--yes")).talk).toContain(`${second} is not in the trash`);
    expect((await run("purge", "--yes")).talk).toContain(`${removed} removed.`);
    expect((await run("trash")).talk).toContain("The trash is empty.");
    expect((await run("restore", first)).status).toBe(1);
    expect((await run("verify", "--grace", "0")).talk).toContain("2 experiments in 1 project: nothing wrong");
  });

  it("refuses what it cannot do, before anything is written", async () => {
    const store = await temporaryFolder();
    const [first] = await threeExperiments(store);
    const talk = async (...args: string[]) => (await mlTracking([...args, "--store", store])).talk;
    expect(await talk("rename", first)).toContain("missing argument: name");
    expect(await talk("note", first, "a", "--clear")).toContain("give one of a text, --file and --clear");
    expect(await talk("note", first, "--file", "none.md")).toContain(
      '--file is "none.md", which cannot be read',
    );
    expect(await talk("tag", first, "a\nb")).toContain("control character");
    const file = join(await temporaryFolder(), "note.md");
    await writeFile(file, "\r\n");
    await annotate(first, { name: "kept", note: "kept, too" }, { store });
    for (const [args, message] of [
      [["note", first, ""], "note is empty; give a text, or --clear to take the note away"],
      [["note", first, " \n"], "note is empty; give a text, or --clear to take the note away"],
      [["note", first, "--file", file], `--file is "${file}", which is empty; give a text, or --clear`],
      [["rename", first, ""], "name is empty; give a name, or --clear for the one it was logged as"],
    ] as const) {
      const refused = await mlTracking([...args, "--store", store]);
      expect(refused).toMatchObject({ status: 2, talk: expect.stringContaining(message) });
    }
    const { experiment } = await readExperiment(first, { store });
    expect(experiment).toMatchObject({ name: "kept", note: "kept, too" });
    const restored = await mlTracking(["restore", first, "--store", store]);
    expect(restored).toMatchObject({ status: 1, talk: expect.stringContaining("is not in the trash") });
    expect(await talk("star", "zzzzzzzzzzzz", first)).toContain("there is no zzzzzzzzzzzz");
    expect((await readExperiment(first, { store })).experiment.starred).toBe(false);
  });
});

describe("a note", () => {
  it("has plain line breaks wherever it comes from, and says where there is none", async () => {
    const store = await temporaryFolder();
    const [first, second] = await threeExperiments(store);
    const file = join(await temporaryFolder(), "note.md");
    await writeFile(file, "# One\r\n\r\ntwo\rthree");
    const run = (...args: string[]) => mlTracking([...args, "--store", store]);
    expect((await run("note", first, "--file", file)).status).toBe(0);
    expect((await readExperiment(first, { store })).experiment.note).toBe("# One\n\ntwo\nthree");
    // As a version before wrote it.
    const said = { author: "ann", now: new Date() };
    const old = { target: first, action: "note", value: "# One\r\ntwo" } as const;
    await appendAnnotations(openStore(store), "pets", [old], said);
    expect((await run("note", first)).out).toBe("# One\ntwo\n");
    expect((await run("show", first)).out).toContain("\n\n# One\ntwo\n");
    expect(await run("note", second)).toMatchObject({ status: 0, out: "", talk: `${second} has no note.\n` });
    expect((await run("note", second, "--json")).out).toBe('{"note":null}\n');
  });
});

describe("views", () => {
  it("are listed, made the default and removed from the command line", async () => {
    const store = await temporaryFolder();
    await threeExperiments(store);
    for (const key of ["best", "all"]) {
      await changeViews("pets", { action: "view", key, value: { columns: ["name"] } }, { store });
    }
    const run = (...flags: string[]) => mlTracking(["views", "pets", "--store", store, ...flags]);
    expect((await run("--default", "best")).out).toMatch(/^view +default .*\nall .*\nbest +yes /);
    expect(JSON.parse((await run("--json")).out)).toMatchObject({
      views: [{ name: "all" }, { name: "best", state: { columns: ["name"] } }],
      default_view: "best",
    });
    expect(JSON.parse((await run("--no-default", "--json")).out).default_view).toBeNull();
    expect((await run("--delete", "al")).talk).toContain('project pets has no view "al"; did you mean all?');
    expect((await run("--delete", "all", "--default", "best")).status).toBe(2);
    expect((await run("--delete", "all")).status).toBe(0);
    expect((await run("--delete", "best")).talk).toContain("No view of pets is saved");
  });
});
