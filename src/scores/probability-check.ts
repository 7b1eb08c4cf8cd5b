import { probabilityTolerance, probabilityTolerances } from "./probability-tolerance.js";

/** What keeps the numbers of y_score from being probabilities. */
export interface ProbabilityCheck {
  /** A value below 0 or above 1, or nothing where there is none. */
  outside?: number;
  /**
   * Rows whose probabilities do not sum to 1 (multiclass only), beyond what the precision of their numbers
   * explains.
   */
  unevenRows: number;
  /** The sum of such a row that is furthest from 1; 1 where there is none. */
  worstSum: number;
}

/**
 * Looks at every value of y_score, `columns` a sample (1 for binary: nothing to sum).
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
    if (miss <= probabilityTolerances.float64) continue; // every number is allowed that much
    if (miss <= probabilityTolerance(yScore, start, columns)) continue;
    check.unevenRows += 1;
    if (miss > Math.abs(check.worstSum - 1)) check.worstSum = sum;
  }
  return check;
}
