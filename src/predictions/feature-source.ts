import type { ByteRanges } from "./byte-ranges.js";
import { featurePrefix, type PredictionColumn } from "./prediction-table.js";
import { predictionColumnNames, readPredictions } from "./read-predictions.js";

/** The features of an experiment's samples, read one by one: together they may be too large for memory. */
export interface FeatureSource {
  names: readonly string[];
  /** A feature in the order of the file. @throws TrackingError PREDICTIONS_NOT_READABLE */
  read(name: string): Promise<PredictionColumn>;
}

/** @param name what messages call the file */
export async function featureSource(file: ByteRanges, name: string): Promise<FeatureSource> {
  const columns = await predictionColumnNames(file, name);
  return {
    names: columns
      .filter((each) => each.startsWith(featurePrefix))
      .map((each) => each.slice(featurePrefix.length)),
    async read(feature) {
      const { columns: found } = await readPredictions(file, {
        columns: [`${featurePrefix}${feature}`],
        codes: true,
        name,
      });
      return found[0]!;
    },
  };
}
