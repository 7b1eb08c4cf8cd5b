import { type RefObject, useCallback, useEffect, useState } from "react";

/** Browsers cannot scroll further than about 17.9 million pixels (Firefox); a taller list is scrolled in proportion. */
const tallest = 15_000_000;

export interface VirtualRows {
  /** First and last row to draw, the last one not included; a screenful more on both sides than is seen. */
  from: number;
  to: number;
  /** How tall the scrolled area is, in pixels. */
  height: number;
  /** Where a row stands in it. */
  top: (row: number) => number;
  /** Scrolls so that a row is seen. */
  reveal: (row: number) => void;
}

/** Which of very many rows of one height are seen in a scrolled element. */
export function useVirtualRows(
  viewport: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
  headerHeight: number,
): VirtualRows {
  const [view, setView] = useState({ scroll: 0, height: 800 });
  useEffect(() => {
    const element = viewport.current;
    if (!element) return undefined;
    const read = () => setView({ scroll: element.scrollTop, height: element.clientHeight });
    read();
    element.addEventListener("scroll", read, { passive: true });
    const resizing = new ResizeObserver(read);
    resizing.observe(element);
    return () => {
      element.removeEventListener("scroll", read);
      resizing.disconnect();
    };
  }, [viewport]);

  const full = count * rowHeight;
  const height = Math.min(full, tallest);
  const seen = Math.max(1, view.height - headerHeight);
  const farthest = Math.max(1, height - seen);
  /** How many pixels of the whole list one scrolled pixel stands for. */
  const scale = full <= tallest ? 1 : (full - seen) / farthest;
  const offset = Math.min(view.scroll, farthest) * scale;
  const extra = Math.ceil(seen / rowHeight);
  const from = Math.max(0, Math.floor(offset / rowHeight) - extra);
  const to = Math.min(count, Math.ceil((offset + seen) / rowHeight) + extra);
  const shift = Math.min(view.scroll, farthest) - offset;
  const reveal = useCallback(
    (row: number) => {
      const element = viewport.current;
      if (!element) return;
      const at = row * rowHeight;
      const now = Math.min(element.scrollTop, farthest) * scale;
      if (at < now) element.scrollTop = at / scale;
      else if (at + rowHeight > now + seen) element.scrollTop = (at + rowHeight - seen) / scale;
    },
    [viewport, rowHeight, farthest, scale, seen],
  );
  return { from, to, height, top: (row) => row * rowHeight + shift, reveal };
}
