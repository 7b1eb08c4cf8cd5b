/**
 * Browsers cannot scroll further than about 17.9 million pixels (Firefox); a taller list is scrolled in
 * proportion.
 */
const tallest = 15_000_000;

export interface RowList {
  count: number;
  /** Pixels, as all of these. */
  rowHeight: number;
  headerHeight: number;
}

export interface VirtualRows {
  /** First and last row to draw, the last one not included; a screenful more on both sides than is seen. */
  from: number;
  to: number;
  /** How tall the scrolled area is, in pixels. */
  height: number;
  /** Where a row stands in it. */
  top: (row: number) => number;
  /** Where to scroll so that a row is seen; undefined where it is. */
  scrollTopFor: (row: number, scrollTop: number) => number | undefined;
}

/** Which of very many rows of one height are seen in a scrolled element of a height. */
export function virtualRows(
  { count, rowHeight, headerHeight }: RowList,
  view: { scrollTop: number; height: number },
): VirtualRows {
  const full = count * rowHeight;
  const height = Math.min(full, tallest);
  const seen = Math.max(1, view.height - headerHeight);
  const farthest = Math.max(1, height - seen);
  /** How many pixels of the whole list one scrolled pixel stands for. */
  const scale = full <= tallest ? 1 : (full - seen) / farthest;
  const scrolled = Math.min(view.scrollTop, farthest);
  const offset = scrolled * scale;
  const extra = Math.ceil(seen / rowHeight);
  const shift = scrolled - offset;
  return {
    from: Math.max(0, Math.floor(offset / rowHeight) - extra),
    to: Math.min(count, Math.ceil((offset + seen) / rowHeight) + extra),
    height,
    top: (row) => row * rowHeight + shift,
    scrollTopFor: (row, scrollTop) => {
      const at = row * rowHeight;
      const now = Math.min(scrollTop, farthest) * scale;
      if (at < now) return at / scale;
      return at + rowHeight > now + seen ? (at + rowHeight - seen) / scale : undefined;
    },
  };
}
