import { open } from "node:fs/promises";
import type { PredictionColumn } from "../predictions/prediction-table.js";
import { fileRanges } from "../predictions/read/file-ranges.js";
import { readPredictions } from "../predictions/read/read-predictions.js";
import { notReadable } from "./not-readable.js";
import type { Predictions } from "./open-predictions.js";
import { wrongRows } from "./row-problems.js";

/**
 * Whole columns, held in memory in the order of the file: strings and integers that repeat as codes. Every
 * page is checked on the way.
 * @throws TrackingError PREDICTIONS_NOT_READABLE; the signal's reason where that is aborted
 */
export async function readColumns<const Names extends readonly string[]>(
  predictions: Predictions,
  names: Names,
  signal: AbortSignal,
): Promise<{ [Index in keyof Names]: PredictionColumn }> {
  const { footer, path, name, samples } = predictions;
  try {
    for (const column of names) footer.column(column);
    const file = await open(path, "r");
    try {
      const bytes = fileRanges(file, (await file.stat()).size);
      const { rows, columns } = await readPredictions(bytes, { columns: names, name, codes: true, signal });
      if (rows !== samples) throw wrongRows(rows, samples);
      return columns as { [Index in keyof Names]: PredictionColumn };
    } finally {
      await file.close();
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw notReadable(name, cause);
  }
}
