import { featurePrefix, type PredictionColumn } from "../prediction-table.js";
import type { ByteRanges } from "./byte-ranges.js";
import { predictionColumnNames, readPredictions } from "./read-predictions.js";

/** The features of an experiment's samples, read one by one: together they may be too large for memory. */
export interface FeatureSource {
  names(): Promise<string[]>;
  /** A feature in the order of the file. @throws TrackingError PREDICTIONS_NOT_READABLE */
  read(name: string): Promise<PredictionColumn>;
}

/**
 * @param withFile hands the predictions file to what is to be read of it
 * @param name what messages call the file
 */
export function featureSource(
  withFile: <T>(read: (file: ByteRanges) => Promise<T>) => Promise<T>,
  name: string,
): FeatureSource {
  return {
    names: () => withFile(async (file) => featureNames(await predictionColumnNames(file, name))),
    read: (feature) =>
      withFile(async (file) => {
        const columns = [`${featurePrefix}${feature}`];
        return (await readPredictions(file, { columns, codes: true, name })).columns[0]!;
      }),
  };
}

/** The features among the columns of a file, as they were named at logging. */
export function featureNames(columns: readonly string[]): string[] {
  return columns
    .filter((name) => name.startsWith(featurePrefix))
    .map((name) => name.slice(featurePrefix.length));
}
