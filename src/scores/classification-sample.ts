import { averagePrecision } from "./average-precision.js";
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
    sheet.enter(record.name, value, () => record.whyUndefined?.(context) ?? "");
    const caution = value === undefined ? undefined : record.caution?.(context);
    if (caution !== undefined) sheet.caution(record.name, caution);
  }
  return { scores: sheet.scores, notes: sheet.notes };
}

/** What the scores of a sample share. */
export function classificationContext(sample: ClassificationSample): ClassificationContext {
  const { labels, yTrue, yScore } = sample;
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
  };
}

function binaryRanking(yTrue: Int32Array, positive: number, yScore: Float64Array) {
  const ranked = rankedScores(yTrue, positive, yScore);
  return { rocAuc: rocAuc(ranked), averagePrecision: averagePrecision(ranked) };
}
