import { chiSquareTail } from "./chi-square-tail.js";

/** What Friedman's test says of some models on some test sets. */
export interface FriedmanResult {
  chiSquare: number;
  /** How likely ranks would differ this much if all models were equally good; 1 where none differ. */
  p: number;
  /** Of each model, 1 being the best. */
  meanRanks: number[];
}

/**
 * Friedman's test: whether some models rank alike over several test sets. Ties share their mean rank, and the
 * statistic is corrected for them. Sources: M. Friedman (1937), The Use of Ranks; J. Demsar (2006),
 * Statistical Comparisons of Classifiers over Multiple Data Sets; scipy, `friedmanchisquare`.
 * @param badness of each test set, one value a model: smaller is better
 * @example friedman([[1, 2], [1, 2]]).meanRanks // [1, 2]
 */
export function friedman(badness: readonly (readonly number[])[]): FriedmanResult {
  const sets = badness.length;
  const models = badness[0]!.length;
  const sums = Array.from({ length: models }, () => 0);
  let ties = 0;
  for (const row of badness) {
    const sorted = [...row].sort((a, b) => a - b);
    for (const [model, value] of row.entries()) {
      sums[model]! += (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1;
    }
    for (const value of new Set(row)) {
      const equal = row.filter((each) => each === value).length;
      ties += equal ** 3 - equal;
    }
  }
  const meanRanks = sums.map((sum) => sum / sets);
  const squares = sums.reduce((total, sum) => total + sum * sum, 0);
  const correction = 1 - ties / (models * (models * models - 1) * sets);
  if (correction <= 0) return { chiSquare: 0, p: 1, meanRanks };
  const chiSquare = ((12 / (sets * models * (models + 1))) * squares - 3 * sets * (models + 1)) / correction;
  return { chiSquare, p: chiSquareTail(chiSquare, models - 1), meanRanks };
}
