import { namedFeatures } from "../../added-scores/read-expression.js";
import type { PredictionColumn, PredictionTable } from "../../predictions/prediction-table.js";
import { fileRanges } from "../../predictions/read/file-ranges.js";
import { openLocalPredictions } from "../../predictions/read/own-failure.js";
import { type ReadSettings, readJudgedTable } from "../dependence/dependence.js";
import type { JudgedFile } from "./tasks.js";

const mostBytes = 512 * 2 ** 20;

/** Reads predictions, and keeps those read last: a comparison is looked at from several sides. */
export class RecentTables {
  readonly #tables = new Map<string, { table: PredictionTable; bytes: number }>();
  #bytes = 0;

  /** @throws TrackingError PREDICTIONS_NOT_READABLE */
  async read(
    { record, path, version }: JudgedFile,
    { group, order, added = [] }: ReadSettings = {},
  ): Promise<PredictionTable> {
    const name = JSON.stringify([path, version, group, order, namedFeatures(added)]);
    const known = this.#tables.get(name);
    if (known) {
      this.#tables.delete(name); // and back at the end: the most recently used
      this.#tables.set(name, known);
      return known.table;
    }
    const file = await openLocalPredictions(path, record.predictions);
    try {
      const { size } = await file.stat();
      const table = await readJudgedTable(fileRanges(file, size), record.predictions, {
        ...(group === undefined ? {} : { group }),
        ...(order === undefined ? {} : { order }),
        added,
      });
      const bytes = table.columns.reduce((sum, column) => sum + columnBytes(column), 0);
      this.#tables.set(name, { table, bytes });
      this.#bytes += bytes;
      this.#leaveOut(name);
      return table;
    } finally {
      await file.close();
    }
  }

  #leaveOut(newest: string): void {
    for (const [name, { bytes }] of this.#tables) {
      if (this.#bytes <= mostBytes || name === newest) return;
      this.#tables.delete(name);
      this.#bytes -= bytes;
    }
  }
}

/** A string takes about 40 bytes where it stands by itself. */
function columnBytes(column: PredictionColumn): number {
  if ("codes" in column) return column.codes.byteLength + 40 * column.dictionary.length;
  return ArrayBuffer.isView(column.values) ? column.values.byteLength : 40 * column.values.length;
}
