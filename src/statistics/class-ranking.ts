/**
 * Where the samples' scores lie among those of one class: all that ROC AUC and average precision need,
 * without sorting the rest. The class's distinct scores are the thresholds; a sample has the place 2j below
 * threshold j (and above the one before), 2j + 1 at it, and one of the class itself 2m + 1 + j, m being the
 * number of thresholds. So a sample's part in a score is one look into a table.
 */
export interface ClassRanking {
  /** Of each sample; from 0 to 3m. */
  places: Uint32Array;
  /** At each threshold, ascending: samples of the class. */
  positivesAt: Uint32Array;
  /** Below (2j) and at (2j + 1) each threshold, and above all (2m): samples of other classes. */
  negativesAt: Uint32Array;
  positives: number;
  negatives: number;
}

/**
 * Ranks a class against the others by finite scores, a higher one speaking for the class.
 * @param places are filled in: those of a ranking that is not needed any more may be used again
 * @example classRanking(Float64Array.of(0.1, 0.4, 0.35, 0.4), Int32Array.of(0, 0, 1, 1), 1).places // Uint32Array.of(0, 3, 5, 6)
 */
export function classRanking(
  scores: Float64Array,
  classes: Int32Array,
  positive: number,
  places = new Uint32Array(scores.length),
): ClassRanking {
  const samples = scores.length;
  let positives = 0;
  for (let i = 0; i < samples; i++) if (classes[i] === positive) positives += 1;
  const sorted = new Float64Array(positives);
  for (let i = 0, at = 0; i < samples; i++) if (classes[i] === positive) sorted[at++] = scores[i]! + 0;
  sorted.sort();
  const counts = new Uint32Array(positives);
  let thresholds = 0;
  for (let i = 0; i < positives; i++) {
    if (i > 0 && sorted[i] === sorted[thresholds - 1]) counts[thresholds - 1]! += 1;
    else {
      counts[thresholds] = 1;
      sorted[thresholds++] = sorted[i]!;
    }
  }
  const distinct = sorted.subarray(0, thresholds);
  const negativesAt = new Uint32Array(2 * thresholds + 1);
  const { starts, least, scale, last } = buckets(distinct);
  for (let i = 0; i < samples; i++) {
    const score = scores[i]!;
    const bucket = bucketOf(score, least, scale, last);
    // As many thresholds are below the score's bucket as its start says; of those in it, mostly none, some
    // may be below the score.
    let from = starts[bucket]!;
    const end = starts[bucket + 1]!;
    let isThreshold = false;
    if (from < end) {
      from = firstNotBelow(distinct, score, from, end);
      isThreshold = distinct[from] === score;
    }
    if (classes[i] === positive) places[i] = 2 * thresholds + 1 + from;
    else {
      const place = isThreshold ? 2 * from + 1 : 2 * from;
      places[i] = place;
      negativesAt[place]! += 1;
    }
  }
  return {
    places,
    positivesAt: counts.subarray(0, thresholds),
    negativesAt,
    positives,
    negatives: samples - positives,
  };
}

/** Position of the first of the sorted values from `from` to `end` that is not below x, or `end`. */
function firstNotBelow(sorted: Float64Array, x: number, from: number, end: number): number {
  let low = from;
  let high = end;
  while (high - low > 4) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < x) low = middle + 1;
    else high = middle;
  }
  while (low < high && sorted[low]! < x) low += 1;
  return low;
}

interface Buckets {
  /** The position of the first value in each bucket, and at last their number. */
  starts: Uint32Array;
  least: number;
  scale: number;
  last: number;
}

/**
 * Divides the range of the sorted values evenly, into twice as many buckets as there are values: most are
 * empty.
 */
function buckets(sorted: Float64Array): Buckets {
  const count = 2 * Math.max(sorted.length, 1);
  const starts = new Uint32Array(count + 1);
  const least = sorted[0] ?? 0;
  const perUnit = count / ((sorted[sorted.length - 1] ?? 0) - least);
  const scale = Number.isFinite(perUnit) ? perUnit : 0;
  const last = count - 1;
  for (let i = 0; i < sorted.length; i++) starts[bucketOf(sorted[i]!, least, scale, last) + 1]! += 1;
  for (let bucket = 1; bucket <= count; bucket++) starts[bucket]! += starts[bucket - 1]!;
  return { starts, least, scale, last };
}

/** Grows with the value, whatever is rounded. */
function bucketOf(value: number, least: number, scale: number, last: number): number {
  const at = (value - least) * scale;
  return at >= last ? last : at > 0 ? at | 0 : 0;
}
