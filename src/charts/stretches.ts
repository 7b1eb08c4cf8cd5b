import { type Session, sqlText } from "../duckdb/session.js";
import type { BucketMean } from "./bucket-means.js";
import type { ChartQuery } from "./chart-query.js";
import type { Point } from "./thin-points.js";

/** The folded history of one run on this machine. */
export interface FoldedFile {
  runId: string;
  path: string;
}

/** Which files are gone through, and how many rows make a stretch: 2^bits. */
export interface Part {
  files: readonly FoldedFile[];
  bits: number;
}

/**
 * Stretches of rows of one metric in one file, one after the other, as columns: stretch i is the i-th of each, from
 * `start` up to, not including, `end`.
 */
export interface Stretches {
  start: number;
  end: number;
  columns: StretchColumns;
}

const words = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** Null where a stretch has none. */
type Numbers = readonly (number | null)[];

/** What is asked of each stretch of x and y, as SQL; `first` and `last` are by x. */
interface Asked<Of> {
  n: Of;
  firstX: Of;
  firstY: Of;
  lastX: Of;
  lastY: Of;
  meanX: Of;
  /** Of the finite numbers, as all that follows. */
  leastX: Of;
  leastY: Of;
  greatestX: Of;
  greatestY: Of;
  meanY: Of;
  finite: Of;
}

interface StretchColumns extends Asked<Numbers> {
  /** Where the first NaN, Infinity and -Infinity of each stretch are; empty where none was looked for. */
  wordXs: readonly Numbers[];
}

/** How many rows of the metric each of some files has. */
export async function countRows(
  session: Session,
  files: readonly FoldedFile[],
  query: ChartQuery,
  key: string,
): Promise<number[]> {
  const rows = await session.rows(`SELECT count(*) FROM ${rowsOf(files, query)} GROUP BY f`, [key]);
  return rows.map(([count]) => count as number);
}

/** Goes through files once, and once more through those that have NaN or infinities. By file. */
export async function findStretches(
  session: Session,
  part: Part,
  query: ChartQuery,
  key: string,
): Promise<Map<FoldedFile, Stretches>> {
  const found = await goThrough(session, part, query, key, false);
  const odd = [...found].flatMap(([file, stretches]) => (isPlain(stretches) ? [] : [file]));
  if (odd.length === 0) return found;
  const careful = await goThrough(session, { ...part, files: odd }, query, key, true);
  return new Map([...found, ...careful]);
}

/** DuckDB takes NaN for the greatest number: extremes that are finite say that all are. */
function isPlain({ start, end, columns: { leastY, greatestY } }: Stretches): boolean {
  for (let i = start; i < end; i++) {
    if (!Number.isFinite(leastY[i]) || !Number.isFinite(greatestY[i])) return false;
  }
  return true;
}

/** @param isCareful whether extremes are those of the numbers, and NaN and infinities stand beside */
async function goThrough(
  session: Session,
  part: Part,
  query: ChartQuery,
  key: string,
  isCareful: boolean,
): Promise<Map<FoldedFile, Stretches>> {
  // By step a file is in the order of x; by time it need not be.
  const order = query.x === "step" ? "o" : "x";
  const filter = isCareful ? " FILTER (isfinite(y))" : "";
  const asked = {
    n: "count(*)",
    firstX: "min(x)",
    firstY: `arg_min(y, ${order})`,
    lastX: "max(x)",
    lastY: `arg_max(y, ${order})`,
    meanX: "avg(x)",
    leastX: `arg_min(x, y)${filter}`,
    leastY: `min(y)${filter}`,
    greatestX: `arg_max(x, y)${filter}`,
    greatestY: `max(y)${filter}`,
    meanY: `avg(y)${filter}`,
    finite: `count(*)${filter}`,
  } satisfies Asked<string>;
  const wordXs = isCareful ? words.map((word) => `min(x) FILTER (y = '${word}'::DOUBLE)`) : [];
  const values = ["f", ...Object.values(asked), ...wordXs];
  const columns = await session.columns(
    `SELECT ${values.map((value) => `CAST(${value} AS DOUBLE)`).join(", ")} FROM ${rowsOf(part.files, query)}
     GROUP BY f, o >> ${part.bits} ORDER BY f, o >> ${part.bits}`,
    [key],
  );
  const found = new Map<FoldedFile, Stretches>();
  if (columns.length === 0) return found;
  const [f, ...ofEach] = columns as unknown as [Numbers, ...Numbers[]];
  const names = Object.keys(asked);
  const all = {
    ...Object.fromEntries(names.map((name, i) => [name, ofEach[i]])),
    wordXs: ofEach.slice(names.length),
  } as unknown as StretchColumns;
  for (let start = 0; start < f.length; ) {
    let end = start + 1;
    while (f[end] === f[start]) end += 1;
    found.set(part.files[f[start]!]!, { start, end, columns: all });
    start = end;
  }
  return found;
}

