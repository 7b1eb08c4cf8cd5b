import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { annotated } from "../../src/annotations/annotated-record.js";
import { foldAnnotations } from "../../src/annotations/fold-annotations.js";
import { sortExperiments } from "../../src/jobs/experiment-order.js";
import { folderStore } from "../../src/store/folder-store.js";
import type { Store } from "../../src/store/store.js";
import { bestRows } from "../../src/tracking-log/best-rows.js";
import { findLines } from "../../src/tracking-log/find-lines.js";
import { idSet } from "../../src/tracking-log/id-set.js";
import { readLog } from "../../src/tracking-log/read-log.js";
import { scanRows } from "../../src/tracking-log/scan-rows.js";
import { experiment, header, idOf, lineOf, logPath } from "../catalog/log-rows.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/**
 * A bucket's way of reading over the files of a folder: whole objects, no path on this machine; each reading
 * is counted.
 */
function countedBucket(root: string): { store: Store; reads: string[] } {
  const reads: string[] = [];
  const folder = folderStore(root);
  const store: Store = {
    ...folder,
    read: (path, options) => {
      reads.push(path);
      return folder.read(path, options);
    },
    readRange: (path, start, end, options) => {
      reads.push(path);
      return folder.readRange(path, start, end, options);
    },
  };
  delete store.localPath;
  return { store, reads };
}

