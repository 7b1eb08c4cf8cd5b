/** What keeps the numbers of y_score from being probabilities. */
export interface ProbabilityCheck {
  /** A value below 0 or above 1, or nothing where there is none. */
  outside?: number;
  /** Rows whose probabilities do not sum to 1 (multiclass only). */
  unevenRows: number;
  /** The row sum that is furthest from 1. */
  worstSum: number;
}

/** scikit-learn's tolerances: `log_loss` allows 1e-8 + sqrt(eps of the number type), `roc_auc_score` 1e-8 + 1e-5. */
const doubleTolerance = 1e-8 + Math.sqrt(2 ** -52);
const floatTolerance = 1e-8 + Math.sqrt(2 ** -23);
const rankingTolerance = 1e-8;
const rankingRelativeTolerance = 1e-5;

/**
 * Looks at every value of y_score, `columns` a sample (1 for binary: nothing to sum). Rows of single-precision numbers, as neural
 * networks give, may miss 1 by as much as that precision explains.
 * @example checkProbabilities(Float64Array.of(0.2, 0.3, 0.5, 0.2, 0.2, 0.2), 3) // { unevenRows: 1, worstSum: 0.6000000000000001 }
 */
export function checkProbabilities(yScore: Float64Array, columns: number): ProbabilityCheck {
  const check: ProbabilityCheck = { unevenRows: 0, worstSum: 1 };
  for (let start = 0; start < yScore.length; start += columns) {
    let sum = 0;
    for (let at = start; at < start + columns; at++) {
      const value = yScore[at]!;
      if (!(value >= 0 && value <= 1)) check.outside ??= value;
      sum += value;
    }
    if (columns === 1) continue;
    const miss = Math.abs(sum - 1);
    if (miss > Math.abs(check.worstSum - 1)) check.worstSum = sum;
    const tolerance =
      miss > doubleTolerance && isSinglePrecision(yScore, start, columns) ? floatTolerance : doubleTolerance;
    if (miss > tolerance) check.unevenRows += 1;
  }
  return check;
}

/** Whether a row's sum is too far from 1 for scikit-learn to rank one class against the rest. */
export function isTooUnevenToRank(sum: number): boolean {
  return Math.abs(sum - 1) > rankingTolerance + rankingRelativeTolerance * Math.abs(sum);
}

function isSinglePrecision(values: Float64Array, start: number, length: number): boolean {
  for (let at = start; at < start + length; at++) if (Math.fround(values[at]!) !== values[at]) return false;
  return true;
}
