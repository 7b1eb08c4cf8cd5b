import type { Session } from "../duckdb/session.js";
import { type BucketMean, joinMeans, meansOf } from "./bucket-means.js";
import type { ChartQuery } from "./chart-query.js";
import type { Series } from "./chart-schema.js";
import {
  countRows,
  endsOf,
  extremesOf,
  type FoldedFile,
  findStretches,
  lengthOf,
  meanOf,
  type Stretches,
} from "./stretches.js";
import { type Point, seriesOf, type Thinned } from "./thin-points.js";

/** So many files are counted to guess how long the series are. */
const sampled = 9;

/**
 * The points of some metrics in many files. DuckDB goes through all files at once and looks for the extremes of
 * stretches of 2^k rows, of which one or some make a bucket: k is guessed by the length of a few series, and files
 * with much shorter ones are gone through again.
 */
export async function foldedSeries(
  session: Session,
  files: readonly FoldedFile[],
  query: ChartQuery,
): Promise<Series[]> {
  const found = new Map<string, Series>();
  for (const key of query.keys) {
    let left = files;
    let bits = await guessBits(session, files, query, key);
    while (left.length > 0) {
      const stretches = [...(await findStretches(session, { files: left, bits }, query, key))];
      const finer = stretches.map(([, each]) => bitsFor(lengthOf(each), query));
      for (const [i, [{ runId }, each]] of stretches.entries()) {
        if (finer[i]! >= bits) found.set(`${runId} ${key}`, { run_id: runId, key, ...thinned(each, query) });
      }
      left = stretches.flatMap(([file], i) => (finer[i]! < bits ? [file] : []));
      bits = Math.min(bits, ...finer);
    }
  }
  return files.flatMap(({ runId }) => query.keys.flatMap((key) => found.get(`${runId} ${key}`) ?? []));
}

/** So that a series of this length has one to two stretches a bucket, or one row a stretch. */
function bitsFor(length: number, { buckets }: ChartQuery): number {
  return Math.max(0, Math.floor(Math.log2(length / buckets)));
}

async function guessBits(
  session: Session,
  files: readonly FoldedFile[],
  query: ChartQuery,
  key: string,
): Promise<number> {
  const every = Math.ceil(files.length / sampled);
  const some = files.filter((_, i) => i % every === 0);
  const lengths = (await countRows(session, some, query, key)).sort((a, b) => a - b);
  return bitsFor(lengths[Math.floor(lengths.length / 2)] ?? 1, query);
}

function thinned(stretches: Stretches, { buckets }: ChartQuery): Thinned {
  const { start, end } = stretches;
  const perBucket = Math.max(1, Math.floor((end - start) / buckets));
  const [first, last] = endsOf(stretches);
  const points: Point[] = [first];
  const means: BucketMean[] = [];
  for (let at = start; at < end; at += perBucket) {
    const next = Math.min(at + perBucket, end);
    for (const point of extremesOf(stretches, at, next)) points.push(point);
    means.push(joinMeans(Array.from({ length: next - at }, (_, i) => meanOf(stretches, at + i))));
  }
  points.push(last);
  return { ...seriesOf(lengthOf(stretches), points), ...meansOf(means) };
}
