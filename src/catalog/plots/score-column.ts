import type { Label } from "../../experiment/class-labels.js";
import { shown } from "../../experiment/values.js";
import { UnreadableFile } from "../../predictions/unreadable-file.js";
import { TrackingError } from "../../tracking-error.js";
import { checkColumns } from "./checked-columns.js";
import { confusionCounts } from "./confusion-counts.js";
import { notReadable } from "./not-readable.js";
import { type Predictions, positiveOf } from "./open-predictions.js";
import type { PlotLabel, ScoredClass } from "./plot-data.js";
import { givenLabel, type PredictionLabels, plotLabel } from "./prediction-labels.js";
import { bytesOf, doublesOf, fromPredictions, queryPredictions } from "./query-predictions.js";
import { noValue, wrongRows } from "./row-problems.js";

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
 * @throws TrackingError INVALID_ARGUMENT where there are no scores, or none of that class; PREDICTIONS_NOT_READABLE
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
      const [read] = await Promise.all([
        readScores(predictions, column, label, giveUp),
        checkColumns(predictions, ["y_true", column], giveUp),
      ]);
      return { ...read, label, labels, id };
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

async function readScores(predictions: Predictions, column: string, label: Label, signal: AbortSignal) {
  const scores = new Float64Array(predictions.samples);
  const isPositive = new Uint8Array(predictions.samples);
  const yTrue = typeof label === "string" ? "y_true" : "y_true::BIGINT";
  let row = 0;
  let positives = 0;
  await queryPredictions(
    predictions,
    `SELECT coalesce("${column}", 'nan'::DOUBLE)::DOUBLE, coalesce((${yTrue} = $label)::UTINYINT, 2::UTINYINT) ${fromPredictions}`,
    { label: typeof label === "string" ? label : BigInt(label) },
    signal,
    (chunk) => {
      const rows = chunk.rowCount;
      if (row + rows > scores.length) throw wrongRows(row + rows, scores.length);
      const values = doublesOf(chunk, 0);
      const flags = bytesOf(chunk, 1);
      for (let i = 0; i < rows; i++) {
        const score = values[i]!;
        const flag = flags[i]!;
        if (!(score >= 0 && score <= 1)) throw noProbability(column, score, row + i);
        if (flag > 1) throw noValue("y_true", row + i);
        scores[row + i] = score;
        isPositive[row + i] = flag;
        positives += flag;
      }
      row += rows;
    },
  );
  if (row !== scores.length) throw notReadable(predictions.name, wrongRows(row, scores.length));
  return { scores, isPositive, positives, bytes: 9 * row + 256 };
}

function noProbability(column: string, score: number, row: number): UnreadableFile {
  return new UnreadableFile(
    `its column ${column} has ${Number.isNaN(score) ? "no value" : score} in row ${row + 1} (the first is 1)`,
    "scores are probabilities from 0 to 1",
  );
}
