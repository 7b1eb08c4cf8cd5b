import { type ConfusionTable, codesWhere, occurs } from "./confusion-table.js";
import type { Label } from "./label.js";
import { labelList } from "./label-list.js";
import type { ProbabilityCheck } from "./probability-check.js";
import type { ScoredSample } from "./sample.js";

/** A classification sample with what its scores share, so that each thing is computed once. */
export interface ClassificationContext {
  labels: readonly Label[];
  table: ConfusionTable;
  /** Code of the positive class; undefined for three labels or more. */
  positive: number | undefined;
  /** With y_score only. */
  probabilities: ScoredProbabilities | undefined;
}

export interface ScoredProbabilities {
  sample: ScoredSample;
  check: ProbabilityCheck;
  /** Both scores that rank the samples; computed on the first call. */
  ranking: () => { rocAuc?: number | undefined; averagePrecision?: number | undefined };
  /** Computed on the first call. */
  logLoss: () => number;
  brierScore: () => number;
}

/** Labels for a sentence: `class "cat"`, `classes 1 and 2`. */
export function classNames(codes: readonly number[], labels: readonly Label[]): string {
  return `${codes.length === 1 ? "class" : "classes"} ${labelList(codes.map((code) => labels[code]!))}`;
}

/** The positive class for a sentence. */
export function positiveName({ labels, positive }: ClassificationContext): string {
  const label = positive === undefined ? undefined : labels[positive];
  return label === undefined ? "the positive class" : `the positive class ${labelList([label])}`;
}

/** What to know of an average of precisions. */
export function neverPredicted({ table, labels }: ClassificationContext): string | undefined {
  const codes = codesWhere(table, (code) => table.predicted[code] === 0 && occurs(table, code));
  if (codes.length === 0) return undefined;
  return `counts a precision of 0 for ${classNames(codes, labels)}, never predicted`;
}

/** What to know of a plain average of recalls; the weighted one gives such a class no weight. */
export function neverTrue({ table, labels }: ClassificationContext): string | undefined {
  const codes = codesWhere(table, (code) => table.actual[code] === 0 && occurs(table, code));
  if (codes.length === 0) return undefined;
  return `counts a recall of 0 for ${classNames(codes, labels)}, absent from y_true`;
}

/** What to know of a plain average over classes some of which have no sample that counts. */
export function weightless({ table, labels }: ClassificationContext): string | undefined {
  const codes = codesWhere(
    table,
    (code) => table.actual[code] === 0 && table.predicted[code] === 0 && occurs(table, code),
  );
  if (codes.length === 0) return undefined;
  return `counts 0 for ${classNames(codes, labels)}, whose samples all have the sample_weight 0`;
}

/** Why classes that do not occur in y_true cannot be ranked against the others. */
export function absentClasses({ table, labels }: ClassificationContext): string | undefined {
  const codes = codesWhere(table, (code) => table.actual[code] === 0);
  if (codes.length === 0) return undefined;
  return `${classNames(codes, labels)} ${codes.length === 1 ? "does" : "do"} not occur in y_true`;
}

/** Why a score of probabilities is undefined where y_score holds something else. */
export function notProbabilities({ probabilities }: ClassificationContext): string {
  return `y_score holds ${probabilities?.check.outside}, which is not a probability (0 to 1)`;
}

/** What to know of a score of probabilities whose rows do not sum to 1. */
export function unevenRows({ probabilities }: ClassificationContext): string | undefined {
  const { unevenRows: uneven, worstSum } = probabilities!.check;
  if (uneven === 0) return undefined;
  return `${uneven} of ${probabilities!.sample.yTrue.length} rows of y_score do not sum to 1; ${unevenSum(worstSum)}`;
}

/** The sum of a row that should be 1, for a sentence. */
export function unevenSum(sum: number): string {
  return `a row of y_score sums to ${sum} instead of 1`;
}
