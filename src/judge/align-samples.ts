import type { PredictionColumn } from "../predictions/prediction-table.js";
import { TrackingError } from "../tracking-error.js";

/** Rows of two experiments that are the same samples, in the order of the first. Undefined: every row, as it stands. */
export interface Alignment {
  a: Int32Array | undefined;
  b: Int32Array | undefined;
}

/**
 * Finds the rows of `b` that have the sample ids of `a`.
 * @throws TrackingError NOT_COMPARABLE where an id stands twice: which of its rows belong together cannot be told
 */
export function alignSamples(a: PredictionColumn, b: PredictionColumn, names: [string, string]): Alignment {
  const [idsA, idsB] = [idReader(a), idReader(b)];
  if (idsA.isAscending && idsB.isAscending && idsA.length === idsB.length && isSame(idsA, idsB)) {
    return { a: undefined, b: undefined };
  }
  const rowsOfA = rowOfId(idsA, names[0]);
  const rowsOfB = rowOfId(idsB, names[1]);
  const pairs: [number, number][] = [];
  for (const [id, row] of rowsOfA) {
    const other = rowsOfB.get(id);
    if (other !== undefined) pairs.push([row, other]);
  }
  return { a: Int32Array.from(pairs, ([row]) => row), b: Int32Array.from(pairs, ([, row]) => row) };
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
    const { codes, dictionary } = column;
    return { length: codes.length, at: (row) => plain(dictionary[codes[row]!]!), isAscending: false };
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

function rowOfId(ids: Ids, name: string): Map<Id, number> {
  const rows = new Map<Id, number>();
  for (let row = 0; row < ids.length; row++) {
    const id = ids.at(row);
    const before = rows.get(id);
    if (before !== undefined) {
      throw new TrackingError(
        "NOT_COMPARABLE",
        `the sample id ${String(id)} of experiment ${name} stands in rows ${before + 1} and ${row + 1}, so its predictions cannot be paired with another experiment's; log it with an id of its own for each sample`,
      );
    }
    rows.set(id, row);
  }
  return rows;
}
