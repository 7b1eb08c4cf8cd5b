/**
 * The points of a curve that were kept, as positions in it, ascending; and how far the farthest of the others
 * is from the line.
 */
export interface ThinnedCurve {
  kept: Int32Array;
  maxDeviation: number;
}

/**
 * Keeps the points that show a curve's shape: both ends, and then always the point that is farthest from the
 * line through those kept so far, until there are `most` or all lie on it. A kept point is one of the curve's
 * own. Source: Ramer (1972), Douglas and Peucker (1973), with the farthest point first.
 * @param x and y as drawn: scaled so that one unit is the plot's width, and its height
 */
export function thinCurve(x: ArrayLike<number>, y: ArrayLike<number>, most: number): ThinnedCurve {
  const length = x.length;
  if (length <= most) {
    return { kept: Int32Array.from({ length }, (_, i) => i), maxDeviation: 0 };
  }
  const kept = [0, length - 1];
  const queue = new FarthestFirst();
  queue.add(farthest(x, y, 0, length - 1));
  while (kept.length < most && queue.largest > 0) {
    const { from, at, to } = queue.take();
    kept.push(at);
    queue.add(farthest(x, y, from, at));
    queue.add(farthest(x, y, at, to));
  }
  return { kept: Int32Array.from(kept).sort(), maxDeviation: Math.max(0, queue.largest) };
}

/** The square of a distance that is nothing but rounding. */
const onTheLine = 1e-26;

interface Segment {
  from: number;
  to: number;
  /** The point between them that is farthest from their line, and how far that is. */
  at: number;
  distance: number;
}

function farthest(x: ArrayLike<number>, y: ArrayLike<number>, from: number, to: number): Segment {
  const [x0, y0] = [x[from]!, y[from]!];
  const [dx, dy] = [x[to]! - x0, y[to]! - y0];
  const square = dx * dx + dy * dy;
  let at = -1;
  let largest = onTheLine;
  for (let i = from + 1; i < to; i++) {
    const [px, py] = [x[i]! - x0, y[i]! - y0];
    // The nearest point of the segment, not of the whole line: a curve that turns back has left it.
    const along = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square));
    const [ex, ey] = [px - along * dx, py - along * dy];
    const distance = ex * ex + ey * ey;
    if (distance > largest) {
      largest = distance;
      at = i;
    }
  }
  return { from, to, at, distance: Math.sqrt(largest) };
}

/** A binary heap of segments, the one with the farthest point on top. */
class FarthestFirst {
  readonly #heap: Segment[] = [];

  get largest(): number {
    return this.#heap[0]?.distance ?? 0;
  }

  add(segment: Segment): void {
    if (segment.at < 0) return;
    const heap = this.#heap;
    let child = heap.length;
    heap.push(segment);
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (heap[parent]!.distance >= segment.distance) break;
      heap[child] = heap[parent]!;
      child = parent;
    }
    heap[child] = segment;
  }

  take(): Segment {
    const heap = this.#heap;
    const top = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return top;
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1]!.distance > heap[child]!.distance) child += 1;
      if (heap[child]!.distance <= last.distance) break;
      heap[parent] = heap[child]!;
      parent = child;
    }
    heap[parent] = last;
    return top;
  }
}

/** Points of one curve at most: what a browser draws without a pause. */
export const mostCurvePoints = 2000;
