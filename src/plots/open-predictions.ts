import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";

import type { Label } from "../experiment/input/class-labels.js";
import type { Kind } from "../experiment/input/experiment-input.js";
import { columnType } from "../predictions/column-type.js";
import type { PredictionColumn } from "../predictions/prediction-table.js";
import { fileRanges } from "../predictions/read/file-ranges.js";
import { type ColumnChunk, openParquet, type ParquetFile } from "../predictions/read/open-parquet.js";
import { UnreadableFile } from "../predictions/read/unreadable-file.js";
import { positiveLabel } from "../scores/positive-label.js";
import { openPlain } from "../store/plain-file.js";
import { notReadable } from "./not-readable.js";
import { PlotCache } from "./plot-cache.js";
import { type PredictionLabels, parseLabels, predictionLabels } from "./prediction-labels.js";

export interface OpenPredictionsOptions {
  /** A connection of its own for each query, closed after it, so that an aborted query ends no other. */
  connect: () => Promise<DuckDBConnection>;
  /** Path of the Parquet file on this computer. */
  path: string;
  /** What messages call the file; by default its name. */
  name?: string;
  /** Where what was counted is kept for the next plot; by default for this opening only. */
  cache?: PlotCache;
}

/** What a file says of itself. */
export interface PredictionsFooter {
  rows: number;
  metadata: Record<string, string>;
  /** Of its columns, of features as the user named them. */
  names: readonly string[];
  /**
   * The column of that name, with its own name in the file. @throws UnreadableFile where there is none, or none
   * that DuckDB could not mistake for another
   */
  column(name: string): PredictionsColumn;
}

export interface PredictionsColumn {
  name: string;
  type: PredictionColumn["type"];
  element: ParquetFile["columns"][number]["element"];
  /** Its part in each row group. */
  chunks: readonly ColumnChunk[];
}

/** The predictions of one experiment, as its plots need them. Nothing is held open. */
export interface Predictions {
  readonly connect: () => Promise<DuckDBConnection>;
  readonly path: string;
  readonly name: string;
  readonly cache: PlotCache;
  /** Names the file's content in the cache. */
  readonly id: string;
  readonly kind: Kind;
  readonly samples: number;
  readonly footer: PredictionsFooter;
  /** Whether sample ids stand beside the values. */
  readonly hasSampleIds: boolean;
  /**
   * The classes that the file names; undefined for a regression, and where the file names none (they are then
   * read from its columns).
   */
  readonly namedLabels: PredictionLabels | undefined;
  /** Two classes: the one that y_score is the probability of, as the file says. */
  readonly namedPositive: Label | undefined;
  /** How many columns of scores there are: 0, 1 (two classes), or one a class. */
  readonly scoreColumns: number;
}

/** As many as the project's own reader takes: a file of a few bytes can claim any number. */
const mostRows = 50_000_000;

/**
 * Opens the predictions of an experiment for its plots: reads what the file says of itself, and refuses one
 * that is no predictions file before any query is made.
 * @throws TrackingError PREDICTIONS_NOT_READABLE
 */
export async function openPredictions(options: OpenPredictionsOptions): Promise<Predictions> {
  const path = resolve(options.path);
  const name = options.name ?? basename(path);
  try {
    const { footer, id } = await readFooter(path);
    const { rows, metadata } = footer;
    if (rows < 1) throw new UnreadableFile("it has no rows", "an experiment has at least one sample");
    if (rows > mostRows) {
      throw new UnreadableFile(`it has ${rows} rows, more than ${mostRows}`, "plot a part of the test set");
    }
    const kind = predictionsKind(footer);
    return {
      connect: options.connect,
      path,
      name,
      cache: options.cache ?? new PlotCache(),
      id: `${path}\0${id}`,
      kind,
      samples: rows,
      footer,
      hasSampleIds: footer.names.includes("sample_id"),
      ...(kind === "classification"
        ? classes(metadata)
        : { namedLabels: undefined, namedPositive: undefined }),
      scoreColumns: kind === "classification" ? countScoreColumns(footer) : 0,
    };
  } catch (cause) {
    throw notReadable(name, cause);
  }
}

