import type { Means } from "./chart-schema.js";

/** What is known of the points of one bucket, or of a part of one. */
export interface BucketMean {
  /** The mean position of all points. */
  x: number;
  /** Points. */
  points: number;
  /** The mean of the finite numbers; anything where there is none. */
  y: number;
  /** Finite numbers. */
  n: number;
}

/**
 * Parts of one bucket together, each weighing what it has.
 * @example joinMeans([{ x: 0, points: 1, y: 5, n: 1 }, { x: 3, points: 3, y: 1, n: 1 }]) // { x: 2.25, points: 4, y: 3, n: 2 }
 */
export function joinMeans(parts: readonly BucketMean[]): BucketMean {
  if (parts.length === 1) return parts[0]!;
  let [x, points, y, n] = [0, 0, 0, 0];
  for (const part of parts) {
    points += part.points;
    x += (part.x - x) * (part.points / points);
    if (part.n === 0) continue;
    n += part.n;
    // Not by a sum, which may be beyond the largest number.
    y = y * ((n - part.n) / n) + part.y * (part.n / n);
  }
  return { x, points, y, n };
}

/** The means of buckets, by where they are; nothing where no bucket has more than a point. */
export function meansOf(buckets: readonly BucketMean[]): { means?: Means } {
  if (!buckets.some(({ points }) => points > 1)) return {};
  const sorted = [...buckets].sort((a, b) => a.x - b.x);
  return {
    means: {
      x: sorted.map(({ x }) => x),
      y: sorted.map(({ y, n }) => (n === 0 ? null : y)),
      n: sorted.map(({ n }) => n),
    },
  };
}
