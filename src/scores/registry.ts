import { accuracyScore } from "./accuracy.js";
import { averagePrecisionScore } from "./average-precision.js";
import { balancedAccuracyScore } from "./balanced-accuracy.js";
import { brierScoreRecord } from "./brier-score.js";
import { cohenKappaScore } from "./cohen-kappa.js";
import { d2AbsoluteErrorScore } from "./d2-absolute-error-score.js";
import { d2LogLossScore } from "./d2-log-loss-score.js";
import { explainedVarianceScore } from "./explained-variance.js";
import { f1MacroScore, f1Score, f1WeightedScore } from "./f1.js";
import { jaccardMacroScore } from "./jaccard.js";
import { logLossScore } from "./log-loss.js";
import { matthewsCorrcoefScore } from "./matthews-corrcoef.js";
import { maxErrorScore } from "./max-error.js";
import { meanAbsoluteErrorScore } from "./mean-absolute-error.js";
import { meanAbsolutePercentageErrorScore } from "./mean-absolute-percentage-error.js";
import { meanErrorScore } from "./mean-error.js";
import { meanPinballLossScore } from "./mean-pinball-loss.js";
import { meanSquaredErrorScore, rootMeanSquaredErrorScore } from "./mean-squared-error.js";
import { medianAbsoluteErrorScore } from "./median-absolute-error.js";
import { precisionMacroScore, precisionScore, precisionWeightedScore } from "./precision.js";
import { r2Score } from "./r2.js";
import { recallMacroScore, recallScore, recallWeightedScore } from "./recall.js";
import { rocAucScore } from "./roc-auc.js";
import type { CountScore, ErrorScore, ProbabilityScore, ScoreFacts, ScoreKind } from "./score.js";

/** In the order of the tracking log's columns: a new one goes to the end of its kind. */
const classification = [
  accuracyScore,
  balancedAccuracyScore,
  precisionScore,
  recallScore,
  f1Score,
  precisionMacroScore,
  recallMacroScore,
  f1MacroScore,
  precisionWeightedScore,
  recallWeightedScore,
  f1WeightedScore,
  matthewsCorrcoefScore,
  cohenKappaScore,
  rocAucScore,
  averagePrecisionScore,
  logLossScore,
  brierScoreRecord,
  jaccardMacroScore,
  d2LogLossScore,
] as const;

const regression = [
  r2Score,
  meanAbsoluteErrorScore,
  meanSquaredErrorScore,
  rootMeanSquaredErrorScore,
  medianAbsoluteErrorScore,
  meanAbsolutePercentageErrorScore,
  maxErrorScore,
  explainedVarianceScore,
  meanErrorScore,
  meanPinballLossScore,
  d2AbsoluteErrorScore,
] as const;

export type ClassificationScore = (typeof classification)[number]["name"];
export type RegressionScore = (typeof regression)[number]["name"];
export type ScoreName = ClassificationScore | RegressionScore;

type Named<Record, Name> = Record & { readonly name: Name };

/** Every score of a classification, in the order of the tracking log's columns. */
export const classificationRecords: readonly Named<CountScore | ProbabilityScore, ClassificationScore>[] =
  classification;
/** Every score of a regression, in the order of the tracking log's columns. */
export const regressionRecords: readonly Named<ErrorScore, RegressionScore>[] = regression;

/** What there is to know about a score without its formula. */
export type Score = Named<ScoreFacts, ScoreName>;

/**
 * Every score, in the order of the tracking log's columns: the one source for columns, command line, docs and
 * dashboard.
 */
export const scoreRegistry: readonly Score[] = [...classification, ...regression];

/** The names of a kind's scores, in the order of the registry. */
export function scoreNames(kind: "classification"): ClassificationScore[];
export function scoreNames(kind: "regression"): RegressionScore[];
export function scoreNames(kind: ScoreKind): ScoreName[];
export function scoreNames(kind: ScoreKind): ScoreName[] {
  return scoreRegistry.filter((score) => score.kind === kind).map((score) => score.name);
}

/** The score of that name, or nothing where there is no such score. */
export function findScore(name: string): Score | undefined {
  return scoreRegistry.find((score) => score.name === name);
}
