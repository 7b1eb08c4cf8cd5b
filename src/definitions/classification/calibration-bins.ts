/** Samples of about the same confidence, a number a bin. */
interface Bins {
  readonly counts: Float64Array;
  /** Sums of the confidences. */
  readonly confidence: Float64Array;
  /** How many of them were right. */
  readonly right: Float64Array;
}

interface Confidences {
  readonly length: number;
  readonly confidence: (row: number) => number;
  readonly isRight: (row: number) => boolean;
}

/** `bins` + 1 edges from 0 to 1 with the rounding of torch's `linspace` in float32: from both ends to the middle. */
export function edges32(bins: number): Float64Array {
  const step = Math.fround(1 / bins);
  return Float64Array.from({ length: bins + 1 }, (_, i) =>
    2 * i < bins + 1 ? Math.fround(step * i) : Math.fround(1 - step * (bins - i)),
  );
}

/** @param binOf a confidence, from 0; it has to be less than `bins` */
export function binned(
  { length, confidence, isRight }: Confidences,
  bins: number,
  binOf: (confidence: number) => number,
): Bins {
  const made = {
    counts: new Float64Array(bins),
    confidence: new Float64Array(bins),
    right: new Float64Array(bins),
  };
  for (let row = 0; row < length; row++) {
    const value = confidence(row);
    const bin = binOf(value);
    made.counts[bin]! += 1;
    made.confidence[bin]! += value;
    if (isRight(row)) made.right[bin]! += 1;
  }
  return made;
}

/** The distances of confidence and share of right in the bins: their mean, root mean square and greatest. */
export function calibrationErrors({ counts, confidence, right }: Bins): {
  mean: number;
  square: number;
  greatest: number;
} {
  let [samples, mean, square, greatest] = [0, 0, 0, 0];
  for (let bin = 0; bin < counts.length; bin++) {
    const count = counts[bin]!;
    if (count === 0) continue;
    const distance = Math.abs(right[bin]! - confidence[bin]!) / count;
    samples += count;
    mean += count * distance;
    square += count * distance * distance;
    greatest = Math.max(greatest, distance);
  }
  return { mean: mean / samples, square: Math.sqrt(square / samples), greatest };
}

/** The bin whose lower edge a value reaches; 1 has a bin of its own, behind the last. */
export function reachedBin(value: number, edges: Float64Array): number {
  const bins = edges.length - 1;
  let bin = Math.min(bins, Math.floor(value * bins));
  while (bin < bins && value >= edges[bin + 1]!) bin += 1;
  while (bin > 0 && value < edges[bin]!) bin -= 1;
  return bin;
}
