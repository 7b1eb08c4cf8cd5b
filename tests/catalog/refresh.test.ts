import { appendFile, mkdir, readFile, rename, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { logExperiment } from "../../src/jobs/log-experiment.js";
import { folderStore } from "../../src/store/folder-store.js";
import type { Store } from "../../src/store/store.js";
import { repairLogFile } from "../../src/tracking-log/repair-log-file.js";
import { smallClassification, smallRegression } from "../support/experiments.js";
import {
  appendExperiments,
  expectAsInLog,
  experiment,
  header,
  idOf,
  idsIn,
  lineOf,
  logPath,
  openEmpty,
  openOver,
  writeExperiments,
  writeLogFile,
} from "./log-rows.js";

describe("refresh", () => {
  it("finds what logExperiment logged, of both kinds, as it was logged", async () => {
    const { root, store, catalog } = await openEmpty();
    const pet = await logExperiment(
      smallClassification(root, { name: "first", extraParameters: { scaler: "none", n: 3 } }),
    );
    await logExperiment(smallRegression(root));
    const report = await catalog.refresh();
    expect(report).toMatchObject({ changed: true, addedExperiments: 2, filesRead: 2, problems: [] });
    await expectAsInLog(catalog, store, "pets");
    await expectAsInLog(catalog, store, "houses");
    const projects = await catalog.projects();
    expect(projects.map(({ project, experiments, kinds }) => ({ project, experiments, kinds }))).toEqual([
      { project: "houses", experiments: 1, kinds: ["regression"] },
      { project: "pets", experiments: 1, kinds: ["classification"] },
    ]);
    const page = await catalog.experiments("pets", {
      columns: ["name", "accuracy", "params.k", "extra.scaler", "extra.n"],
    });
    expect(page.rows).toEqual([["first", pet.scores["accuracy"], 3, "none", 3]]);
  });

  it("reads nothing when nothing changed, and only the new bytes when a row was added", async () => {
    const { root, cache } = await openEmpty();
    const read: [string, number, number][] = [];
    const real = folderStore(root);
    const spy: Store = {
      ...real,
      readRange: (path, start, end) => {
        read.push([path, start, end]);
        return real.readRange(path, start, end);
      },
    };
    const records = Array.from({ length: 500 }, (_, i) => experiment(i));
    const file = await writeExperiments(root, records);
    const { catalog } = await openOver(spy, { folder: cache });
    await catalog.refresh();
    read.length = 0;
    expect(await catalog.refresh()).toMatchObject({ changed: false, filesRead: 0, bytesRead: 0 });
    expect(read).toEqual([]);

    const size = (await readFile(file)).length;
    await appendExperiments(file, [experiment(500)]);
    expect(await catalog.refresh()).toMatchObject({
      addedExperiments: 1,
      bytesRead: lineOf(experiment(500)).length,
    });
    // The header, and the end of what was read, to tell that the file is still the same one.
    const headerAndTail = read.filter(([, , end]) => end <= size);
    expect(headerAndTail.every(([, start, end]) => end - start <= 2 ** 14)).toBe(true);
    expect((await idsIn(catalog)).length).toBe(501);
  });

  it("takes over a file that was written anew, truncated, swapped or removed", async () => {
    const { root, store, catalog } = await openEmpty();
    const records = Array.from({ length: 40 }, (_, i) => experiment(i, { modelParameters: { k: i } }));
    const file = await writeExperiments(root, records.slice(0, 20), 1);
    await writeExperiments(root, records.slice(20), 2);
    await catalog.refresh();

    // One character in the middle, the size as before, and a row at the end.
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace("run 7,", "RUN 7,"));
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    expect((await catalog.experiment(idOf(7))).name).toBe("RUN 7");

    await truncate(file, header.length + lineOf(records[0]!).length);
    await catalog.refresh();
    await expectAsInLog(catalog, store);

    const swapped = `${file}.new`;
    await writeFile(
      swapped,
      header + [30, 31, 32, 33, 34].map((n) => lineOf(experiment(n + 100, { name: "swapped" }))).join(""),
    );
    await rename(swapped, file);
    await catalog.refresh();
    await expectAsInLog(catalog, store);

    await rm(file);
    expect(await catalog.refresh()).toMatchObject({ filesRemoved: 1, addedExperiments: -5 });
    await expectAsInLog(catalog, store);

    await rm(join(root, logPath("pets", 2)));
    await catalog.refresh();
    expect(await catalog.projects()).toEqual([]);
  });

  it("takes over a file that was written anew with parameters that no row had before", async () => {
    const { root, store, catalog } = await openEmpty();
    await writeExperiments(root, [experiment(1), experiment(2)]);
    await catalog.refresh();
    await writeExperiments(root, [experiment(1), experiment(2, { modelParameters: { depth: 3 } })]);
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    const page = await catalog.experiments("pets", { columns: ["params.depth"], filter: "params.depth = 3" });
    expect(page.rows).toEqual([[3]]);
  });

  it("tells an edited file that grew from one that was only appended to", async () => {
    const { root, store, catalog } = await openEmpty();
    const file = await writeExperiments(root, [experiment(1), experiment(2)]);
    await catalog.refresh();
    const edited = `${file}.edited`;
    await writeFile(
      edited,
      header + lineOf(experiment(1, { name: "RUN 1" })) + lineOf(experiment(2)) + lineOf(experiment(3)),
    );
    await rename(edited, file);
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    expect((await catalog.experiment(idOf(1))).name).toBe("RUN 1");
  });

  it("reads a file again that was only touched, and finds the same", async () => {
    const { root, store, catalog } = await openEmpty();
    const file = await writeExperiments(root, [experiment(1)]);
    await catalog.refresh();
    await utimes(file, new Date(), new Date(Date.now() + 5000));
    expect(await catalog.refresh()).toMatchObject({ addedExperiments: 0 });
    await expectAsInLog(catalog, store);
  });

  it("forgets the names and types of values that are gone", async () => {
    const { root, catalog } = await openEmpty();
    await writeExperiments(root, [experiment(1, { modelParameters: { k: 1 } })], 1);
    const second = await writeExperiments(
      root,
      [experiment(2, { modelParameters: { k: "auto", depth: 3 } })],
      2,
    );
    await catalog.refresh();
    const names = async () =>
      (await catalog.columns("pets"))
        .filter(({ kind }) => kind === "parameter")
        .map(({ name, type }) => [name, type]);
    expect(await names()).toEqual([
      ["params.depth", "number"],
      ["params.k", "mixed"],
    ]);
    await rm(second);
    await catalog.refresh();
    expect(await names()).toEqual([["params.k", "number"]]);
    await expect(catalog.experiments("pets", { filter: "params.depth = 3" })).rejects.toMatchObject({
      code: "INVALID_FILTER",
    });
  });

  it("shares one refresh among calls that wait for it, and each sees what was logged before it", async () => {
    const { root, catalog } = await openEmpty();
    const file = await writeExperiments(root, [experiment(0)]);
    const seen: Promise<number>[] = [];
    for (let i = 1; i <= 20; i++) {
      await appendExperiments(file, [experiment(i)]);
      seen.push(catalog.refresh().then(() => catalog.status().experiments));
    }
    const counts = await Promise.all(seen);
    for (const [i, count] of counts.entries()) expect(count).toBeGreaterThanOrEqual(i + 2);
    expect(counts.at(-1)).toBe(21);
  });
});

