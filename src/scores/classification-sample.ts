import { accuracy } from "./accuracy.js";
import { averagePrecision } from "./average-precision.js";
import { balancedAccuracy } from "./balanced-accuracy.js";
import { brierScore } from "./brier-score.js";
import { macroAverage, weightedAverage } from "./class-average.js";
import { cohenKappa } from "./cohen-kappa.js";
import { type ConfusionTable, codesWhere, confusionTable } from "./confusion-table.js";
import type { Label } from "./label.js";
import { labelList } from "./label-list.js";
import { logLoss } from "./log-loss.js";
import { matthewsCorrcoef } from "./matthews-corrcoef.js";
import { oneVsRest } from "./one-vs-rest.js";
import { positiveCode, positiveLabel } from "./positive-label.js";
import { f1, precision, recall } from "./precision-recall-f1.js";
import { checkProbabilities, type ProbabilityCheck } from "./probability-check.js";
import { rankedScores } from "./ranked-scores.js";
import type { ClassificationScore } from "./registry.js";
import { rocAuc } from "./roc-auc.js";
import { type ScoreSheet, type Scores, scoreSheet } from "./score-sheet.js";
import { isBinary, type ScoredSample } from "./scored-sample.js";

/** What a classifier was asked and what it answered, checked and encoded; both code arrays describe the same samples in order. */
export interface ClassificationSample {
  /**
   * Distinct labels, sorted: numbers by value, strings by Unicode code point. The union of y_true and y_pred, or the
   * labels that the caller named, which may include some that occur in neither. One or two: binary; more: multiclass.
   */
  labels: readonly Label[];
  /** Codes (positions in `labels`) of the true labels; at least one. */
  yTrue: Int32Array;
  /** Codes of the predicted labels, as many as `yTrue`. */
  yPred: Int32Array;
  /**
   * Binary only: code of the positive class, as `positiveCode` gives it. It equals `labels.length` where the positive class
   * is not among the labels (one label, all of it negative). Left out: the class of `positiveLabel(labels)`.
   */
  positive?: number;
  /** Binary: probability of the positive class, one a sample. Multiclass: row-major, a row a sample and a column a label. */
  yScore?: Float64Array;
}

type Sheet = ScoreSheet<ClassificationScore>;

/**
 * All scores of a classifier, by their names in the registry, and what a reader must know about them. Scores that do not apply
 * (precision, recall and f1 of three classes or more; what needs y_score without it) are absent without a note; a score that
 * applies but is undefined is absent with one. Each score's own file defines it.
 * @example classificationScores({ labels: ["a", "b"], yTrue: Int32Array.of(0, 1, 1), yPred: Int32Array.of(0, 0, 1) }).scores.recall // 0.5
 */
export function classificationScores(sample: ClassificationSample): Scores<ClassificationScore> {
  const sheet: Sheet = scoreSheet();
  const table = confusionTable(sample);
  const positive = isBinary(sample) ? positiveClass(sample) : undefined;

  enterAccuracies(sheet, table, sample);
  if (positive !== undefined) enterPositiveClass(sheet, table, sample, positive);
  enterAverages(sheet, table, sample);
  enterAgreement(sheet, table, sample);
  if (sample.yScore !== undefined) {
    const { yScore } = sample;
    const check = checkProbabilities(yScore, positive === undefined ? sample.labels.length : 1);
    if (positive === undefined) {
      enterMulticlassRanking(sheet, table, { ...sample, yScore }, check);
      enterProbabilities(sheet, { ...sample, yScore }, check);
    } else {
      enterBinaryRanking(sheet, { ...sample, yScore }, positive);
      enterProbabilities(sheet, { ...sample, yScore, positive }, check);
    }
  }
  return { scores: sheet.scores, notes: sheet.notes };
}

function positiveClass({ positive, labels }: ClassificationSample): number {
  return positive ?? positiveCode(labels, positiveLabel(labels)!);
}

function enterAccuracies(sheet: Sheet, table: ConfusionTable, { labels }: ClassificationSample): void {
  sheet.enter("accuracy", accuracy(table), "");
  sheet.enter("balanced_accuracy", balancedAccuracy(table), "");
  const onlyPredicted = codesWhere(table, (code) => table.actual[code] === 0 && table.predicted[code]! > 0);
  if (onlyPredicted.length > 0) {
    sheet.caution("balanced_accuracy", `leaves out ${classes(onlyPredicted, labels)}, absent from y_true`);
  }
}

