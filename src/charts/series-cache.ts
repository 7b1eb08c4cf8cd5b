import type { Series } from "./chart-schema.js";

/** What a point takes in memory, and the mean of a bucket. */
const bytesOfPoint = 16;
const bytesOfMean = 24;
const bytesOfSeries = 500;

/** Series that were thinned out before: the one used longest ago goes first. */
export interface SeriesCache {
  /** All series of a file by one query; undefined where they are not there. */
  get(name: string): readonly Series[] | undefined;
  set(name: string, series: readonly Series[]): void;
}

export function seriesCache(mostBytes = 256 * 2 ** 20): SeriesCache {
  const held = new Map<string, readonly Series[]>();
  let bytes = 0;
  const drop = (name: string) => {
    bytes -= sizeOf(held.get(name) ?? []);
    held.delete(name);
  };
  return {
    get(name) {
      const found = held.get(name);
      if (!found) return undefined;
      held.delete(name); // and back at the end: the one used last
      held.set(name, found);
      return found;
    },
    set(name, series) {
      drop(name);
      held.set(name, series);
      bytes += sizeOf(series);
      for (const oldest of held.keys()) {
        if (bytes <= mostBytes) return;
        drop(oldest);
      }
    },
  };
}

function sizeOf(series: readonly Series[]): number {
  return series.reduce(
    (sum, { x, means }) =>
      sum + bytesOfSeries + x.length * bytesOfPoint + (means?.x.length ?? 0) * bytesOfMean,
    0,
  );
}
