import { appendFile, cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { demoExperiments } from "../../src/demo/demo-experiments.js";
import type { ExperimentInput } from "../../src/experiment/input/experiment-input.js";
import { annotate } from "../../src/jobs/annotate.js";
import { logExperiment } from "../../src/jobs/log-experiment.js";
import { compactStore } from "../../src/maintenance/compact-store.js";
import { columnsOfFormat1, logColumns } from "../../src/tracking-log/columns.js";
import { formatLine, parseLine } from "../../src/tracking-log/csv-line.js";
import { smallClassification, smallRegression } from "../support/experiments.js";

const golden = fileURLToPath(new URL("../golden/format-1/store", import.meta.url));

/** Fills a store; some leave things that `problems` is to name. */
type Fill = (store: string) => Promise<void>;

/** What the views are held by: by name, what the store is. */
export const stores: Record<string, Fill> = {
  "the demo": async (store) => {
    for (const experiment of demoExperiments(() => 0))
      await logExperiment({ ...experiment, store, source: "demo" });
  },

  "mixed kinds and label types, each after the others": async (store) => {
    await log(store, "mixed", (code) => code, { name: "whole numbers" });
    await log(store, "mixed", (code) => ["cat", "dog", "it's"][code % 3]!, { name: "texts" });
    await logRegression(store, "mixed", 40, { name: "a regression" });
    await log(store, "mixed", (code) => code % 2 === 0, { name: "true or false" });
    await log(store, "mixed", (code) => 9_007_199_254_740_993n + BigInt(code), { name: "beyond doubles" });
    await log(store, "fifty", (code) => `class ${code}`, { name: "50 classes" }, 50);
    await log(
      store,
      "fifty",
      (code) => ["", " ", "a,b", 'a"b', "ä\u{1f600}", "NA", "\\N", "two\nlines"][code % 8]!,
      {},
      8,
    );
  },

  "odd names": async (store) => {
    for (const name of oddNames)
      await log(store, "odd", (code) => code, { name, project: "grüße & co (100 %)" });
    await log(store, "odd", (code) => code, { project: "007", name: "007" });
  },

  "regressions of every spread": async (store) => {
    await logRegression(store, "spread", 1200, { name: "more than are plotted" });
    await logRegression(store, "spread", 1000, { name: "as many as are plotted" });
    await logRegression(store, "spread", 1, { name: "one sample" });
    const errors = (name: string, yTrue: number[], yPred: number[]) =>
      logExperiment({
        ...smallRegression(store, { project: "spread", name, yTrue, yPred }),
        parameters: parameters(yTrue.length),
      });
    await errors("all right", [1, 2, 3], [1, 2, 3]);
    await errors("on the edges", [0, 0, 0, 0, 0, 0], [0, 1, 2, 3, 19, 20]);
    // Where the division that finds the bin is one rounding off, below and above.
    await errors("below the edge", [0, 0, 0, 0, 0], [0, 0.005, 0.02, 0.055, 0.1]);
    await errors("above the edge", [0, 0, 0, 0], [0, 0.075, 0.3, 0.5]);
    await errors("huge", [1e17, 2e17], [3e17, 1e16]);
    await errors("beyond what can be subtracted", [1.5e308, 1], [-1.5e308, 2]);
  },

  "ids that are missing, fewer, and repeated": async (store) => {
    const ids = (testSet: (string | number)[]) => ({ ...smallRegression(store).parameters, testSet });
    await logExperiment(smallRegression(store, { name: "fewer", parameters: ids(["a"]) }));
    await logExperiment(smallRegression(store, { name: "repeated", parameters: ids(["a", "a", "b"]) }));
    await logExperiment(smallClassification(store, { parameters: ids([1, 1, 1, 1]) }));
  },

  "what was said afterwards": async (store) => {
    const ids: string[] = [];
    for (let i = 0; i < 9; i++) {
      const { predictionId } = await log(store, "said", (code) => code, { name: `run ${i}` });
      ids.push(predictionId);
    }
    const [renamed, unnamed, deleted, restored, purged, noted, starred, archived] = ids as [
      string,
      ...string[],
    ];
    const say = (id: string | undefined, what: Parameters<typeof annotate>[1], at: number) =>
      annotate([id!], what, { store, author: 'me, "myself"', now: () => new Date(at) });
    await say(renamed, { name: 'the "best", of all\u00e9 \u{1f600}' }, 1e12);
    await say(unnamed, { name: "for a while" }, 1e12);
    await say(unnamed, { name: "" }, 1e12 + 5);
    await say(deleted, { deleted: true }, 1e12);
    await say(restored, { deleted: true }, 1e12);
    await say(restored, { deleted: false }, 1e12 + 7);
    await say(purged, { deleted: true }, 1e12);
    await say(noted, { note: "# A note\nof two lines" }, 1e12);
    await say(starred, { starred: true }, 1e12);
    await say(archived, { archived: true, name: "kept apart" }, 1e12);
    await say(noted, { starred: true }, 1e12 + 10);
    await say(noted, { starred: false }, 1e12 + 20);
    // Of the same millisecond, and one of a later version.
    const lines = [
      [purged, "purge", ""],
      [ids[8]!, "purge", ""], // which nobody deleted
      [starred, "name", '"a, b"'],
      [starred, "name", '"a"'],
      [starred, "applaud", '"a"'],
    ].map(([id, action, value]) => `2040-01-01T00:00:00.000Z,x,${formatLine([id!, action!, "", value!])}`);
    const [file] = await readdir(join(store, "annotations/said"));
    await appendFile(join(store, "annotations/said", file!), lines.join(""));
  },

  "torn, repeated, orphaned and missing": async (store) => {
    await log(store, "broken", (code) => code, { name: "whole" });
    const twice = await log(store, "broken", (code) => code, { name: "there twice" });
    const missing = await log(store, "broken", (code) => code, { name: "without predictions" });
    await rm(join(store, missing.paths.predictions));
    const path = twice.paths.predictions;
    await mkdir(join(store, dirname(path)), { recursive: true });
    await writeFile(
      join(store, path.replace(twice.predictionId, "zzzzzzzzzzzz")),
      await readFile(join(store, path)),
    );
    const trackingLog = join(store, twice.paths.trackingLog!);
    const rows = (await readFile(trackingLog, "utf8")).split("\n");
    await writeFile(
      trackingLog,
      `${rows[0]}\n${rows.slice(1, -1).join("\n")}\n${rows[2]}\n${rows[1]!.slice(0, 300)}`,
    );
  },

  "torn within quotes, where databases refuse the line": async (store) => {
    await log(store, "quoted", (code) => code, { name: "whole" });
    const { paths } = await log(store, "quoted", (code) => code, { name: "whole, too" });
    const row = (await readFile(join(store, paths.trackingLog!), "utf8")).split("\n")[1]!;
    await appendFile(join(store, paths.trackingLog!), `${row.slice(0, row.lastIndexOf('"') - 20)}\n`);
  },

  "what the release before format 2 wrote": (store) => cp(golden, store, { recursive: true }),

  "the same brought into format 2": async (store) => {
    await cp(golden, store, { recursive: true });
    await compactStore({ store, graceSeconds: 0 });
  },

  "files of format 1 beside format 2": async (store) => {
    for (const kind of ["classification", "first", "regression"] as const) {
      const input = kind === "regression" ? smallRegression : smallClassification;
      const extraParameters = { scaler: 'the "best", of all', said: kind };
      const { predictionId, paths } = await logExperiment(
        input(store, { project: "old", name: kind, extraParameters }),
      );
      await toFormat1(store, paths.trackingLog!, paths.predictions, kind, predictionId);
    }
    await logExperiment(smallRegression(store, { project: "old", name: "of format 2" }));
    await logExperiment(smallClassification(store, { project: "old", name: "of format 2 too" }));
  },
};

const oddNames = [
  "=1+1, 'quoted' \"twice\" \\ and back",
  "100 % of `it` {{x}} ${y}",
  "Grüße \u{1f600} \u202e end",
  "x".repeat(200),
  "NA",
  "null",
  "\\N",
  " padded ",
  '""',
  "--; DROP TABLE experiments",
];

function parameters(samples: number): ExperimentInput["parameters"] {
  return { ...smallRegression("").parameters, testSet: Array.from({ length: samples }, (_, i) => `s${i}`) };
}

/** Logs a classification in which every pair of labels is likely to be. */
async function log(
  store: string,
  project: string,
  label: (code: number) => string | number | boolean | bigint,
  changes: Partial<ExperimentInput> = {},
  classes = 3,
) {
  const codes = (step: number) =>
    Array.from({ length: 60 * Math.ceil(classes / 10) }, (_, i) => ((i * step + 7) >> 1) % classes);
  const yTrue = codes(5).map(label) as string[];
  const yPred = codes(3).map(label) as string[];
  return logExperiment({
    ...smallClassification(store, { project, yTrue, yPred, ...changes }),
    parameters: parameters(yTrue.length),
  });
}

async function logRegression(
  store: string,
  project: string,
  samples: number,
  changes: Partial<ExperimentInput> = {},
) {
  const yTrue = Array.from({ length: samples }, (_, i) => Math.sin(i) * 10);
  const yPred = yTrue.map((value, i) => value + Math.cos(i * 3) - 0.3);
  return logExperiment({
    ...smallRegression(store, { project, yTrue, yPred, ...changes }),
    parameters: parameters(samples),
  });
}

/** Makes a log file with one row, and its predictions, what they were in format 1. */
async function toFormat1(
  store: string,
  trackingLog: string,
  predictions: string,
  kind: "classification" | "first" | "regression",
  predictionId: string,
): Promise<void> {
  const oldPath = `${dirname(predictions)}/${predictionId}.parquet`;
  await rename(join(store, predictions), join(store, oldPath));
  const columns = columnsOfFormat1(kind === "regression" ? kind : "classification", kind === "first");
  const [, line] = (await readFile(join(store, trackingLog), "utf8")).split("\n");
  const parsed = parseLine(line!) as { fields: string[] };
  const cells = new Map(logColumns.map(({ name }, i) => [name, parsed.fields[i]!]));
  cells.set("format", "1").set("predictions", oldPath);
  const text = [columns.map(({ name }) => name), columns.map(({ name }) => cells.get(name)!)]
    .map(formatLine)
    .join("");
  await rm(join(store, trackingLog));
  await writeFile(
    join(
      store,
      trackingLog.replace(/\d+\.csv$/, `${["classification", "first", "regression"].indexOf(kind) + 10}.csv`),
    ),
    text,
  );
}