function enterPositiveClass(
  sheet: Sheet,
  table: ConfusionTable,
  { labels }: ClassificationSample,
  positive: number,
): void {
  const label = labels[positive];
  const name = label === undefined ? "the positive class" : `the positive class ${labelList([label])}`;
  sheet.enter("precision", precision(table, positive), `no sample is predicted as ${name}`);
  sheet.enter("recall", recall(table, positive), `no sample of y_true is ${name}`);
  sheet.enter("f1", f1(table, positive), `${name} occurs neither in y_true nor in y_pred`);
}

function enterAverages(sheet: Sheet, table: ConfusionTable, { labels }: ClassificationSample): void {
  sheet.enter("precision_macro", macroAverage(table, precision), "");
  sheet.enter("recall_macro", macroAverage(table, recall), "");
  sheet.enter("f1_macro", macroAverage(table, f1), "");
  sheet.enter("precision_weighted", weightedAverage(table, precision), "");
  sheet.enter("recall_weighted", weightedAverage(table, recall), "");
  sheet.enter("f1_weighted", weightedAverage(table, f1), "");

  const neverPredicted = codesWhere(table, (code) => table.actual[code]! > 0 && table.predicted[code] === 0);
  const neverTrue = codesWhere(table, (code) => table.actual[code] === 0 && table.predicted[code]! > 0);
  if (neverPredicted.length > 0) {
    const reason = `counts a precision of 0 for ${classes(neverPredicted, labels)}, never predicted`;
    sheet.caution("precision_macro", reason);
    sheet.caution("precision_weighted", reason);
  }
  if (neverTrue.length > 0) {
    // The weighted average gives such a class no weight.
    sheet.caution(
      "recall_macro",
      `counts a recall of 0 for ${classes(neverTrue, labels)}, absent from y_true`,
    );
  }
}

function enterAgreement(sheet: Sheet, table: ConfusionTable, { labels }: ClassificationSample): void {
  sheet.enter("matthews_corrcoef", matthewsCorrcoef(table), "");
  const constant = [
    ...(table.actual.includes(table.samples) ? ["y_true"] : []),
    ...(table.predicted.includes(table.samples) ? ["y_pred"] : []),
  ];
  if (constant.length > 0) {
    const have = constant.length === 1 ? "has" : "have";
    sheet.caution("matthews_corrcoef", `0 by convention: ${constant.join(" and ")} ${have} one label only`);
  }
  const present = codesWhere(table, (code) => table.actual[code]! > 0);
  sheet.enter(
    "cohen_kappa",
    cohenKappa(table),
    `every label of y_true and y_pred is ${labelList(present.map((code) => labels[code]!))}: chance alone agrees everywhere`,
  );
}

function enterBinaryRanking(sheet: Sheet, sample: ScoredSample, positive: number): void {
  const ranked = rankedScores(sample.yTrue, positive, sample.yScore);
  const missing = ranked.positives.length === 0 ? "positive" : "negative";
  sheet.enter("roc_auc", rocAuc(ranked), `y_true has one class only: there is no ${missing} sample to rank`);
  sheet.enter("average_precision", averagePrecision(ranked), "y_true has no sample of the positive class");
}

function enterMulticlassRanking(
  sheet: Sheet,
  table: ConfusionTable,
  sample: ScoredSample,
  { unevenRows, worstSum }: ProbabilityCheck,
): void {
  const absent = codesWhere(table, (code) => table.actual[code] === 0);
  if (absent.length > 0) {
    const reason = `${classes(absent, sample.labels)} ${absent.length === 1 ? "does" : "do"} not occur in y_true`;
    sheet.enter("roc_auc", undefined, reason);
    sheet.enter("average_precision", undefined, reason);
    return;
  }
  const ranking = oneVsRest(sample);
  sheet.enter("roc_auc", unevenRows > 0 ? undefined : ranking.rocAuc, unevenSum(worstSum));
  sheet.enter("average_precision", ranking.averagePrecision, "");
}

function enterProbabilities(sheet: Sheet, sample: ScoredSample, check: ProbabilityCheck): void {
  const { outside, unevenRows, worstSum } = check;
  const why = `y_score holds ${outside}, which is not a probability (0 to 1)`;
  sheet.enter("log_loss", outside === undefined ? logLoss(sample) : undefined, why);
  sheet.enter("brier_score", outside === undefined ? brierScore(sample) : undefined, why);
  if (outside !== undefined || unevenRows === 0) return;
  const caution = `${unevenRows} of ${sample.yTrue.length} rows of y_score do not sum to 1; ${unevenSum(worstSum)}`;
  sheet.caution("log_loss", caution);
  sheet.caution("brier_score", caution);
}

function unevenSum(sum: number): string {
  return `a row of y_score sums to ${sum} instead of 1`;
}

function classes(codes: readonly number[], labels: readonly Label[]): string {
  return `${codes.length === 1 ? "class" : "classes"} ${labelList(codes.map((code) => labels[code]!))}`;
}
