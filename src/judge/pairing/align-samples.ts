import type { PredictionColumn } from "../../predictions/prediction-table.js";
import { TrackingError } from "../../tracking-error.js";

/**
 * Rows of two experiments that are the same samples, in the order of the first. Undefined: every row, as it
 * stands.
 */
export interface Alignment {
  a: Int32Array | undefined;
  b: Int32Array | undefined;
}

/**
 * Finds the rows of `b` that have the sample ids of `a`.
 * @throws TrackingError NOT_COMPARABLE where an id stands twice: which of its rows belong together cannot be
 * told
 */
export function alignSamples(a: PredictionColumn, b: PredictionColumn, names: [string, string]): Alignment {
  const [idsA, idsB] = [idReader(a), idReader(b)];
  const isSameOrder = idsA.length === idsB.length && isSame(idsA, idsB);
  if (isSameOrder && idsA.isAscending) return { a: undefined, b: undefined };
  rowFinder(idsA, names[0]); // refuses an id that stands twice
  if (isSameOrder) return { a: undefined, b: undefined };
  const rowOfB = rowFinder(idsB, names[1]);
  const most = Math.min(idsA.length, idsB.length);
  const [rowsA, rowsB] = [new Int32Array(most), new Int32Array(most)];
  let shared = 0;
  for (let row = 0; row < idsA.length; row++) {
    const other = rowOfB(idsA.at(row));
    if (other === undefined) continue;
    rowsA[shared] = row;
    rowsB[shared++] = other;
  }
  return { a: rowsA.subarray(0, shared), b: rowsB.subarray(0, shared) };
}

type Id = string | number | bigint;

interface Ids {
  length: number;
  at: (row: number) => Id;
  /** Numbers of which each is above the one before: then none is there twice. */
  isAscending: boolean;
}

function idReader(column: PredictionColumn): Ids {
  if ("codes" in column) {
    const { codes } = column;
    const dictionary = Array.from<Id, Id>(column.dictionary, plain);
    return { length: codes.length, at: (row) => dictionary[codes[row]!]!, isAscending: false };
  }
  const { values } = column;
  let isAscending = typeof values[0] === "number";
  for (let i = 1; isAscending && i < values.length; i++) isAscending = values[i]! > values[i - 1]!;
  return { length: values.length, at: (row) => plain(values[row]!), isAscending };
}

function plain(id: Id): Id {
  return typeof id === "bigint" && Number.isSafeInteger(Number(id)) ? Number(id) : id;
}

function isSame(a: Ids, b: Ids): boolean {
  for (let row = 0; row < a.length; row++) if (a.at(row) !== b.at(row)) return false;
  return true;
}

/** Says in which row an id stands. */
type RowFinder = (id: Id) => number | undefined;

function rowFinder(ids: Ids, name: string): RowFinder {
  return rowsInArray(ids, name) ?? rowsInMap(ids, name);
}

/** So many places for each id are worth the faster look. */
const mostPlaces = 4;

/** Of integers that lie close together, as numbers of rows do; undefined for others. */
function rowsInArray(ids: Ids, name: string): RowFinder | undefined {
  let least = Infinity;
  let greatest = -Infinity;
  for (let row = 0; row < ids.length; row++) {
    const id = ids.at(row);
    if (typeof id !== "number") return undefined;
    if (id < least) least = id;
    if (id > greatest) greatest = id;
  }
  const places = greatest - least + 1;
  if (!(places <= mostPlaces * ids.length + 1000)) return undefined;
  const rowsFrom1 = new Int32Array(places);
  for (let row = 0; row < ids.length; row++) {
    const place = (ids.at(row) as number) - least;
    if (rowsFrom1[place] !== 0) throw standsTwice(ids.at(row), name, rowsFrom1[place]! - 1, row);
    rowsFrom1[place] = row + 1;
  }
  return (id) => {
    if (typeof id !== "number" || id < least || id > greatest) return undefined;
    const found = rowsFrom1[id - least]!;
    return found === 0 ? undefined : found - 1;
  };
}

function rowsInMap(ids: Ids, name: string): RowFinder {
  const rows = new Map<Id, number>();
  for (let row = 0; row < ids.length; row++) {
    const id = ids.at(row);
    const before = rows.get(id);
    if (before !== undefined) throw standsTwice(id, name, before, row);
    rows.set(id, row);
  }
  return (id) => rows.get(id);
}

function standsTwice(id: Id, name: string, before: number, row: number): TrackingError {
  return new TrackingError(
    "NOT_COMPARABLE",
    `the sample id ${String(id)} of experiment ${name} is in rows ${before + 1} and ${row + 1}, so its predictions cannot be paired with those of another experiment; log it with a different id for each sample`,
  );
}
