import type { ExperimentRecord } from "../experiment/experiment-record.js";
import { predictionsFile } from "../jobs/read-experiments.js";
import { featurePrefix } from "../predictions/prediction-table.js";
import { predictionColumnTypes } from "../predictions/read/read-predictions.js";
import { inParallel } from "../store/in-parallel.js";
import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import type { SqlType, TypedColumn } from "./sql-dialect.js";

/** Predictions files whose columns have the same types, so that a database reads them as one table. */
export interface PredictionGroup {
  /**
   * Every column that some of the files have; of the features those that a database can name and read as one
   * type.
   */
  columns: TypedColumn[];
  /** Paths in the store, in the order of the log. */
  files: string[];
}

/** Footers that are read at the same time. */
const atOnce = 16;

/**
 * Groups the predictions of a project by the types of sample_id, y_true and y_pred, which differ between a
 * classification and a regression, and between labels that are text and labels that are numbers. A feature
 * never divides a group: where its type differs, it is left out. Reads the footer of every file; those that
 * are missing or damaged are left out, which `ml-tracking verify` reports.
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
        found
          .filter(({ nameInFile: name }) => !isFeature(name) || /^\w+$/.test(name))
          .map(({ nameInFile: name, type }) => ({ name, type: sqlTypes[type] })),
      );
    } catch (error) {
      if (!(error instanceof TrackingError && error.code === "PREDICTIONS_NOT_READABLE")) throw error;
    }
    onProgress(++done, experiments.length);
  });
  const groups: PredictionGroup[] = [];
  const refused = new Map<PredictionGroup, Set<string>>();
  for (const { predictions: path } of experiments) {
    const columns = columnsOf.get(path);
    if (!columns) continue;
    const group = groups.find((one) => fit(one.columns, columns));
    if (!group) {
      groups.push({ columns: [...columns], files: [path] });
      continue;
    }
    group.files.push(path);
    const known = new Map(group.columns.map((column) => [column.name.toLowerCase(), column]));
    for (const column of columns) {
      const same = known.get(column.name.toLowerCase());
      if (!same) group.columns.push(column);
      else if (same.type !== column.type || same.name !== column.name) {
        refused.set(group, (refused.get(group) ?? new Set()).add(same.name));
      }
    }
  }
  for (const [group, names] of refused) {
    group.columns = group.columns.filter(({ name }) => !(isFeature(name) && names.has(name)));
  }
  return groups;
}

function isFeature(name: string): boolean {
  return name.startsWith(featurePrefix);
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
    if (isFeature(name)) return true;
    const same = a.find((column) => column.name === name);
    return same === undefined || same.type === type;
  });
}
