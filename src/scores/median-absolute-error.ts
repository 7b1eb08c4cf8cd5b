import { sortNumbers } from "./sort-numbers.js";

/**
 * Median of |y_pred - y_true|, in the unit of y_true: 0.., lower is better, always defined. Of an even number of samples the mean
 * of the middle two. Source: scikit-learn 1.9, `median_absolute_error`.
 * @example medianAbsoluteError(Float64Array.of(3, -0.5, 2, 7), Float64Array.of(2.5, 0, 2, 8)) // 0.5
 */
export function medianAbsoluteError(yTrue: Float64Array, yPred: Float64Array): number {
  const errors = new Float64Array(yTrue.length);
  for (let i = 0; i < errors.length; i++) errors[i] = Math.abs(yPred[i]! - yTrue[i]!);
  return medianOfMagnitudes(errors);
}

/**
 * Numbers of the same sign bit, exponent and first four bits lie together in order, so a count by those 16 bits tells where the
 * middle ones are; only these are kept and sorted. Overwrites `values`.
 */
function medianOfMagnitudes(values: Float64Array): number {
  const upperMiddle = values.length >> 1;
  const lowerMiddle = (values.length - 1) >> 1;
  const words = new Uint16Array(values.buffer, values.byteOffset, 4 * values.length);
  const counts = new Uint32Array(1 << 16);
  for (let at = 3; at < words.length; at += 4) counts[words[at]!]! += 1;

  let below = 0;
  let first = 0;
  while (below + counts[first]! <= lowerMiddle) below += counts[first++]!;
  let last = first;
  for (let upTo = below + counts[first]!; upTo <= upperMiddle; ) upTo += counts[++last]!;

  let kept = 0;
  for (let i = 0; i < values.length; i++) {
    const digit = words[4 * i + 3]!;
    if (digit >= first && digit <= last) values[kept++] = values[i]!;
  }
  const middle = values.subarray(0, kept);
  sortNumbers(middle);
  return (middle[lowerMiddle - below]! + middle[upperMiddle - below]!) / 2;
}
