import { sortNumbers } from "./sort-numbers.js";

/**
 * The scores of one class's samples and those of all others, each ascending: what every ranking score is read
 * from.
 */
export interface RankedScores {
  positives: Float64Array;
  negatives: Float64Array;
}

/**
 * Splits one column of `yScore` (row-major, `columns` a sample) by whether the true label is `code`, and
 * sorts the two parts.
 * @example rankedScores(Int32Array.of(0, 1, 1), 1, Float64Array.of(0.5, 0.9, 0.1)) // { positives: Float64Array.of(0.1, 0.9), negatives: Float64Array.of(0.5) }
 */
export function rankedScores(
  yTrue: Int32Array,
  code: number,
  yScore: Float64Array,
  column = 0,
  columns = 1,
): RankedScores {
  let count = 0;
  for (let i = 0; i < yTrue.length; i++) if (yTrue[i] === code) count += 1;
  const positives = new Float64Array(count);
  const negatives = new Float64Array(yTrue.length - count);
  let positive = 0;
  let negative = 0;
  for (let i = 0, at = column; i < yTrue.length; i++, at += columns) {
    if (yTrue[i] === code) positives[positive++] = yScore[at]!;
    else negatives[negative++] = yScore[at]!;
  }
  sortNumbers(positives);
  sortNumbers(negatives);
  return { positives, negatives };
}
