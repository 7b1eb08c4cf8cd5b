import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { predictionColumnTypes } from "../predictions/read-predictions.js";
import { predictionsFile } from "../read-experiments.js";
import { inParallel } from "../store/in-parallel.js";
import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import type { SqlType, TypedColumn } from "./sql-dialect.js";

/** Predictions files whose columns have the same types, so that a database reads them as one table. */
export interface PredictionGroup {
  /** Every column that some of the files have. */
  columns: TypedColumn[];
  /** Paths in the store, in the order of the log. */
  files: string[];
}

/** Footers that are read at the same time. */
const atOnce = 16;

/**
 * Groups the predictions of a project by the types of sample_id, y_true and y_pred, which differ between a classification and a regression,
 * and between labels that are text and labels that are numbers. Reads the footer of every file; those that are missing or damaged are
 * left out, which `ml-tracking verify` reports.
 */
export async function predictionGroups(
  store: Store,
  experiments: readonly ExperimentRecord[],
  onProgress: (done: number, total: number) => void,
): Promise<PredictionGroup[]> {
  const columnsOf = new Map<string, TypedColumn[]>();
  let done = 0;
  await inParallel(experiments, atOnce, async (experiment) => {
    try {
      const found = await predictionColumnTypes(await predictionsFile(store, experiment));
      columnsOf.set(
        experiment.predictions,
        found.map(({ name, type }) => ({ name, type: sqlTypes[type] })),
      );
    } catch (error) {
      if (!(error instanceof TrackingError && error.code === "PREDICTIONS_NOT_READABLE")) throw error;
    }
    onProgress(++done, experiments.length);
  });
  const groups: PredictionGroup[] = [];
  for (const { predictions: path } of experiments) {
    const columns = columnsOf.get(path);
    if (!columns) continue;
    const group = groups.find((one) => fit(one.columns, columns));
    if (!group) groups.push({ columns: [...columns], files: [path] });
    else {
      group.files.push(path);
      const known = new Set(group.columns.map(({ name }) => name));
      group.columns.push(...columns.filter(({ name }) => !known.has(name)));
    }
  }
  return groups;
}

const sqlTypes: Record<"string" | "integer" | "boolean" | "double", SqlType> = {
  string: "text",
  integer: "integer",
  boolean: "boolean",
  double: "number",
};

/** A column that only one of them has is empty in the other. */
function fit(a: readonly TypedColumn[], b: readonly TypedColumn[]): boolean {
  return b.every(({ name, type }) => {
    const same = a.find((column) => column.name === name);
    return same === undefined || same.type === type;
  });
}