describe("queries during a refresh", () => {
  it("answer from before it or after it, even while columns are put in another place", async () => {
    const { root, catalog } = await openEmpty();
    const file = await writeExperiments(root, [experiment(0, { extraParameters: { n0: 0 } })]);
    await catalog.refresh();
    const progress = { done: false };
    const rounds = 12;
    const growing = async () => {
      for (let round = 1; round <= rounds; round++) {
        const names = Array.from({ length: 60 }, (_, i) => [`n${round}_${i}`, round]);
        const records = Array.from({ length: 100 }, (_, i) =>
          experiment(round * 100 + i, {
            extraParameters: { n0: i, ...(Object.fromEntries(names) as object) },
          }),
        );
        await appendExperiments(file, records);
        await catalog.refresh();
      }
      progress.done = true;
    };
    const totals = new Set<number>();
    const asking = async () => {
      while (!progress.done) {
        const page = await catalog.experiments("pets", {
          filter: "extra.n0 >= 0",
          sort: [{ column: "extra.n0" }],
        });
        totals.add(page.total);
        await catalog.differingColumns("pets");
      }
    };
    await Promise.all([growing(), asking(), asking()]);
    expect(totals.size).toBeGreaterThan(1);
    expect([...totals].filter((total) => total % 100 !== 1)).toEqual([]);
    expect(catalog.status().experiments).toBe(rounds * 100 + 1);
  });
});