async function readFooter(path: string): Promise<{ footer: PredictionsFooter; id: string }> {
  let file: FileHandle;
  try {
    file = await openPlain(path, constants.O_RDONLY);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
    throw new UnreadableFile(
      "it is not there",
      "bring it back from a copy: the tracking log still has the experiment's scores",
    );
  }
  try {
    const { size, mtimeMs, ino } = await file.stat();
    const parquet = await openParquet(fileRanges(file, size));
    const { rows, metadata, names } = parquet;
    const inFile = parquet.columns.map(({ element }) => element.name);
    const column = (name: string): PredictionsColumn => {
      const found = parquet.columns[names.indexOf(name)];
      if (!found) throw noColumn(names, name);
      const { element } = found;
      refuseAlike(inFile, element.name);
      return { name: element.name, element, type: columnType(found), chunks: parquet.chunks(found) };
    };
    return { footer: { rows, metadata, names, column }, id: `${size} ${mtimeMs} ${ino}` };
  } finally {
    await file.close();
  }
}

/** As the file says, else by the type of y_true. */
function predictionsKind(footer: PredictionsFooter): Kind {
  const yTrue = footer.column("y_true");
  const yPred = footer.column("y_pred");
  const named = footer.metadata["ml_tracking.kind"];
  if (named !== undefined && named !== "classification" && named !== "regression") {
    throw new UnreadableFile(`it says that its kind is ${JSON.stringify(named)}`);
  }
  const kind = named ?? (yTrue.type === "double" ? "regression" : "classification");
  for (const column of [yTrue, yPred]) {
    const fits =
      kind === "regression"
        ? column.type === "double" || column.type === "integer"
        : column.type !== "double";
    if (!fits) {
      throw new UnreadableFile(
        `its column ${column.name} does not hold what a ${kind} predicts`,
        "a regression has numbers; a classification has strings, integers or booleans",
      );
    }
  }
  if ((yTrue.type === "string") !== (yPred.type === "string")) {
    throw new UnreadableFile(
      "one of y_true and y_pred holds text and the other numbers",
      "give both the same labels",
    );
  }
  return kind;
}

function noColumn(names: readonly string[], name: string): UnreadableFile {
  const among = names.slice(0, 12).map((each) => JSON.stringify(each));
  return new UnreadableFile(`it has no column ${name}`, `its columns are ${among.join(", ")}`);
}

/** DuckDB's names ignore case: of two that differ in nothing else it might read the wrong one. */
function refuseAlike(names: readonly string[], name: string): void {
  const alike = names.filter((each) => each.toLowerCase() === name.toLowerCase());
  if (alike.length > 1) {
    throw new UnreadableFile(`it has two columns ${name} but for upper and lower case`, "rename one of them");
  }
}

function classes(metadata: Record<string, string>) {
  const json = metadata["ml_tracking.labels"];
  if (json === undefined) return { namedLabels: undefined, namedPositive: undefined };
  const parsed = parseLabels(json);
  if (!parsed) throw new UnreadableFile("the labels in its metadata are no list of strings or integers");
  const namedLabels = predictionLabels(parsed.type, parsed.labels);
  if (namedLabels.codeOf.size < namedLabels.labels.length) {
    throw new UnreadableFile("the labels in its metadata name a class twice");
  }
  const positive = metadata["ml_tracking.positive_label"];
  if (positive === undefined) return { namedLabels, namedPositive: undefined };
  const label = parseLabels(`[${positive}]`)?.labels[0];
  if (label === undefined || !namedLabels.codeOf.has(label)) {
    throw new UnreadableFile(`its positive label, ${positive.slice(0, 80)}, is not among its labels`);
  }
  return { namedLabels, namedPositive: label };
}

/** The positive class of one or two labels: as the file says, else as the scores take it. */
export function positiveOf(predictions: Predictions, { labels }: PredictionLabels): Label | undefined {
  if (labels.length > 2) return undefined;
  return predictions.namedPositive ?? positiveLabel(labels);
}

function countScoreColumns(footer: PredictionsFooter): number {
  const check = (name: string) => {
    if (footer.column(name).type !== "double") {
      throw new UnreadableFile(
        `its column ${name} does not hold probabilities`,
        "scores are stored as doubles",
      );
    }
  };
  const names = new Set(footer.names);
  if (names.has("y_score")) {
    check("y_score");
    return 1;
  }
  let count = 0;
  while (names.has(`y_score_${count}`)) check(`y_score_${count++}`);
  return count;
}
