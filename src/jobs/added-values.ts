import type { AddedScore, AddedValue } from "../added-scores/added-score.js";
import type { Catalog } from "../catalog/catalog.js";
import { requireDuckdb } from "../duckdb/open-database.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { addedValues } from "../judge/added/added-values.js";
import { openStore } from "../store/open-store.js";
import { fillAddedScores } from "./fill-added-scores.js";
import type { ReadOptions } from "./find-experiments.js";
import { wholeCatalog } from "./left-catalog.js";
import { readEvaluation } from "./read-evaluation.js";

export interface AddedValuesOptions extends ReadOptions {
  /** Told how many experiments have been looked at, of those whose values were not known. */
  onProgress?: (done: number, total: number) => void;
}

/** The values of a project's added scores: by prediction id, then by the score's name. */
export type AddedValues = ReadonlyMap<string, Readonly<Record<string, number | null>>>;

/**
 * Computes what is missing of a project's added scores, keeps it in the catalog, and asks that.
 * @param project its own name
 * @throws TrackingError LIBRARY_NOT_INSTALLED
 */
export async function withAddedValues<T>(
  project: string,
  { store: address, signal, onProgress }: AddedValuesOptions,
  work: (catalog: Catalog) => Promise<T>,
): Promise<T> {
  await requireDuckdb("the values of added scores need");
  const store = openStore(address, signal);
  const catalog = (await wholeCatalog(store, [project], { onProgress: () => {}, signal }))!;
  try {
    const missing = await catalog.added.missing(project);
    const total = Math.max(0, ...missing.values());
    let done = 0;
    await fillAddedScores(catalog, project, {
      valuesOf: (record, scores) => addedValuesOf(record, scores, { store: address, signal }),
      unreadable: new Map(),
      signal,
      onKept: (experiments) => {
        done += experiments;
        onProgress?.(Math.min(done, total), total);
      },
    });
    return await work(catalog);
  } finally {
    await catalog.close();
  }
}

/** What some scores are for one experiment. @throws TrackingError PREDICTIONS_NOT_READABLE */
export async function addedValuesOf(
  record: ExperimentRecord,
  scores: readonly AddedScore[],
  { store, signal }: { store: string | undefined; signal?: AbortSignal | undefined },
): Promise<AddedValue[]> {
  const place = { ...(store === undefined ? {} : { store }), ...(signal ? { signal } : {}) };
  return addedValues(await readEvaluation(record, { ...place, added: scores }), { added: scores });
}

const atOnce = 10_000;

/** All values of some added scores, as the catalog has them; archived experiments' too. */
export async function readAddedValues(
  catalog: Catalog,
  project: string,
  names: readonly string[],
): Promise<AddedValues> {
  const found = new Map<string, Record<string, number | null>>();
  if (names.length === 0) return found;
  const columns = names.map((name) => `added.${name}`);
  for (let cursor: string | undefined | null; cursor !== null; ) {
    const page = await catalog.experiments(project, {
      filter: "archived IS NOT NULL", // all: it names the column
      columns,
      limit: atOnce,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const [i, id] of page.prediction_ids.entries()) {
      found.set(id, Object.fromEntries(names.map((name, at) => [name, page.rows[i]![at] as number | null])));
    }
    cursor = page.next;
  }
  return found;
}