describe("torn and broken lines", () => {
  const whole = lineOf(
    experiment(2, { name: 'comma, "quote" é漢👩', modelParameters: { note: 'a,"b"\n', k: 3 } }),
  );

  it("never become a row, wherever a writer was cut off, and are told as the log's reader tells them", async () => {
    const { root, store, catalog } = await openEmpty();
    const bytes = Buffer.from(whole);
    const start = header + lineOf(experiment(1));
    const file = await writeLogFile(root, start);
    for (let cut = 0; cut < bytes.length; cut += 1) {
      await writeLogFile(root, Buffer.concat([Buffer.from(start), bytes.subarray(0, cut)]));
      await catalog.refresh();
      expect(catalog.status().experiments).toBe(1);
      if (cut % 10 === 0) await expectAsInLog(catalog, store);
    }
    await writeFile(file, start + whole);
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    expect(catalog.status().experiments).toBe(2);
  });

  it("never become a row when the next line is glued to them", async () => {
    const { root, store, catalog } = await openEmpty();
    const bytes = Buffer.from(whole);
    const next = Buffer.from(lineOf(experiment(3)) + lineOf(experiment(4)));
    for (let cut = 1; cut < bytes.length - 1; cut += 3) {
      await writeLogFile(root, Buffer.concat([Buffer.from(header), bytes.subarray(0, cut), next]));
      await catalog.refresh();
      await expectAsInLog(catalog, store);
      expect(await idsIn(catalog)).toContain(idOf(4));
      expect(catalog.status().problems.length).toBe(1);
    }
  });

  it("are counted once a line that a writer finished after a refresh saw half of it", async () => {
    const { root, store, catalog } = await openEmpty();
    const file = await writeLogFile(root, header + whole.slice(0, 50));
    await catalog.refresh();
    expect(catalog.status().problems).toMatchObject([{ line: 2 }]);
    await appendFile(file, whole.slice(50));
    await catalog.refresh();
    expect(catalog.status().problems).toEqual([]);
    await expectAsInLog(catalog, store);
  });

  it("are told with path, line and reason across refreshes", async () => {
    const { root, store, catalog } = await openEmpty();
    const file = await writeLogFile(root, `${header}nonsense\n\n${lineOf(experiment(1))}`);
    await catalog.refresh();
    await appendFile(
      file,
      `x,y\n${lineOf(experiment(2))}${lineOf(experiment(3)).replace("classification", "clustering")}`,
    );
    await catalog.refresh();
    expect(catalog.status().problems.map(({ line }) => line)).toEqual([2, 5, 7]);
    await expectAsInLog(catalog, store);
    await writeLogFile(root, "not,a,log\n1,2,3\n", 2);
    await writeLogFile(root, "", 3);
    await catalog.refresh();
    await expectAsInLog(catalog, store);
  });
});

