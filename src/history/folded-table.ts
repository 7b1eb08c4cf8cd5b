import type { PredictionTable } from "../predictions/prediction-table.js";
import { readPredictions } from "../predictions/read/read-predictions.js";
import { storeRanges } from "../predictions/read/store-ranges.js";
import type { Store } from "../store/store.js";
import { TrackingError } from "../tracking-error.js";
import { kindNames } from "./event.js";
import { type EventTable, type EventTableBuilder, metricKind, sortedRows } from "./event-table.js";

/** How many bytes of each file of events are folded already. */
export type FoldedBytes = Readonly<Record<string, number>>;

const foldedKey = "ml_tracking.folded";

/** A part of fewer rows goes on with the next metric. */
const worthAPart = 4096;

/** Where a part of the file ends as a metric does, so that most others are left out where one is read. */
function breaksOf({ kinds, keyCodes }: EventTable, order: Uint32Array): number[] {
  const breaks: number[] = [];
  let last = 0;
  for (let i = 1; i < order.length; i++) {
    const [row, before] = [order[i]!, order[i - 1]!];
    const isOther = keyCodes[row] !== keyCodes[before] || kinds[row] !== kinds[before];
    if (!isOther || i - last < worthAPart) continue;
    breaks.push(i);
    last = i;
  }
  return breaks;
}

/** Sorted events as the table of a Parquet file. */
export function foldedTable(events: EventTable, folded: FoldedBytes): PredictionTable {
  const order = sortedRows(events);
  const rows = order.length;
  const take = <T extends Int32Array | Float64Array | Uint8Array>(empty: T, from: T): T => {
    for (let i = 0; i < rows; i++) empty[i] = from[order[i]!]!;
    return empty;
  };
  return {
    rows,
    columns: [
      {
        name: "kind",
        type: "string",
        dictionary: kindNames,
        codes: Int32Array.from(take(new Uint8Array(rows), events.kinds)),
      },
      {
        name: "key",
        type: "string",
        dictionary: events.keys,
        codes: take(new Int32Array(rows), events.keyCodes),
      },
      { name: "step", type: "integer", values: take(new Float64Array(rows), events.steps) },
      { name: "time", type: "integer", values: take(new Float64Array(rows), events.times) },
      { name: "value", type: "double", values: take(new Float64Array(rows), events.values) },
      textColumn("text", order, events.texts),
      textColumn("context", order, events.contexts),
    ],
    breaks: breaksOf(events, order),
    metadata: {
      [foldedKey]: JSON.stringify(folded),
      "ml_tracking.format": "1",
    },
  };
}

function textColumn(name: string, order: Uint32Array, textOf: ReadonlyMap<number, string>) {
  const codes = new Int32Array(order.length).fill(-1);
  const places = new Map<string, number>();
  if (textOf.size > 0) {
    for (const [i, row] of order.entries()) {
      const text = textOf.get(row);
      if (text === undefined) continue;
      let place = places.get(text);
      if (place === undefined) places.set(text, (place = places.size));
      codes[i] = place;
    }
  }
  return { name, type: "string", dictionary: [...places.keys()], codes, nullable: true } as const;
}

/**
 * Adds what a folded file holds.
 * @returns undefined where the file is not there
 * @throws TrackingError PREDICTIONS_NOT_READABLE where it is damaged
 */
export async function readFolded(
  store: Store,
  path: string,
  table: EventTableBuilder,
): Promise<FoldedBytes | undefined> {
  const file = await store.stat(path);
  if (!file) return undefined;
  const { rows, columns, metadata } = await readPredictions(storeRanges(store, path, file.size), {
    name: path,
    codes: true,
    nullable: (name) => name === "text" || name === "context",
  });
  const column = (name: string) => columns.find((found) => found.name === name);
  const [kind, key, text, context] = ["kind", "key", "text", "context"].map((name) =>
    texts(column(name), path),
  );
  const [step, time, value] = ["step", "time", "value"].map((name) => numbers(column(name), path));
  for (let i = 0; i < rows; i++) {
    const place = kindNames.indexOf(kind!(i) as never);
    if (place < 0) continue; // of a later version
    table.add({
      kind: place,
      key: key!(i) ?? "",
      step: step!(i),
      time: time!(i),
      value: value!(i),
      text: place === metricKind ? undefined : text!(i),
      context: context!(i),
    });
  }
  return JSON.parse(metadata[foldedKey] ?? "{}") as FoldedBytes;
}

type Column = PredictionTable["columns"][number] | undefined;

function texts(column: Column, path: string): (row: number) => string | undefined {
  if (column?.type !== "string") throw notOurs(path);
  if ("values" in column) return (row) => column.values[row];
  return (row) => column.dictionary[column.codes[row]!];
}

function numbers(column: Column, path: string): (row: number) => number {
  if (column?.type === "double") return (row) => column.values[row]!;
  if (column?.type !== "integer") throw notOurs(path);
  if ("values" in column) return (row) => Number(column.values[row]);
  return (row) => Number(column.dictionary[column.codes[row]!]);
}

function notOurs(path: string): TrackingError {
  return new TrackingError(
    "PREDICTIONS_NOT_READABLE",
    `${path} cannot be read: it is no file of a run's events`,
  );
}