async function writeLog(root: string, files: readonly (string | Uint8Array)[]): Promise<void> {
  for (const [i, content] of files.entries()) {
    const file = join(root, logPath("pets", i + 1));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

const goodLine = fc
  .record({
    number: fc.integer({ min: 0, max: 30 }),
    accuracy: fc.constantFrom(undefined, 0, -0, 0.25, 0.5, 1e-7, 1),
    name: fc.constantFrom(undefined, "plain", 'says "hi", twice', "Zoë 漢字 👩‍👧", ",", '"'),
    depth: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ number, accuracy, name, depth }) =>
    lineOf(
      experiment(number, {
        name,
        scores: accuracy === undefined ? {} : { accuracy },
        modelParameters: { depth, 'quoted "key", comma': [1, "two"] },
      }),
    ),
  );
const whole = lineOf(experiment(7, { name: 'a "quoted", name' }));
/** What hands, editors and killed writers leave. */
const oddLine = fc.oneof(
  fc.integer({ min: 1, max: whole.length - 2 }).map((length) => `${whole.slice(0, length)}\n`),
  fc.constantFrom(
    "\n",
    whole.replace("\n", "\r\n"),
    whole.replace("t00000000007,", '"t00000000007",'),
    `${whole.slice(0, 80)}${whole}`,
    whole.replace("t00000000007", "T00000000007"),
    whole.replace(/,1\n$/, ",2\n"),
    whole.replace(/,1\n$/, ",x\n"),
    whole.replace(",classification,", ',"classification",'),
    whole.replace("NearestNeighbour", 'Nearest"Neighbour'),
    "\ufeffno header\n",
  ),
);
const logFile = fc
  .record({
    lines: fc.array(fc.oneof({ weight: 4, arbitrary: goodLine }, oddLine), { maxLength: 25 }),
    tail: fc.constantFrom("", "", "t000", whole.slice(0, 200), whole.slice(0, -1)),
    top: fc.constantFrom(header, header, header, "not,a,header\n", header.replace("\n", "\r\n")),
  })
  .map(({ lines, tail, top }) => top + lines.join("") + tail);

describe("a scan of the log", () => {
  it("finds the rows, and the lines that are none, that reading the whole log finds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(logFile, { minLength: 1, maxLength: 3 }), async (files) => {
        const root = await temporaryFolder();
        await writeLog(root, files);
        for (const store of [folderStore(root), countedBucket(root).store]) {
          const { experiments, problems } = await readLog(store, "pets");
          const seen: string[] = [];
          const scan = await scanRows(store, "pets", ["accuracy", "name"], ({ predictionId, cells }) => {
            const record = experiments[seen.length]!;
            seen.push(predictionId());
            const [accuracy, name] = cells;
            expect(accuracy === "" ? undefined : Number(accuracy)).toBe(record.scores["accuracy"]);
            expect(name).toBe(record.name ?? "");
          });
          expect(seen).toEqual(experiments.map(({ predictionId }) => predictionId));
          expect(scan.problems).toEqual(problems);
          expect(scan.rows).toBe(experiments.length);
        }
      }),
      { numRuns: 150 },
    );
  });

  it.each(["accuracy", "name", "model", "logged_at", "log_loss"] as const)(
    "gives the first rows by %s as sorting all of them does",
    async (sort) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(logFile, { minLength: 1, maxLength: 3 }),
          fc.integer({ min: 1, max: 12 }),
          async (files, limit) => {
            const root = await temporaryFolder();
            await writeLog(root, files);
            const store = folderStore(root);
            const { experiments } = await readLog(store, "pets");
            const { bestExperiments } = await import("../../src/jobs/best-experiments.js");
            if (experiments.length > 0) {
              const small = await bestExperiments("pets", { store: root, sort, limit });
              const nothing = foldAnnotations("pets", []);
              expect(small.experiments).toEqual(
                sortExperiments(experiments, sort)
                  .slice(0, limit)
                  .map((record) => annotated(record, nothing)),
              );
            }
            const { rankOf } = await import("../../src/jobs/experiment-order.js");
            const best = await bestRows(store, "pets", { column: sort, rank: rankOf(sort) }, limit);
            expect(best.experiments).toEqual(sortExperiments(experiments, sort).slice(0, limit));
            expect(best.total).toBe(experiments.length);
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  it("leaves out a row whose cells are not what they promise, and says so where it would have been shown", async () => {
    const root = await temporaryFolder();
    const bad = lineOf(experiment(1, { scores: { accuracy: 0.99 } })).replace("data/pets.csv", "");
    const worse = lineOf(experiment(2)).replace(",0.02,", ",many,");
    await writeLog(root, [header + bad + worse + lineOf(experiment(3))]);
    const rank = (cell: string) => (Number.isNaN(Number(cell)) ? undefined : -Number(cell));
    const found = await bestRows(folderStore(root), "pets", { column: "accuracy", rank }, 2);
    expect(found.experiments.map(({ predictionId }) => predictionId)).toEqual([idOf(3)]);
    expect(found.total).toBe(1);
    expect(found.problems.map(({ reason }) => reason).sort()).toEqual([
      'accuracy is "many"',
      "dataset_uri is empty",
    ]);
  });

  it("finds ids in files of several chunks, with lines across their borders and one longer than any row", async () => {
    const root = await temporaryFolder();
    const fat = (number: number, size: number) =>
      lineOf(experiment(number, { extraParameters: { note: "x".repeat(size) } }));
    const lines = Array.from({ length: 60 }, (_, i) => fat(i, 300_000));
    await writeLog(root, [
      header + lines.slice(0, 30).join(""),
      `${header}${"y".repeat(20 * 2 ** 20)}\n${lines.slice(30).join("")}`,
    ]);
    const store = folderStore(root);
    const wanted = new Set([idOf(0), idOf(13), idOf(14), idOf(29), idOf(30), idOf(59)]);
    const found = [];
    for await (const line of findLines(store, "pets", wanted)) found.push(line);
    expect(found.map((line) => "cells" in line && line.cells.get("prediction_id"))).toEqual([...wanted]);
    expect(found.map(({ line }) => line)).toEqual([2, 15, 16, 31, 3, 32]);
    const scan = await scanRows(store, "pets", [], () => {});
    expect(scan.rows).toBe(60);
    expect(scan.problems).toEqual([
      { path: logPath("pets", 2), line: 2, reason: "it is longer than any row" },
    ]);
  });

  it("reads each object of a bucket once for any number of ids, and none after the last is found", async () => {
    const root = await temporaryFolder();
    const files = Array.from({ length: 40 }, (_, i) => header + lineOf(experiment(i)));
    await writeLog(root, files);
    const { store, reads } = countedBucket(root);
    const missing = new Set([idOf(0), idOf(39), "zzzzzzzzzzzz"]);
    let rows = 0;
    for await (const line of findLines(store, "pets", missing)) rows += "cells" in line ? 1 : 0;
    expect(rows).toBe(2);
    expect(reads.length).toBe(40);
    expect(new Set(reads).size).toBe(40);
  });

  it("finds every row while others append and compact", async () => {
    const root = await temporaryFolder();
    await writeLog(root, [header + lineOf(experiment(0)), header + lineOf(experiment(1))]);
    const store = folderStore(root);
    const found = new Set<string>();
    let moved = false;
    for await (const line of findLines(store, "pets", new Set([idOf(0), idOf(1)]))) {
      if ("cells" in line) found.add(line.cells.get("prediction_id")!);
      if (moved) continue;
      moved = true;
      // As a compaction does: the rows come in a later file, then the old one goes.
      await writeLog(root, [header, header, header + lineOf(experiment(1))]);
      await appendFile(join(root, logPath("pets", 1)), lineOf(experiment(0)));
      const { rm } = await import("node:fs/promises");
      await rm(join(root, logPath("pets", 2)));
    }
    expect([...found].sort()).toEqual([idOf(0), idOf(1)]);
  });
});

describe("a set of prediction ids", () => {
  it("holds what a Set of texts holds", () => {
    const character = fc.constantFrom(..."0123456789abcdefghjkmnpqrstvwxyz");
    const id = fc.array(character, { minLength: 12, maxLength: 12 }).map((all) => all.join(""));
    fc.assert(
      fc.property(fc.array(fc.oneof(id, fc.constantFrom("000000000000", "zzzzzzzzzzzz"))), (ids) => {
        const [ours, plain] = [idSet(), new Set<string>()];
        for (const each of ids) {
          expect(ours.add(each)).toBe(!plain.has(each));
          plain.add(each);
        }
        expect(ours.size).toBe(plain.size);
      }),
    );
    const many = idSet();
    for (let i = 0; i < 100_000; i++) expect(many.add(idOf(i))).toBe(true);
    for (let i = 0; i < 100_000; i += 97) expect(many.add(idOf(i))).toBe(false);
  });
});
