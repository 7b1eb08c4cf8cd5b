import type { PredictionTable } from "../../src/predictions/prediction-table.js";
import { readPredictions } from "../../src/predictions/read/read-predictions.js";
import { openStore } from "../../src/store/open-store.js";
import { logColumns } from "../../src/tracking-log/columns.js";
import { parseLine } from "../../src/tracking-log/csv-line.js";
import type { Cell } from "../support/googlesql.js";

/** Where the store stands to lie. */
export const address = "gs://bucket/ml";

/**
 * The rows of the script's external tables over a store, as BigQuery's options say that it reads them: CSV by
 * position without first lines, short lines filled up, bad lines left out; Parquet by column name. A file
 * that is no Parquet is left out, where BigQuery would refuse the table.
 */
export async function tableContents(folder: string): Promise<Record<string, Cell[][]>> {
  const store = openStore(folder);
  const csv = async (under: string, width: number) => {
    const rows: Cell[][] = [];
    for await (const { path } of store.listFiles(under)) {
      if (!path.endsWith(".csv")) continue;
      const text = Buffer.from((await store.read(path))!.bytes).toString("utf8");
      for (const line of text.replace(/\n$/, "").split("\n").slice(1)) {
        const parsed = parseLine(line);
        if ("broken" in parsed) continue;
        const cells = Array.from({ length: width }, (_, i) => emptyOrNull(parsed.fields[i], i));
        rows.push([...cells, `${address}/${path}`]);
      }
    }
    return rows;
  };
  const parquet = async (type: string) => {
    const rows: Cell[][] = [];
    for await (const { path } of store.listFiles("predictions")) {
      if (!path.endsWith(`.${type}.parquet`)) continue;
      const file = Uint8Array.from((await store.read(path))!.bytes).buffer;
      const table = await readPredictions(file, { columns: ["y_true", "y_pred"] }).catch(() => undefined);
      if (!table) continue;
      const [yTrue, yPred] = [cellsOf(table, "y_true"), cellsOf(table, "y_pred")];
      for (const [i, cell] of yTrue.entries()) rows.push([cell, yPred[i]!, `${address}/${path}`]);
    }
    return rows;
  };
  return {
    tracking_log: await csv("tracking", logColumns.length),
    annotations: await csv("annotations", 6),
    predictions_text: await parquet("text"),
    predictions_integer: await parquet("integer"),
    predictions_boolean: await parquet("boolean"),
    predictions_number: await parquet("number"),
  };
}

/** An empty cell may come as either; the views are to make no difference. */
function emptyOrNull(cell: string | undefined, position: number): Cell {
  return cell === undefined || (cell === "" && position % 2 === 0) ? null : cell;
}

/** A column's values as the engine takes them: integers as text. */
export function cellsOf(table: PredictionTable, name: string): Cell[] {
  const column = table.columns.find((one) => one.name === name)!;
  if (column.type === "string") {
    return "codes" in column
      ? Array.from(column.codes, (code) => column.dictionary[code]!)
      : [...column.values];
  }
  if (column.type === "integer") {
    if ("codes" in column) return Array.from(column.codes, (code) => String(column.dictionary[code]));
    return Array.from(column.values as ArrayLike<number | bigint>, String);
  }
  if (column.type === "boolean") return Array.from(column.values, (value) => value === 1);
  return Array.from(column.values);
}
