import type { PredictionColumn } from "../../predictions/prediction-table.js";
import type { FeatureSource } from "../../predictions/read/feature-source.js";
import { TrackingError } from "../../tracking-error.js";
import type { JudgedSample } from "../pairing/judged-sample.js";
import { type SliceColumn, sliceColumn } from "./slice-columns.js";

export type OnProgress = (done: number, total: number) => void;

/** Reads the features one after the other and keeps a byte a sample of each. */
export async function readSliceColumns(
  sample: JudgedSample,
  predictions: readonly PredictionColumn[],
  features: FeatureSource,
  by: string | undefined,
  bins: number,
  onProgress: OnProgress,
  rows?: Int32Array,
): Promise<SliceColumn[]> {
  if (by === "y_true") return [trueColumn(sample, predictions, bins, rows)];
  const known = await features.names();
  if (by !== undefined && !known.includes(by)) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      `by is ${JSON.stringify(by)}, which is neither y_true nor a feature of the samples; ${known.length === 0 ? "no features were logged" : `there are ${known.join(", ")}`}`,
    );
  }
  const names = by === undefined ? known : [by];
  const columns: SliceColumn[] = [];
  for (const name of names) {
    columns.push(sliceColumn(name, await features.read(name), bins, rows));
    onProgress(columns.length, names.length);
  }
  return columns;
}

function trueColumn(
  sample: JudgedSample,
  predictions: readonly PredictionColumn[],
  bins: number,
  rows: Int32Array | undefined,
): SliceColumn {
  if (sample.kind === "regression") {
    return sliceColumn("y_true", { name: "y_true", type: "double", values: sample.yTrue }, bins);
  }
  const column = predictions.find(({ name }) => name === "y_true")!;
  if (column.type !== "integer" && column.type !== "double") return sliceColumn("y_true", column, bins, rows);
  // Labels that are numbers are still labels.
  const dictionary = sample.labels.map(String);
  const found = sliceColumn(
    "y_true",
    { name: "y_true", type: "string", dictionary, codes: sample.yTrue },
    bins,
  );
  for (const group of found.groups)
    if (group.type === "value") group.value = labelNumber(String(group.value));
  return found;
}

function labelNumber(text: string): string | number {
  return Number.isSafeInteger(Number(text)) ? Number(text) : text;
}
