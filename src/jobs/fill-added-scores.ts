import type { AddedScore, AddedValue } from "../added-scores/added-score.js";
import type { Catalog, ComputedAdded } from "../catalog/catalog.js";
import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { TrackingError } from "../tracking-error.js";

export interface FillOptions {
  /** What some scores are for an experiment, in their order. @throws TrackingError PREDICTIONS_NOT_READABLE */
  valuesOf: (record: ExperimentRecord, scores: readonly AddedScore[]) => Promise<AddedValue[]>;
  /** By prediction id those whose predictions could not be read, which are left out; it gains such ones. */
  unreadable: Map<string, ExperimentRecord>;
  /** Called when values have been kept, with the number of experiments that were looked at. */
  onKept?: (experiments: number) => void;
  signal?: AbortSignal | undefined;
}

const atOnce = 500;
/** Milliseconds after which computed values are kept, so that pages show them. */
const keepAfter = 1_500;

/**
 * Computes the values of a project's added scores that the catalog lacks, of the latest experiments first, and
 * keeps them there.
 */
export async function fillAddedScores(
  catalog: Catalog,
  project: string,
  options: FillOptions,
): Promise<void> {
  const { unreadable, signal } = options;
  for (;;) {
    const next = await catalog.added.next(project, {
      limit: atOnce,
      except: [...unreadable.keys()],
      ...(signal ? { signal } : {}),
    });
    if (next.length === 0) return;
    let found: ComputedAdded[] = [];
    let experiments = 0;
    let keptAt = performance.now();
    const keep = async () => {
      await catalog.added.keep(project, found);
      options.onKept?.(experiments);
      [found, experiments, keptAt] = [[], 0, performance.now()];
    };
    for (const { record, scores } of next) {
      signal?.throwIfAborted();
      experiments += 1;
      const values = await readable(record, scores, options);
      if (!values) unreadable.set(record.predictionId, record);
      for (const [i, score] of (values ? scores : []).entries()) {
        found.push({ predictionId: record.predictionId, score, value: values![i]!.value ?? null });
      }
      if (performance.now() - keptAt > keepAfter) await keep();
    }
    await keep();
  }
}

async function readable(
  record: ExperimentRecord,
  scores: readonly AddedScore[],
  { valuesOf, signal }: FillOptions,
): Promise<AddedValue[] | undefined> {
  try {
    return await valuesOf(record, scores);
  } catch (error) {
    signal?.throwIfAborted();
    const isPassing =
      error instanceof TrackingError && (error.code === "STORE_NOT_READABLE" || error.code === "BUSY");
    if (isPassing) throw error;
    return undefined; // its predictions are missing or broken
  }
}
