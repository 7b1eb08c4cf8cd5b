import { averagePrecision } from "./average-precision.js";
import { brierScore } from "./brier-score.js";
import type { ClassificationContext, ScoredProbabilities } from "./classification-context.js";
import { confusionTable } from "./confusion-table.js";
import { logLoss } from "./log-loss.js";
import { oneVsRest } from "./one-vs-rest.js";
import { positiveCode, positiveLabel } from "./positive-label.js";
import { checkProbabilities } from "./probability-check.js";
import { rankedScores } from "./ranked-scores.js";
import { type ClassificationScore, classificationRecords } from "./registry.js";
import { rocAuc } from "./roc-auc.js";
import { type ClassificationSample, isBinary, type ScoredSample } from "./sample.js";
import { type Scores, scoreSheet } from "./score-sheet.js";
import { weightedConfusionTable } from "./weighted-confusion-table.js";
import { weighedProbabilities } from "./weighted-probabilities.js";

/**
 * All scores of a classifier, by their names in the registry, and what a reader must know about them. Scores
 * that do not apply (precision, recall and f1 of three classes or more; what needs y_score without it) are
 * absent without a note; a score that applies but is undefined is absent with one. Each score's own file
 * defines it.
 * @example classificationScores({ labels: ["a", "b"], yTrue: Int32Array.of(0, 1, 1), yPred: Int32Array.of(0, 0, 1) }).scores.recall // 0.5
 */
export function classificationScores(sample: ClassificationSample): Scores<ClassificationScore> {
  const sheet = scoreSheet<ClassificationScore>();
  const context = classificationContext(sample);
  const { table, positive = sample.labels.length } = context;
  for (const record of classificationRecords) {
    if (record.needsScore && !context.probabilities) continue;
    if (record.binaryOnly && context.positive === undefined) continue;
    const value = record.by === "counts" ? record.of(table, positive) : record.of(context);
    sheet.enter(record.name, value, () => whyUndefined(record, context));
    const caution = value === undefined ? undefined : record.caution?.(context);
    if (caution !== undefined) sheet.caution(record.name, caution);
  }
  return { scores: sheet.scores, notes: sheet.notes };
}

/** Why a score is undefined, where it is. */
export function whyUndefined(
  record: (typeof classificationRecords)[number],
  context: ClassificationContext,
): string {
  const why = record.whyUndefined?.(context) ?? "";
  return context.table.weighted ? `${why} (by sample_weight)` : why;
}

/** What the scores of a sample share. */
export function classificationContext(sample: ClassificationSample): ClassificationContext {
  const { labels, yTrue, yScore, weights } = sample;
  if (weights) return weighedClasses(sample)(weights);
  const positive = isBinary(sample) ? positiveClass(sample) : undefined;
  const scored: ScoredSample | undefined = yScore && {
    labels,
    yTrue,
    yScore,
    ...(positive === undefined ? {} : { positive }),
  };
  return {
    labels,
    table: confusionTable(sample),
    positive,
    probabilities: scored && probabilitiesOf(scored),
  };
}

/**
 * What the scores of a sample share, by other weights, again and again.
 * @returns `times` says how often each sample is there, where not each once
 */
export function weighedClasses(
  sample: ClassificationSample,
): (weights: Float64Array, times?: ArrayLike<number>) => ClassificationContext {
  const { labels, yTrue, yScore } = sample;
  const positive = isBinary(sample) ? positiveClass(sample) : undefined;
  const scored = yScore && {
    labels,
    yTrue,
    yScore,
    ...(positive === undefined ? {} : { positive }),
  };
  const probabilities = scored && weighedProbabilities(scored);
  return (weights, times) => ({
    labels,
    table: weightedConfusionTable(sample, weights, times),
    positive,
    probabilities: probabilities?.(weights),
  });
}

function positiveClass({ positive, labels }: ClassificationSample): number {
  return positive ?? positiveCode(labels, positiveLabel(labels)!);
}

function probabilitiesOf(sample: ScoredSample): ScoredProbabilities {
  const { labels, yTrue, yScore, positive } = sample;
  let ranking: ReturnType<ScoredProbabilities["ranking"]> | undefined;
  let loss: number | undefined;
  return {
    sample,
    check: checkProbabilities(yScore, positive === undefined ? labels.length : 1),
    ranking() {
      ranking ??= positive === undefined ? oneVsRest(sample) : binaryRanking(yTrue, positive, yScore);
      return ranking;
    },
    logLoss() {
      loss ??= logLoss(sample);
      return loss;
    },
    brierScore: () => brierScore(sample),
  };
}

function binaryRanking(yTrue: Int32Array, positive: number, yScore: Float64Array) {
  const ranked = rankedScores(yTrue, positive, yScore);
  return { rocAuc: rocAuc(ranked), averagePrecision: averagePrecision(ranked) };
}
