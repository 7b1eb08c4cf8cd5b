import { isPredictionId } from "../experiment/prediction-id.js";

/** The cells of one row by column name, as text; a missing column is not there. */
export type RowCells = ReadonlyMap<string, string>;

/** What sets one log of a store apart from the others: where it lies, and what a row of it is. */
export interface LogShape {
  /** The folder of the store that has a folder a project. */
  folder: string;
  /** In messages: "it is not the header of a tracking log". */
  title: string;
  /** The columns that tell its header from other lines. */
  needs: readonly string[];
  /** Why a line with the right number of fields is no row; undefined where it is one. */
  whyNoRow: (cells: RowCells) => string | undefined;
  /** Rows of one key say the same, so that readers and repairs keep one of them. */
  keyOf: (line: { cells: RowCells; text: string }) => string;
}

/** The version of the tracking log's format, in the last column of every row. */
export const format = "2";

/** The log of experiments. */
export const trackingLog: LogShape = {
  folder: "tracking",
  title: "a tracking log",
  needs: ["prediction_id", "kind", "predictions"],
  whyNoRow(cells) {
    const id = cells.get("prediction_id") ?? "";
    if (!isPredictionId(id)) return `${JSON.stringify(id.slice(0, 40))} is not a prediction id`;
    const version = cells.get("format") ?? format;
    if (/^[1-9]\d*$/.test(version)) return undefined;
    return `its format is ${JSON.stringify(version.slice(0, 40))}, not a number`;
  },
  keyOf: ({ cells }) => cells.get("prediction_id")!,
};
