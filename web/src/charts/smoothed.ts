/** A longer series is smoothed by parts, so that a curve looks alike however many points it has. */
const parts = 500;

/**
 * The exponential moving average, without its bias towards the first value: each point is the weighted mean of
 * those up to it, a point before weighing `smoothing` times what the next one does. In a series of more than 500
 * points it is the 500th part of them before that weighs so.
 * @param counts how many points each value is the mean of; one where they are left out. So means of buckets give
 * nearly the curve of all their points.
 */
export function smoothed(
  values: readonly (number | null)[],
  smoothing: number,
  counts?: readonly number[],
): (number | null)[] {
  const countOf = (i: number) => (values[i] === null ? 0 : (counts?.[i] ?? 1));
  const points = values.reduce<number>((sum, _, i) => sum + countOf(i), 0);
  const part = Math.max(1, points / parts);
  let [mean, weight, before] = [0, 0, 0];
  return values.map((value, i) => {
    if (value === null) return null;
    const count = countOf(i);
    // From the middle of one bucket to that of the next.
    weight = weight * smoothing ** ((before + count) / 2 / part) + count;
    mean += (value - mean) * (count / weight);
    before = count;
    return mean;
  });
}
