import { TrackingError } from "../../tracking-error.js";
import type { Evaluation } from "../pairing/pair-evaluations.js";
import type { RunsDesign } from "./runs-schema.js";

/** What the runs of several models have in common, and what says so. */
export interface DecidedDesign {
  design: RunsDesign;
  reason: string;
}

/**
 * Decides from the test sets what the runs are: all on one are runs of other seeds; parts of one data set are
 * folds; others are test sets of their own.
 * @throws TrackingError NOT_COMPARABLE where the models were not evaluated on the same test sets,
 * INVALID_ARGUMENT where `asked` contradicts them
 */
export function runsDesign(
  models: readonly (readonly Evaluation[])[],
  asked: RunsDesign | undefined,
): DecidedDesign {
  const digests = models.map((runs) => new Set(runs.map(({ record }) => record.testSetDigest)));
  const all = new Set(digests.flatMap((of) => [...of]));
  if (all.size === 1) {
    if (asked !== undefined && asked !== "seeds") {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `as is "${asked}", but all runs are on one test set (digest ${[...all][0]}); leave it out: they are seeds`,
      );
    }
    return { design: "seeds", reason: "all runs are on one test set" };
  }
  for (const [i, of] of digests.entries()) {
    const missing = [...all].filter((digest) => !of.has(digest));
    if (missing.length === 0) continue;
    const [digest] = missing;
    const other = models.flat().find(({ record }) => record.testSetDigest === digest)!.record.predictionId;
    throw new TrackingError(
      "NOT_COMPARABLE",
      `model ${letter(i)} has no run on the test set of experiment ${other} (digest ${digest}); give each model a run on each test set`,
    );
  }
  if (asked === "seeds") {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `as is "seeds", but the runs are on ${all.size} test sets; leave it out, or give "folds" or "test sets"`,
    );
  }
  const sources = new Set(
    models.flat().map(({ record }) => JSON.stringify([record.datasetUri, record.targetColumn])),
  );
  const design = sources.size === 1 ? "folds" : "test sets";
  if (asked !== undefined && asked !== design) return { design: asked, reason: "it was asked for" };
  const { datasetUri } = models[0]![0]!.record;
  const reason =
    design === "folds"
      ? `the ${all.size} test sets are parts of one data set, ${datasetUri}`
      : `the ${all.size} test sets are of ${sources.size} data sets`;
  return { design, reason };
}

/** What messages call a model: A, B, ... */
export function letter(index: number): string {
  return String.fromCharCode(65 + index);
}
