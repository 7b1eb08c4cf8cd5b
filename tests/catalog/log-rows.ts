import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, onTestFinished } from "vitest";

import { annotated } from "../../src/annotations/annotated-record.js";
import { foldAnnotations } from "../../src/annotations/fold-annotations.js";
import type { Catalog, CatalogOptions } from "../../src/catalog/catalog.js";
import type { CatalogValue } from "../../src/catalog/catalog-schema.js";
import { openCatalog } from "../../src/catalog/open-catalog.js";
import { compactJson } from "../../src/experiment/compact-json.js";
import type { ExperimentRecord } from "../../src/experiment/experiment-record.js";
import { folderStore } from "../../src/store/folder-store.js";
import type { Store } from "../../src/store/store.js";
import { readLog } from "../../src/tracking-log/read-log.js";
import { headerLine, rowLine } from "../../src/tracking-log/row.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** A prediction id that says its number. */
export function idOf(number: number): string {
  return `t${String(number).padStart(11, "0")}`;
}

/** An experiment that is right in every cell. */
export function experiment(number: number, changes: Partial<ExperimentRecord> = {}): ExperimentRecord {
  return {
    predictionId: idOf(number),
    loggedAt: new Date(Date.UTC(2026, 10, 1) + number * 1000),
    project: "pets",
    name: `run ${number}`,
    kind: "classification",
    model: "NearestNeighbour",
    modelParameters: {},
    datasetUri: "data/pets.csv",
    targetColumn: "species",
    testSetSize: 4,
    testSetDigest: "0123456789abcdef0123456789abcdef",
    samples: 4,
    predictions: `predictions/pets/2026-11-01/${idOf(number)}.parquet`,
    scores: { accuracy: (number % 100) / 100 },
    positiveLabel: "dog",
    extraParameters: {},
    user: "ann",
    host: "laptop",
    source: "train.py",
    gitCommit: undefined,
    gitDirty: undefined,
    runtime: { language: "python" },
    runId: undefined,
    ...changes,
  };
}

export const header = headerLine;

/** The line of an experiment in the log, with its line break. */
export function lineOf(record: ExperimentRecord): string {
  return rowLine({
    ...record,
    modelParameters: compactJson(record.modelParameters, "model_parameters").text,
    extraParameters: compactJson(record.extraParameters, "extra_parameters").text,
    runtime: compactJson(record.runtime, "runtime").text,
  });
}

export function logPath(project = "pets", index = 1): string {
  return `tracking/${project}/${project}_2026-11-01_${index}.csv`;
}

/** Writes a tracking log file as it is, and gives its place on the disk. */
export async function writeLogFile(
  root: string,
  text: string | Uint8Array,
  index = 1,
  project = "pets",
): Promise<string> {
  const file = join(root, logPath(project, index));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

/** Writes experiments into one tracking log file. */
export function writeExperiments(
  root: string,
  records: readonly ExperimentRecord[],
  index = 1,
): Promise<string> {
  return writeLogFile(root, header + records.map(lineOf).join(""), index);
}

export async function appendExperiments(file: string, records: readonly ExperimentRecord[]): Promise<void> {
  await appendFile(file, records.map(lineOf).join(""));
}

export interface Opened {
  root: string;
  store: Store;
  cache: string;
  catalog: Catalog;
}

/** A catalog over an empty store, both in folders of the test's own. */
export async function openEmpty(options: CatalogOptions = {}): Promise<Opened> {
  const root = await temporaryFolder();
  const cache = await temporaryFolder();
  return { root, cache, ...(await openOver(folderStore(root), { folder: cache, ...options })) };
}

export async function openOver(
  store: Store,
  options: CatalogOptions,
): Promise<{ store: Store; catalog: Catalog }> {
  const catalog = await openCatalog(store, options);
  onTestFinished(() => catalog.close());
  return { store, catalog };
}

/** A catalog over these experiments. */
export async function catalogOf(records: readonly ExperimentRecord[]): Promise<Catalog> {
  const { root, catalog } = await openEmpty();
  await writeExperiments(root, records);
  await catalog.refresh();
  return catalog;
}

/** Every prediction id of a project in the catalog, sorted. */
export async function idsIn(catalog: Catalog, project = "pets"): Promise<string[]> {
  return (await allRows(catalog, project, ["prediction_id"])).map(([id]) => String(id));
}

/** Every experiment of a project in the catalog, by prediction id. */
async function allRows(
  catalog: Catalog,
  project: string,
  columns: readonly string[],
): Promise<CatalogValue[][]> {
  const rows: CatalogValue[][] = [];
  let cursor: string | undefined;
  do {
    const page = await catalog.experiments(project, {
      columns,
      sort: [{ column: "prediction_id" }],
      limit: 10_000,
      ...(cursor === undefined ? {} : { cursor }),
    });
    rows.push(...page.rows);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

/**
 * What the log's own reader says is what the catalog has to say: the experiments, cell by cell, and the
 * problems.
 */
export async function expectAsInLog(catalog: Catalog, store: Store, project = "pets"): Promise<void> {
  const { experiments, problems } = await readLog(store, project);
  const few = experiments.filter(
    (_, i) => experiments.length < 200 || i % Math.floor(experiments.length / 100) === 0,
  );
  const found = await Promise.all(
    few.map(({ predictionId }) => catalog.experiment(predictionId, { project })),
  );
  const nothing = foldAnnotations(project, []);
  expect(found).toEqual(few.map((record) => annotated(record, nothing)));
  const scores = experiments.some(({ kind }) => kind === "classification") ? ["accuracy", "log_loss"] : [];
  const shown = ["prediction_id", "logged_at", "name", "user", "samples", "git_dirty", ...scores];
  const expected = experiments.map((record) => {
    const { predictionId, loggedAt, name = null, user = null, samples, gitDirty = null } = record;
    const fixed = [predictionId, loggedAt.toISOString(), name, user, samples || null, gitDirty];
    return fixed.concat(scores.map((score) => record.scores[score] ?? null));
  });
  expect(await allRows(catalog, project, shown)).toEqual(
    expected.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
  );
  const path = `tracking/${project}/`;
  expect(catalog.status().problems.filter((problem) => problem.path.startsWith(path))).toEqual(problems);
}
