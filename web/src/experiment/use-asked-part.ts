import { useEffect } from "react";

/** So long after it grew last a page counts as whole. */
const settling = 5_000;

/**
 * Brings the part into view that the address of a newly opened page names, and keeps it there while what stands
 * above it arrives, until the reader moves.
 */
export function useAskedPart(): void {
  useEffect(() => {
    const id = decodeURIComponent(window.location.hash.slice(1));
    if (id === "") return;
    const page = document.querySelector("main") ?? document.body;
    const placeOf = (part: Element) => ({
      height: page.getBoundingClientRect().height,
      top: part.getBoundingClientRect().top,
    });
    let placed: { height: number; top: number } | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = () => {
      growing.disconnect();
      clearTimeout(timer);
      for (const event of moves) removeEventListener(event, stop);
      removeEventListener("scroll", stopIfMoved);
    };
    // The scrollbar, the browser's search and screen readers move a page without any of those events.
    const stopIfMoved = () => {
      const part = document.getElementById(id);
      if (!part || !placed) return;
      const { height, top } = placeOf(part);
      if (height === placed.height && Math.abs(top - placed.top) > 1) stop();
    };
    const growing = new ResizeObserver(() => {
      const part = document.getElementById(id);
      part?.scrollIntoView({ block: "start", behavior: "instant" });
      placed = part ? placeOf(part) : undefined;
      clearTimeout(timer);
      timer = setTimeout(stop, settling);
    });
    growing.observe(page);
    for (const event of moves) addEventListener(event, stop, { passive: true });
    addEventListener("scroll", stopIfMoved, { passive: true });
    return stop;
  }, []);
}

const moves = ["wheel", "touchstart", "pointerdown", "keydown"] as const;