/** The rows of the metric that is bound as $1; `o` is their order in the file. */
function rowsOf(files: readonly FoldedFile[], { x, from, to }: ChartQuery): string {
  const paths = files.map(({ path }) => sqlText(path.replace(/[[*?]/g, "[$&]"))).join(", ");
  const ends = [
    ...(from === undefined ? [] : [`"${x}" >= ${from}`]),
    ...(to === undefined ? [] : [`"${x}" <= ${to}`]),
  ];
  return `(SELECT file_index AS f, "${x}" AS x, value AS y, file_row_number AS o
    FROM read_parquet([${paths}], hive_partitioning = false, file_row_number = true)
    WHERE ${["kind = 'metric'", "key = $1", ...ends].join(" AND ")})`;
}

/** How many points a series has. */
export function lengthOf({ start, end, columns }: Stretches): number {
  let length = 0;
  for (let i = start; i < end; i++) length += columns.n[i]!;
  return length;
}

/** The mean of one stretch. */
export function meanOf({ columns }: Stretches, i: number): BucketMean {
  const { n, meanX, meanY, finite, leastY, greatestY } = columns;
  const mean = meanY[i] ?? 0;
  // DuckDB adds up: a sum may be beyond the largest number.
  const y = Number.isFinite(mean) ? mean : leastY[i]! / 2 + greatestY[i]! / 2;
  return { x: meanX[i]!, points: n[i]!, y, n: finite[i]! };
}

/** Of some stretches that make a bucket the least and the greatest number, and the first of each word. */
export function extremesOf({ columns }: Stretches, start: number, end: number): Point[] {
  const { leastX, leastY, greatestX, greatestY, wordXs } = columns;
  let [least, greatest] = [-1, -1];
  for (let i = start; i < end; i++) {
    if (leastY[i] === null) continue;
    if (least < 0 || leastY[i]! < leastY[least]!) least = i;
    if (greatest < 0 || greatestY[i]! > greatestY[greatest]!) greatest = i;
  }
  const points: Point[] = [];
  if (least >= 0) points.push({ x: leastX[least]!, y: leastY[least]! });
  if (greatest >= 0) points.push({ x: greatestX[greatest]!, y: greatestY[greatest]! });
  for (const [k, xs] of wordXs.entries()) {
    const first = xs.slice(start, end).find((x) => x !== null);
    if (typeof first === "number") points.push({ x: first, y: words[k]! });
  }
  return points;
}

/** The points with the least x and with the greatest. */
export function endsOf({ start, end, columns }: Stretches): [Point, Point] {
  const { firstX, firstY, lastX, lastY } = columns;
  let [first, last] = [start, start];
  for (let i = start + 1; i < end; i++) {
    if (firstX[i]! < firstX[first]!) first = i;
    if (lastX[i]! >= lastX[last]!) last = i;
  }
  return [
    { x: firstX[first]!, y: firstY[first]! },
    { x: lastX[last]!, y: lastY[last]! },
  ];
}