describe("duplicates", () => {
  it("count once: the first row in the order of the log, whatever was read first", async () => {
    const { root, store, catalog } = await openEmpty();
    const late = experiment(1, { name: "late", extraParameters: { only: "late" } });
    const early = experiment(1, { name: "early" });
    await writeExperiments(root, [late, experiment(2), experiment(2, { name: "again" })], 2);
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    const first = await writeExperiments(root, [experiment(3), early], 1);
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    expect((await catalog.experiment(idOf(1))).name).toBe("early");
    expect((await catalog.columns("pets")).map(({ name }) => name)).not.toContain("extra.only");
    // The row that was left out comes back with the one that it lost to.
    await rm(first);
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    expect((await catalog.experiment(idOf(1))).name).toBe("late");
  });

  it("come out right while a repair moves rows from file to file", async () => {
    const { root, store, catalog } = await openEmpty();
    const records = Array.from({ length: 30 }, (_, i) => experiment(i));
    const text = header + records.map(lineOf).join("");
    const file = await writeLogFile(root, text.slice(0, -20));
    await catalog.refresh();
    // Both files for a moment, as a repair leaves them when it is killed.
    await writeExperiments(root, records.slice(0, 29), 2);
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    await rm(file);
    await catalog.refresh();
    await expectAsInLog(catalog, store);

    await writeLogFile(root, `${text}torn`, 3);
    await catalog.refresh();
    await repairLogFile(store, "pets", logPath("pets", 3), { now: new Date(Date.UTC(2026, 10, 2)) });
    await catalog.refresh();
    await expectAsInLog(catalog, store);
    expect(catalog.status().problems).toEqual([]);
  });

  it("a file that is repaired between the listing and the reading loses no row", async () => {
    const { root, cache } = await openEmpty();
    const real = folderStore(root);
    let repairNow = false;
    const busy: Store = {
      ...real,
      async readRange(path, start, end) {
        if (repairNow && path === logPath("pets", 1)) {
          repairNow = false;
          await rename(join(root, logPath("pets", 1)), join(root, logPath("pets", 2)));
        }
        return real.readRange(path, start, end);
      },
    };
    const { catalog } = await openOver(busy, { folder: cache });
    await writeExperiments(root, [experiment(1), experiment(2)]);
    repairNow = true;
    await catalog.refresh();
    await expectAsInLog(catalog, real);
    expect(catalog.status().experiments).toBe(2);
  });
});

describe("a store that disappears", () => {
  it("is told, keeps its old content to be queried as stale, and recovers", async () => {
    const { root, store, catalog } = await openEmpty();
    await writeExperiments(root, [experiment(1)]);
    await catalog.refresh();
    await rename(root, `${root}-away`);
    await expect(catalog.refresh()).rejects.toMatchObject({
      code: "STORE_NOT_READABLE",
      message: expect.stringContaining("is gone") as unknown,
    });
    expect(catalog.status()).toMatchObject({
      stale: true,
      experiments: 1,
      reason: expect.stringContaining("is gone") as unknown,
    });
    expect(await idsIn(catalog)).toEqual([idOf(1)]);
    // A mount point without its disk is a folder, and empty.
    await mkdir(root);
    await expect(catalog.refresh()).rejects.toMatchObject({ code: "STORE_NOT_READABLE" });
    await rm(root, { recursive: true });
    await rename(`${root}-away`, root);
    await appendExperiments(join(root, logPath()), [experiment(2)]);
    await catalog.refresh();
    expect(catalog.status()).toMatchObject({ stale: false, reason: undefined, experiments: 2 });
    await expectAsInLog(catalog, store);
  });

  it("differs from one whose projects were all removed", async () => {
    const { root, catalog } = await openEmpty();
    await writeExperiments(root, [experiment(1)]);
    await catalog.refresh();
    await rm(join(root, "tracking", "pets"), { recursive: true });
    expect(await catalog.refresh()).toMatchObject({ changed: true, addedExperiments: -1, filesRemoved: 1 });
    expect(await catalog.projects()).toEqual([]);
  });
});
