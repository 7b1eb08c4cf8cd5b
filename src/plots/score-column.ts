import type { Label } from "../experiment/input/class-labels.js";
import { shown } from "../experiment/input/values.js";
import type { DoubleColumn, PredictionColumn } from "../predictions/prediction-table.js";
import { UnreadableFile } from "../predictions/read/unreadable-file.js";
import { TrackingError } from "../tracking-error.js";
import { confusionCounts } from "./confusion-counts.js";
import { notReadable } from "./not-readable.js";
import { type Predictions, positiveOf } from "./open-predictions.js";
import type { PlotLabel, ScoredClass } from "./plot-schema.js";
import { givenLabel, type PredictionLabels, plotLabel } from "./prediction-labels.js";
import { readColumns } from "./read-columns.js";

/** Which class a plot of scores is about. */
export interface ScoredClassOptions {
  /** By default the positive class of two, and the first of more. */
  class?: PlotLabel | undefined;
  signal?: AbortSignal | undefined;
}

/** One class against all others, held in memory: a score and a flag a sample, in the order of the file. */
export interface ScoreColumn {
  readonly bytes: number;
  readonly scores: Float64Array;
  /** 1 where the true label is the class. */
  readonly isPositive: Uint8Array;
  readonly positives: number;
  readonly label: Label;
  readonly labels: PredictionLabels;
  /** Names it in the cache. */
  readonly id: string;
}

/**
 * Reads the scores of one class.
 * @throws TrackingError INVALID_ARGUMENT where there are no scores, or none of that class;
 * PREDICTIONS_NOT_READABLE
 */
export async function scoreColumn(
  predictions: Predictions,
  { class: given, signal }: ScoredClassOptions,
): Promise<ScoreColumn> {
  if (predictions.scoreColumns === 0) {
    throw new TrackingError(
      "INVALID_ARGUMENT",
      predictions.kind === "regression"
        ? "a regression has no classes to score; its plots are those of residuals"
        : "this experiment was logged without y_score, which this plot is drawn from; log it with y_score",
    );
  }
  const labels = predictions.namedLabels ?? (await confusionCounts(predictions, signal)).labels;
  const { label, column } = scoredClass(predictions, labels, given);
  const id = `${predictions.id}\0scores\0${column}\0${typeof label}\0${label}`;
  return predictions.cache.get(
    id,
    async (giveUp) => {
      const [yTrue, yScore] = await readColumns(predictions, ["y_true", column], giveUp);
      const scores = probabilities(predictions, column, yScore);
      const isPositive = flagsOf(yTrue, label);
      let positives = 0;
      for (let i = 0; i < isPositive.length; i++) positives += isPositive[i]!;
      return { scores, isPositive, positives, label, labels, id, bytes: 9 * scores.length + 256 };
    },
    signal,
  );
}

/** What every answer about this class starts with. */
export function scoredClassData({ scores, positives, label, labels }: ScoreColumn): ScoredClass {
  return {
    label_type: labels.type,
    positive_label: plotLabel(label),
    samples: scores.length,
    positives,
    negatives: scores.length - positives,
  };
}

/** The column that holds a class's scores. */
export function scoredClass(
  predictions: Predictions,
  labels: PredictionLabels,
  given: PlotLabel | undefined,
): { label: Label; column: string } {
  const positive = positiveOf(predictions, labels);
  const wanted = given === undefined ? undefined : givenLabel(labels, given, "class");
  const isSingle = predictions.footer.names.includes("y_score");
  if (isSingle && positive !== undefined) {
    if (wanted !== undefined && wanted !== positive) {
      throw new TrackingError(
        "INVALID_ARGUMENT",
        `class is ${shown(wanted)}, but y_score is the probability of ${shown(positive)}; ask for that class`,
      );
    }
    return { label: positive, column: "y_score" };
  }
  if (isSingle || predictions.scoreColumns !== labels.labels.length) {
    throw notReadable(
      predictions.name,
      new UnreadableFile(
        `it has ${predictions.scoreColumns} columns of scores for ${labels.labels.length} classes`,
        "a file of ours has one a class: y_score_0, y_score_1, ...",
      ),
    );
  }
  const label = wanted ?? labels.labels[0]!;
  return { label, column: `y_score_${labels.codeOf.get(label)}` };
}

/** @throws TrackingError PREDICTIONS_NOT_READABLE where a score is none */
function probabilities(predictions: Predictions, name: string, column: PredictionColumn): Float64Array {
  const { values: scores } = column as DoubleColumn; // openPredictions refuses scores of another type
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (!(score >= 0 && score <= 1)) throw notReadable(predictions.name, noProbability(name, score, i));
  }
  return scores;
}

/** 1 where the label stands. */
function flagsOf(column: PredictionColumn, label: Label): Uint8Array {
  const flags = new Uint8Array(("codes" in column ? column.codes : column.values).length);
  if ("codes" in column) {
    const { codes, dictionary } = column;
    const isLabel = Uint8Array.from(dictionary, (entry: Label) => Number(sameLabel(entry, label)));
    for (let i = 0; i < flags.length; i++) flags[i] = isLabel[codes[i]!]!;
  } else {
    const { values } = column;
    for (let i = 0; i < flags.length; i++) flags[i] = Number(sameLabel(values[i]!, label));
  }
  return flags;
}

/** An integer is a number or a bigint, as its column holds it. */
function sameLabel(a: Label, b: Label): boolean {
  return typeof a === typeof b
    ? a === b
    : typeof a !== "string" && typeof b !== "string" && BigInt(a) === BigInt(b);
}

function noProbability(column: string, score: number, row: number): UnreadableFile {
  return new UnreadableFile(
    `its column ${column} has ${Number.isNaN(score) ? "no value" : score} in row ${row + 1} (the first is 1)`,
    "scores are probabilities from 0 to 1",
  );
}
